import Issuing
import ProfilePackage
import SmartCard

/// A profile package, and the card that it is put into.
enum Packages {
    static func run(_ input: [UInt8]) throws {
        for support in [PackageSupport.usim, .everything] {
            let package: ProfilePackage
            do throws(PackageError) {
                package = try ProfilePackage.read(input, supporting: support)
            } catch {
                try hold((0...input.count).contains(error.offset), "the offset of \(error) lies outside")
                continue
            }
            let issued: IssuedProfile
            do { issued = try IssuedProfile(package) } catch { continue }
            let image: CardImage
            do { image = try Specimen.smallImage.replacing(.primary, with: issued.contents) } catch { continue }
            // What is made of a package can be read, and runs.
            var session = try Session(image.encoded)
            for command in commands { try session.send(command) }
            try session.losePower()
        }
    }

    private static let commands: [[UInt8]] =
        [
            "00A4080C022FE2", "00B000000A", "00A4080C022F06", "00B2010400", "00A4040407A0000000871002", "00C0000010", "80F2000000",
            "00A4000C026F07", "00B0000009", "002000010830303030FFFFFFFF", "00A4000C026F39", "8032000003000001", "A0A40000027F20",
            "A0A40000026F07", "A0C000000F", "0020000108" + "31323334FFFFFFFF",
        ].map(hex) + [Specimen.authenticate(0x2000)]
}
