import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle

@testable import Server

/// A server that listens on free ports of the loopback for the time of a test, and is then shut down gracefully.
func withRunningHouse(
    settings: ServerSettings = House.quietSettings, drills: (any DrillControl)? = nil,
    _ body: (House, HoldfastServer.Addresses) async throws -> Void
) async throws {
    let ready = NIOLockedValueBox<HoldfastServer.Addresses?>(nil)
    let house = try House(settings: settings, drills: drills) { addresses in ready.withLockedValue { $0 = addresses } }
    let group = ServiceGroup(services: [house.server], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        await eventually { ready.withLockedValue { $0 } != nil }
        do {
            if let addresses = ready.withLockedValue({ $0 }) { try await body(house, addresses) }
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
    }
}
