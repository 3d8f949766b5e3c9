import Foundation
import ProfilePackage

/// The GSMA TS.48 test profiles, which are not part of the repository, and what another decoder found in them.
struct Corpus: Decodable {
    struct File: Decodable {
        let pe: String
        let name: String
        let fid: String
        let type: String
        let size: Int?
        let recordLength: Int?
        let records: Int?
        let sfi: Int?
        let len: Int
        let sha: String?
        let head: String

        enum CodingKeys: String, CodingKey {
            case pe, name, fid, type, size, sfi, len, sha, head
            case recordLength = "rec_len"
            case records = "nb_rec"
        }
    }

    struct Code: Decodable {
        let ref: Int
        let value: String
        let attr: Int?
        let tries: Int
    }

    struct Keys: Decodable {
        let algorithm: Int
        let options: String
        let key: String
        let opc: String
        let sqnOptions: String
    }

    let size: Int
    let pe: [String]
    let pins: [Code]
    let puks: [Code]
    let aka: [Keys]
    let files: [File]
    let iccid: String
    let version: String
    let services: [String]
    let imsi: String

    /// Beside the repository, wherever that is checked out.
    private static let folder: URL? = {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let found = folder.appendingPathComponent("shared/corpora/ts48")
            if FileManager.default.fileExists(atPath: found.appendingPathComponent("expect.json").path) { return found }
        }
        return nil
    }()

    static let isHere = folder != nil

    /// The names of the packages, in order.
    static let names = expected.keys.sorted()

    static let expected: [String: Corpus] = {
        guard let folder, let data = try? Data(contentsOf: folder.appendingPathComponent("expect.json")) else { return [:] }
        return (try? JSONDecoder().decode([String: Corpus].self, from: data)) ?? [:]
    }()

    static func bytes(_ name: String) -> [UInt8] {
        guard let folder, let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return [] }
        return [UInt8](data)
    }
}
