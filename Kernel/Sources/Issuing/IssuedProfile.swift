import Cipher
import ProfilePackage
import SmartCard

/// An operator's profile package as a profile of our card: the files, codes and keys that the card can hold, and a list of what it
/// cannot.
public struct IssuedProfile: Equatable, Sendable {
    public var contents: ProfileContents
    /// Files of the package that the card does not have: links to files that are not there, and an ISIM that does not share the
    /// USIM's keys, which are all that the card has.
    public var leftOut: [FilePath]

    /// Why no profile can be made of a package.
    public enum Problem: Error, Equatable, Sendable {
        /// No USIM among the applications.
        case noUSIM
        /// The USIM has no algorithm of its own, nor of an application that has one.
        case noAlgorithm
        case algorithm(AuthenticationAlgorithmError)
        /// MILENAGE with rotations or constants other than the standard's (TS 35.206, clause 4.1).
        case changedConstants
        /// More different codes than a profile can have.
        case tooManyCodes(limit: Int, came: Int)
        /// More files than a profile can have.
        case tooManyFiles(limit: Int, came: Int)
        /// Contents that do not fill the records, or a file that is too large.
        case badFile(FilePath)
        /// A directory is missing.
        case noDirectory(FilePath)
    }

    /// The registered identifier of 3GPP with the USIM's application code (TS 101 220, annex E).
    private static let usim: [UInt8] = [0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x02]

    /// What a card can do of what packages demand: what is not run (CSIM, the issuer's security domain, remote management keys) is
    /// passed over, so that test profiles and operators' packages can be used.
    ///
    /// - Parameter accessPoint: where the card's own beacons go; a package does not say.
    public init(_ package: ProfilePackage, accessPoint: AccessPointName = .terminalDefault) throws(Problem) {
        let (files, leftOut) = try IssuedProfile.files(of: package)
        let (algorithm, sequences) = try IssuedProfile.algorithm(of: package)
        contents = ProfileContents(
            files: files, codes: try IssuedProfile.codes(of: package), algorithm: algorithm, sequences: sequences,
            accessPoint: accessPoint)
        contents.addCardDirectory()
        self.leftOut = leftOut
    }

    private static func files(of package: ProfilePackage) throws(Problem) -> (files: [ProfileContents.File], leftOut: [FilePath]) {
        var files: [ProfileContents.File] = []
        var places: [FilePath: Int] = [:]
        var leftOut: [FilePath] = []
        var applications: UInt16 = 0
        let foreign = foreignApplications(package)
        // Links come last, when what they show is there; directories never are links.
        for file in package.files.filter({ $0.link == nil }) + package.files.filter({ $0.link != nil }) {
            if !file.path.application.isEmpty, foreign.contains(file.path.application) {
                leftOut.append(file.path)
                continue
            }
            let kind: ProfileContents.File.Kind
            var identifier = file.path.identifiers.last ?? 0
            switch (file.link, file.kind) {
            case (let link?, _):
                guard let original = places[link] else {
                    leftOut.append(file.path)
                    continue
                }
                kind = .link(original)
            case (nil, .masterFile): kind = .masterFile
            case (nil, .dedicated): kind = .dedicated
            case (nil, .application):
                kind = .application(file.path.application)
                identifier = 0x7FF0 + applications
                applications += 1
            case (nil, .transparent):
                guard file.content.count <= 0x7FFF else { throw .badFile(file.path) }
                kind = .transparent(file.content)
            case (nil, .linearFixed(let length, let records)):
                guard length > 0, records > 0, file.content.count == length * records else { throw .badFile(file.path) }
                kind = .linearFixed(file.content, recordLength: length)
            case (nil, .cyclic(let length, let records)):
                guard length > 0, records > 0, file.content.count == length * records else { throw .badFile(file.path) }
                kind = .cyclic(file.content, recordLength: length)
            case (nil, .berTLV(let reserved, let maximum)):
                // A maximum that the card has no room for is a smaller one here; what the package puts into the file must fit.
                let size = min(max(maximum ?? 0, reserved, file.content.count), ProfileContents.File.largestDataObjects)
                guard file.content.count <= size else { throw .badFile(file.path) }
                kind = .berTLV(file.content, maximumSize: size)
            }
            let parent: Int
            if let directory = file.path.parent {
                guard let place = places[directory] else { throw .noDirectory(directory) }
                parent = place
            } else {
                parent = 0
            }
            places[file.path] = files.count
            files.append(
                ProfileContents.File(
                    identifier, in: parent, kind, shortIdentifier: file.shortIdentifier,
                    // Whatever else a life cycle status says, only an activated file may be read.
                    isActivated: file.lifeCycle & 0x05 == 0x05 || file.kind.isDirectory, ruleFile: file.accessRule?.file ?? 0,
                    ruleRecord: file.accessRule?.record ?? 0, disabledRuleRecord: file.accessRule?.disabledRecord))
        }
        guard files.count <= CardImage.mostFiles else { throw .tooManyFiles(limit: CardImage.mostFiles, came: files.count) }
        guard package.files.contains(where: { $0.kind == .application && $0.path.application.starts(with: usim) }) else {
            throw .noUSIM
        }
        return (files, leftOut)
    }

