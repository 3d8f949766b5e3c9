import TestSupport
import Testing

@testable import Cipher

@Suite("AES-CCM-16-64-128, RFC 3610")
struct CCMTests {
    @Test("seals and opens the vectors of RFC 3610, of NIST and of OpenSSL")
    func vectors() throws {
        for vector in CCMVector.rfc3610 + CCMVector.nist + CCMVector.openssl {
            let ccm = CCM<TableAES>(key: block(vector.key))
            let nonce = try #require(CCMNonce(exactly: hex(vector.nonce)))
            let (data, plaintext, sealed) = (hex(vector.data), hex(vector.plaintext), hex(vector.sealed))
            #expect(try ccm.seal(plaintext, nonce: nonce, authenticating: data) == sealed)
            #expect(try ccm.open(sealed, nonce: nonce, authenticating: data) == plaintext)
        }
    }

    @Test("refuses a message in which any one bit was changed, in whatever part")
    func everyBit() throws {
        for vector in CCMVector.rfc3610.prefix(6) {
            let ccm = CCM<TableAES>(key: block(vector.key))
            let (nonce, data, sealed) = (hex(vector.nonce), hex(vector.data), hex(vector.sealed))
            func opens(nonce: [UInt8], data: [UInt8], sealed: [UInt8]) throws -> Bool {
                let nonce = try #require(CCMNonce(exactly: nonce))
                do {
                    _ = try ccm.open(sealed, nonce: nonce, authenticating: data)
                    return true
                } catch {
                    #expect(error == .notAuthentic)
                    return false
                }
            }
            #expect(try opens(nonce: nonce, data: data, sealed: sealed))
            for bit in 0..<8 * sealed.count { #expect(try !opens(nonce: nonce, data: data, sealed: flipped(sealed, bit))) }
            for bit in 0..<8 * data.count { #expect(try !opens(nonce: nonce, data: flipped(data, bit), sealed: sealed)) }
            for bit in 0..<8 * nonce.count { #expect(try !opens(nonce: flipped(nonce, bit), data: data, sealed: sealed)) }
            for count in CCM<TableAES>.tagLength..<sealed.count {
                #expect(try !opens(nonce: nonce, data: data, sealed: Array(sealed.prefix(count))))
            }
        }
    }

    @Test("says what is wrong with a length")
    func lengths() throws {
        let ccm = CCM<TableAES>(key: .zero)
        let nonce = CCMNonce(high: 0, low: 0)
        let limit = CCM<TableAES>.limit
        let long = [UInt8](repeating: 0, count: limit + 1)
        #expect(throws: CCMError.shorterThanTag(length: 7)) {
            try ccm.open([UInt8](repeating: 0, count: 7), nonce: nonce, authenticating: [])
        }
        #expect(throws: CCMError.tooLong(length: limit + 1)) { try ccm.seal(long, nonce: nonce, authenticating: []) }
        #expect(throws: CCMError.tooLong(length: limit + 1)) { try ccm.seal([], nonce: nonce, authenticating: long) }
        #expect(throws: CCMError.tooLong(length: limit + 9)) {
            try ccm.open(long + [UInt8](repeating: 0, count: 8), nonce: nonce, authenticating: [])
        }
        let longest = Array(long.dropLast())
        #expect(
            try ccm.open(ccm.seal(longest, nonce: nonce, authenticating: longest), nonce: nonce, authenticating: longest) == longest
        )
    }

    @Test("opens what it sealed, for any lengths, keys and contents, and appends to what is there")
    func roundTrip() throws {
        var seed = Seed.fresh()
        for _ in 0..<2_000 {
            let ccm = CCM<TableAES>(key: Block(seed.bytes(16)))
            let nonce = CCMNonce(high: seed.next(), low: seed.next())
            let plaintext = seed.bytes(seed.below(80))
            let data = seed.bytes(seed.below(80))
            var output: [UInt8] = [1, 2, 3]
            try ccm.seal(plaintext.span, nonce: nonce, authenticating: data.span, to: &output)
            #expect(output.prefix(3) == [1, 2, 3])
            #expect(try ccm.open(Array(output.dropFirst(3)), nonce: nonce, authenticating: data) == plaintext)
        }
    }

    @Test("a nonce has thirteen bytes, and is what it was read from")
    func nonce() throws {
        let bytes: [UInt8] = Array(1...13)
        let nonce = try #require(CCMNonce(exactly: bytes))
        #expect(nonce.bytes == bytes)
        #expect(nonce.high == 0x0102_0304_0506_0708 && nonce.low == 0x09_0A0B_0C0D)
        #expect((nonce ^ nonce).bytes == [UInt8](repeating: 0, count: 13))
        #expect(CCMNonce(exactly: bytes + [0]) == nil)
        #expect(CCMNonce(exactly: []) == nil)
    }

    private func flipped(_ bytes: [UInt8], _ bit: Int) -> [UInt8] {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return bytes
    }
}
