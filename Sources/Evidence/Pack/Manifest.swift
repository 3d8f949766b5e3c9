/// The statement over a pack's files: an in-toto Statement v1 in a signed DSSE envelope, both written in one way only.
struct Manifest {
    /// SHA-256 of each file, by name.
    var subjects: [(name: String, sha256: String)]
    var predicate: CanonicalValue

    static let statementType = "https://in-toto.io/Statement/v1"
    static let payloadType = "application/vnd.in-toto+json"
    /// What the predicate is about: a pack of evidence in the first version of the form that docs/evidence.md describes.
    static let predicateType = "urn:holdfast:evidence-pack:1"

    /// The payload: keys in order, the subjects in the order of their names.
    func payload() throws(CanonicalError) -> [UInt8] {
        try CanonicalValue.object([
            "_type": .string(Self.statementType),
            "subject": .array(
                subjects.map { ["digest": ["sha256": .string($0.sha256)], "name": .string($0.name)] }),
            "predicateType": .string(Self.predicateType),
            "predicate": predicate,
        ]).encoded()
    }

    init(subjects: [(name: String, sha256: String)], predicate: CanonicalValue) {
        self.subjects = subjects
        self.predicate = predicate
    }

    /// Reads a payload that ``payload()`` wrote.
    init(payload: [UInt8]) throws(ManifestError) {
        let value: CanonicalValue
        do { value = try CanonicalReader.value(payload) } catch { throw .statement("\(error)") }
        guard case .object(let members) = value, members.count == 4, members["_type"] == .string(Self.statementType),
            members["predicateType"] == .string(Self.predicateType), let predicate = members["predicate"],
            case .array(let listed)? = members["subject"], listed.count <= PackLimits.files
        else { throw .statement("expected an in-toto Statement v1 with the predicate type \(Self.predicateType)") }
        self.predicate = predicate
        subjects = []
        for subject in listed {
            guard case .object(let subject) = subject, subject.count == 2, case .string(let name)? = subject["name"],
                case .object(let digests)? = subject["digest"], digests.count == 1, case .string(let digest)? = digests["sha256"],
                PackLimits.isName(name)
            else { throw .statement("a subject is not a name with its sha256") }
            if let last = subjects.last, !last.name.utf8.lexicographicallyPrecedes(name.utf8) {
                throw .statement("the subjects are not in the order of their names")
            }
            subjects.append((name, digest))
        }
    }

    /// PAE(type, body) of DSSE v1: what is signed.
    static func preAuthentication(type: String, body: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(body.count) ".utf8) + body
    }

    /// The envelope's bytes: one line, keys in order.
    static func envelope(payload: [UInt8], signature: [UInt8], label: String) throws(CanonicalError) -> [UInt8] {
        try CanonicalValue.object([
            "payload": .string(StrictBase64.text(payload)),
            "payloadType": .string(payloadType),
            "signatures": [["keyid": .string(label), "sig": .string(StrictBase64.text(signature))]],
        ]).encoded()
    }

    func signed(with key: LedgerKey) throws -> [UInt8] {
        let payload = try payload()
        let signature = try key.signature(of: Self.preAuthentication(type: Self.payloadType, body: payload))
        return try Self.envelope(payload: payload, signature: signature, label: key.verifier.label)
    }

    /// Opens an envelope: its signature is good, and it is written as ``signed(with:)`` writes it.
    static func open(_ envelope: [UInt8], key: VerifierKey) throws(ManifestError) -> Manifest {
        let value: CanonicalValue
        do { value = try CanonicalReader.value(envelope) } catch { throw .envelope("\(error)") }
        guard case .object(let members) = value, members.count == 3, members["payloadType"] == .string(payloadType),
            case .string(let payloadText)? = members["payload"], let payload = StrictBase64.bytes(payloadText),
            case .array(let signatures)? = members["signatures"], signatures.count == 1, case .object(let one) = signatures[0],
            one.count == 2, case .string(let label)? = one["keyid"], case .string(let text)? = one["sig"],
            let signature = StrictBase64.bytes(text)
        else { throw .envelope("expected a payload of type \(payloadType) with one signature") }
        guard label == key.label else { throw .otherKey(found: label, expected: key.label) }
        guard key.isValid(signature, of: preAuthentication(type: payloadType, body: payload)) else { throw .signature }
        // What may be written differently for the same values does not pass.
        guard (try? self.envelope(payload: payload, signature: signature, label: key.label)) == envelope else {
            throw .envelope("not written as an envelope is")
        }
        return try Manifest(payload: payload)
    }
}

/// Why a manifest says nothing.
enum ManifestError: Error {
    case envelope(String)
    case otherKey(found: String, expected: String)
    case signature
    case statement(String)

    var text: String {
        switch self {
        case .envelope(let detail): "the envelope: \(detail)"
        case .otherKey(let found, let expected): "signed with \(found), expected \(expected)"
        case .signature: "the signature does not fit the statement"
        case .statement(let detail): "the statement: \(detail)"
        }
    }
}
