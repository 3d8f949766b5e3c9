/// A command as it arrives: header, data, expected length (TS 102 221, clause 10.1; ISO/IEC 7816-4, clause 5.1).
///
/// Short and extended lengths are read, because some modems send an extended Le. With T=0 the third parameter of a five-byte
/// command may be Lc or Le; each command knows which.
struct CommandAPDU {
    /// How many bytes of answer the terminal has room for.
    enum ExpectedLength: Equatable {
        /// No Le: an answer of a command with data waits for GET RESPONSE, one without data gets as many bytes as there are.
        case absent
        /// 1 to 256, in one byte.
        case short(Int)
        /// 1 to 65,536, in two bytes.
        case extended(Int)
    }

    let bytes: [UInt8]
    let data: Range<Int>
    let expected: ExpectedLength

    var cla: UInt8 { bytes[0] }
    var ins: UInt8 { bytes[1] }
    var p1: UInt8 { bytes[2] }
    var p2: UInt8 { bytes[3] }
    var parameters: UInt16 { UInt16(p1) << 8 | UInt16(p2) }

    /// Reads a command; nil when its lengths contradict each other, which is answered 6700.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        let count = bytes.count
        guard count >= 4 else { return nil }
        if count == 4 {
            data = 4..<4
            expected = .absent
        } else if count == 5 {
            data = 5..<5
            expected = .short(bytes[4] == 0 ? 256 : Int(bytes[4]))
        } else if bytes[4] != 0 {
            let length = Int(bytes[4])
            guard count == 5 + length || count == 6 + length else { return nil }
            data = 5..<5 + length
            expected = count == 5 + length ? .absent : .short(bytes[5 + length] == 0 ? 256 : Int(bytes[5 + length]))
        } else {
            guard count >= 7 else { return nil }
            let length = Int(bytes[5]) << 8 | Int(bytes[6])
            if count == 7 {
                data = 7..<7
                expected = .extended(length == 0 ? 65_536 : length)
            } else {
                guard length > 0, count == 7 + length || count == 9 + length else { return nil }
                data = 7..<7 + length
                if count == 7 + length {
                    expected = .absent
                } else {
                    let room = Int(bytes[7 + length]) << 8 | Int(bytes[8 + length])
                    expected = .extended(room == 0 ? 65_536 : room)
                }
            }
        }
    }

    /// How many of `available` bytes go into the answer of a command without data, or nil when the terminal must ask again with the
    /// exact length (6CXX). A short Le of 00 is a length like any other here: modems that cannot do without 6CXX exist, and none
    /// that cannot do with it. An extended Le is room, never exact: T=0 has no way to have asked.
    func length(available: Int) -> Int? {
        switch expected {
        case .absent: available > 256 ? nil : available
        case .short(let length): length > available ? nil : length
        case .extended(let length): min(length, available)
        }
    }
}
