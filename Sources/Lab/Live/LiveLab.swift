import Beacon
import NIOCore
import NIOPosix
import Synchronization

/// A laboratory in real time: the same world, advanced by the clock, with its cards' datagrams on real sockets to real responders.
///
/// One event loop owns the world; every method may be called from any thread.
public final class LiveLab: Sendable {
    /// Why a drill was not started.
    public enum Refusal: Error, Equatable, Sendable {
        case alreadyRunning(String)
        case stopped
    }

    /// What the loop owns.
    private final class Scene {
        let world: World
        let recorder: Recorder
        var gateway: Gateway?
        var drill: Drill?
        /// When the drill's fault ends, and when the drill does.
        var faultEnds: Moment?
        var drillEnds: Moment?
        var begun = NIODeadline.now()
        var turn: Scheduled<Void>?
        var published = Moment(milliseconds: -1_000)

        init(_ world: World, _ recorder: Recorder) {
            self.world = world
            self.recorder = recorder
        }
    }

    private static let publishing = Duration.milliseconds(250)

    public let estate: LabEstate
    private let group: MultiThreadedEventLoopGroup
    private let loop: any EventLoop
    private let scene: NIOLoopBoundBox<Scene?>
    private let speed: Double
    private let latest: Mutex<LiveSnapshot>

    /// Sets the lab up and switches its devices on.
    ///
    /// - Parameters:
    ///   - estate: its responders must be the real ones' endpoints.
    ///   - epoch: UTC in milliseconds since 1970, now.
    ///   - powerOn: the time over which the devices are switched on.
    ///   - speed: how many of the lab's seconds pass in one of the clock's.
    ///   - reach: who knows the reach of a group; only ``Responding/reach24(of:at:)`` is asked, on the lab's thread.
    public init(
        _ estate: LabEstate, timing: Timing = .field, epoch: Int64, powerOn: Duration = .seconds(10), speed: Double = 1,
        reach: (any Responding & Sendable)? = nil, using derivation: some KeyDerivation & Sendable
    ) async throws {
        self.estate = estate
        self.speed = max(0.01, speed)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        self.loop = loop
        do {
            let made = try await loop.submit { () throws -> (NIOLoopBoundBox<Scene?>, LiveSnapshot) in
                let world = try estate.world(timing: timing, powerOn: powerOn, epoch: epoch, responding: nil, using: derivation)
                let recorder = Recorder(world, estate, reach)
                world.onlooker = recorder
                return (NIOLoopBoundBox(Scene(world, recorder), eventLoop: loop), recorder.snapshot(drill: nil, at: world.now))
            }.get()
            scene = made.0
            latest = Mutex(made.1)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        loop.execute { self.begin() }
    }

    /// The state of things, at most a quarter of a second old.
    public var snapshot: LiveSnapshot { latest.withLock { $0 } }

    /// Strikes now, drill or no drill.
    public func strike(_ fault: Fault) {
        loop.execute { self.act { $0.world.strike(fault) } }
    }

    /// Starts a drill: its fault begins now.
    ///
    /// - Parameter lasting: how long the fault takes here; its time line is stretched or compressed to that.
    public func start(_ drill: Drill, lasting: Duration) async throws(Refusal) {
        let result = try? await loop.submit { () -> Result<Void, Refusal> in
            guard let scene = self.scene.value else { return .failure(.stopped) }
            if let running = scene.drill { return .failure(.alreadyRunning(running.name)) }
            self.act { self.launch(drill, lasting, $0) }
            return .success(())
        }.get()
        try (result ?? .failure(.stopped)).get()
    }

    /// Ends the drill that runs: every fault is cleared. The figures stay in the snapshot until the next one.
    public func stop() async {
        try? await loop.submit {
            self.act { if $0.drill != nil { self.finish($0) } }
        }.get()
    }

    /// Switches everything off and closes the sockets. The lab cannot be used after that.
    public func shutDown() async {
        try? await loop.submit {
            self.scene.value?.turn?.cancel()
            self.scene.value?.gateway?.close()
            self.scene.value = nil
        }.get()
        try? await group.shutdownGracefully()
    }

    // MARK: On the loop

    private func begin() {
        guard let scene = scene.value else { return }
        let gateway = Gateway(on: loop) { [weak self] datagram, carrier in
            self?.act { $0.world.arrive(datagram, from: carrier) }
        }
        scene.gateway = gateway
        scene.world.transport = gateway
        scene.begun = .now()
        act { _ in }
    }

    /// Brings the world up to date, does something to it, and sees to the next turn.
    private func act(_ body: (Scene) -> Void) {
        loop.assertInEventLoop()
        guard let scene = scene.value else { return }
        advance(scene)
        body(scene)
        scene.world.advance(to: scene.world.now)
        publish(scene)
        scene.turn?.cancel()
        let next = min(scene.world.next ?? Moment(milliseconds: .max), scene.world.now + Self.publishing)
        let delay = Double(max(0, next.milliseconds - scene.world.now.milliseconds)) / speed
        scene.turn = loop.scheduleTask(in: .microseconds(Int64(delay * 1_000))) { [weak self] in self?.act { _ in } }
    }

    private func advance(_ scene: Scene) {
        let elapsed = NIODeadline.now() - scene.begun
        let moment = Moment(milliseconds: Int64(Double(elapsed.nanoseconds) / 1_000_000 * speed))
        if let ends = scene.faultEnds, ends <= moment {
            scene.world.advance(to: ends)
            scene.recorder.end(ends)
            scene.faultEnds = nil
        }
        scene.world.advance(to: max(moment, scene.world.now))
        if let ends = scene.drillEnds, ends <= moment { finish(scene) }
    }

    private func publish(_ scene: Scene) {
        guard scene.world.now - scene.published >= Self.publishing else { return }
        scene.published = scene.world.now
        scene.recorder.sample(scene.world.now)
        let snapshot = scene.recorder.snapshot(drill: scene.drill?.name, at: scene.world.now)
        latest.withLock { $0 = snapshot }
    }

    private func launch(_ drill: Drill, _ lasting: Duration, _ scene: Scene) {
        let now = scene.world.now
        let factor = lasting.inSeconds / (drill.faultLasts ?? drill.lasts).inSeconds
        scene.drill = drill
        scene.recorder.begin(Recorder.Strike(carrier: drill.carrier, area: drill.area, at: now))
        scene.recorder.say("drill \(drill.name) begins", now)
        for step in drill.steps.map({ $0.scaled(by: factor) }) { scene.world.schedule(step.fault, at: now + step.after) }
        scene.faultEnds = drill.faultLasts == nil ? nil : now + lasting
        scene.drillEnds = now + drill.lasts.scaled(by: factor)
    }

    private func finish(_ scene: Scene) {
        guard let drill = scene.drill else { return }
        scene.world.cancelScheduledFaults()
        for carrier in scene.world.operators.indices {
            scene.world.strike(.crowd(carrier: carrier, nil))
            scene.world.strike(.clear(carrier: carrier))
        }
        for responder in scene.world.responders.indices { scene.world.strike(.responder(responder, .up)) }
        if scene.faultEnds != nil || drill.faultLasts == nil { scene.recorder.end(scene.world.now) }
        scene.recorder.say("drill \(drill.name) ends", scene.world.now)
        scene.drill = nil
        scene.faultEnds = nil
        scene.drillEnds = nil
    }
}
