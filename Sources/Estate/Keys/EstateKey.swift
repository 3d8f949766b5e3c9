import Crypto
import Foundation
import Wire

/// The one secret an estate is opened with: 32 bytes, from a file or from `HOLDFAST_KEY`. Card secrets are sealed under it at rest
/// (AES-256-GCM, NIST SP 800-38D, with random 96-bit nonces).
public struct EstateKey: Sendable {
    /// The environment variable that may hold the key as 64 hexadecimal digits.
    public static let variable = "HOLDFAST_KEY"
    /// How many bytes a key has.
    public static let size = 32

    /// Where the key came from, for messages.
    public let source: String
    private let sealing: SymmetricKey
    private let printing: SymmetricKey
    /// Encrypts card files that belong to this estate.
    public let cardKey: SymmetricKey

    /// - Parameter source: where the bytes came from, in the words an error message should use.
    public init(bytes: [UInt8], source: String) throws(EstateError) {
        guard bytes.count == Self.size else { throw .malformedKey(source: source, came: "\(bytes.count) bytes") }
        self.source = source
        // The key itself seals nothing, so that later uses get keys of their own from it.
        sealing = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Data("holdfast seal 1".utf8), outputByteCount: 32)
        cardKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Data("holdfast card 1".utf8), outputByteCount: 32)
        printing = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Data("holdfast fingerprint 1".utf8), outputByteCount: 32)
    }

    /// A key that is kept nowhere: for tests and estates in memory.
    public static func ephemeral() -> EstateKey {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        guard let key = try? EstateKey(bytes: bytes, source: "memory") else { preconditionFailure("32 bytes make a key") }
        return key
    }

    /// Reads a key file: 64 hexadecimal digits, spaces and line ends around them ignored.
    public static func load(file path: String) throws(EstateError) -> EstateKey {
        guard FileManager.default.fileExists(atPath: path) else { throw .missingKey(source: path) }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .keyFile(path: path, detail: "cannot be read") }
        defer { try? handle.close() }
        let content: Data
        // Anything longer is no key, and /dev/zero has no end.
        do { content = try handle.read(upToCount: 4_096) ?? Data() } catch {
            throw .keyFile(path: path, detail: "cannot be read: \(error)")
        }
        return try parse([UInt8](content), source: path)
    }

    /// Reads `HOLDFAST_KEY`.
    public static func load(environment: [String: String]) throws(EstateError) -> EstateKey {
        guard let text = environment[variable], !text.isEmpty else { throw .missingKey(source: variable) }
        return try parse(Array(text.utf8), source: variable)
    }

    /// Makes a new random key in a file that only its owner can read. Never replaces a file.
    public static func create(file path: String) throws(EstateError) -> EstateKey {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw .keyFileExists(path: path) }
            throw .keyFile(path: path, detail: "cannot be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let text = Array((Hex.text(bytes) + "\n").utf8)
        guard Foundation.write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
            unlink(path)
            throw .keyFile(path: path, detail: "cannot be written: \(String(cString: strerror(errno)))")
        }
        return try EstateKey(bytes: bytes, source: path)
    }

    /// The key in the file, or a new one where no file is. An estate that was sealed with a lost key still refuses the new one.
    public static func loadOrCreate(file path: String) throws(EstateError) -> EstateKey {
        FileManager.default.fileExists(atPath: path) ? try load(file: path) : try create(file: path)
    }

    private static func parse(_ content: [UInt8], source: String) throws(EstateError) -> EstateKey {
        let blank: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        let trimmed = content.drop { blank.contains($0) }.reversed().drop { blank.contains($0) }.reversed()
        guard !trimmed.isEmpty else { throw .malformedKey(source: source, came: "nothing") }
        guard trimmed.count == 2 * size, let bytes = try? Hex.bytes(String(decoding: trimmed, as: UTF8.self)), bytes.count == size
        else {
            throw .malformedKey(source: source, came: "\(trimmed.count) characters that are not such digits")
        }
        return try EstateKey(bytes: bytes, source: source)
    }

    /// The bytes sealed: nonce (12), ciphertext, tag (16). They open only for the same purpose, so that a sealed value cannot be
    /// moved from one card's row to another's.
    func seal(_ bytes: [UInt8], for purpose: String) throws(EstateError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(bytes, using: sealing, authenticating: Array(purpose.utf8))
            guard let combined = box.combined else { throw EstateError.brokenSeal(purpose: purpose) }
            return [UInt8](combined)
        } catch {
            throw .brokenSeal(purpose: purpose)
        }
    }

    /// Sixteen bytes by which a secret is recognised without being opened: the start of its HMAC-SHA-256.
    func fingerprint(_ bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: printing).prefix(16))
    }

    /// What `seal` sealed for the same purpose.
    func unseal(_ sealed: some DataProtocol, for purpose: String) throws(EstateError) -> [UInt8] {
        do {
            return [UInt8](
                try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: sealing, authenticating: Array(purpose.utf8)))
        } catch {
            throw .brokenSeal(purpose: purpose)
        }
    }
}

extension EstateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "EstateKey from \(source)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