    /// The applications, other than USIMs, that authenticate with keys of their own.
    private static func foreignApplications(_ package: ProfilePackage) -> [[UInt8]] {
        func algorithm(of application: [UInt8]) -> AKAParameter.Algorithm? {
            guard let found = package.authentication.first(where: { $0.application == application }) else { return nil }
            switch found.parameter.configuration {
            case .algorithm(let algorithm): return algorithm
            case .mapped(_, let source):
                let other = package.authentication.first { $0.application == source }
                if case .algorithm(let algorithm)? = other?.parameter.configuration { return algorithm }
                return nil
            }
        }
        guard let first = package.authentication.first(where: { $0.application.starts(with: usim) }),
            let own = algorithm(of: first.application)
        else { return [] }
        return package.authentication.filter { other in
            guard !other.application.starts(with: usim), let keys = algorithm(of: other.application) else { return false }
            return keys.identifier != own.identifier || keys.key != own.key || keys.operatorCode != own.operatorCode
        }.map(\.application)
    }

    private static func codes(of package: ProfilePackage) throws(Problem) -> [ProfileContents.Code] {
        var codes: [ProfileContents.Code] = []
        for directory in package.codes.pins {
            guard case .own(let pins) = directory.codes else { continue }
            for pin in pins where !codes.contains(where: { $0.reference == pin.reference }) {
                guard let value = AccessCodes.Code(pin.value.bytes) else { continue }
                let unblocking = package.codes.puks.first { $0.reference == pin.unblocking }
                codes.append(
                    ProfileContents.Code(
                        reference: pin.reference, isEnabled: pin.isEnabled, tries: min(pin.tries.left, pin.tries.maximum),
                        mostTries: pin.tries.maximum, value: value,
                        unblockTries: unblocking.map { min($0.tries.left, $0.tries.maximum) } ?? 0,
                        mostUnblockTries: unblocking?.tries.maximum ?? 0,
                        unblockValue: unblocking.flatMap { AccessCodes.Code($0.value.bytes) }))
            }
        }
        guard codes.count <= CardImage.mostPINs else { throw .tooManyCodes(limit: CardImage.mostPINs, came: codes.count) }
        return codes
    }

    private static func algorithm(of package: ProfilePackage) throws(Problem) -> (AuthenticationAlgorithm, [UInt64]) {
        func parameter(of application: [UInt8]) -> AKAParameter? {
            package.authentication.first { $0.application == application }?.parameter
        }
        guard var found = package.authentication.first(where: { $0.application.starts(with: usim) })?.parameter else {
            throw .noAlgorithm
        }
        let sequences = found.sequenceStart
        if case .mapped(_, let source) = found.configuration {
            guard let other = parameter(of: source) else { throw .noAlgorithm }
            found = other
        }
        guard case .algorithm(let algorithm) = found.configuration else { throw .noAlgorithm }
        if algorithm.identifier == .milenage, !algorithm.hasStandardConstants { throw .changedConstants }
        do throws(AuthenticationAlgorithmError) {
            return (
                try AuthenticationAlgorithm(
                    identifier: algorithm.identifier.rawValue, options: algorithm.options, key: algorithm.key.bytes,
                    operatorConstant: algorithm.operatorCode.bytes, iterations: algorithm.keccakIterations), sequences
            )
        } catch {
            throw .algorithm(error)
        }
    }
}
