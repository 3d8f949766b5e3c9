/// The answer to reset (TS 102 221, clause 6.3; ISO/IEC 7816-3, clause 8).
public enum AnswerToReset {
    /// T=0, Fi/Di 512/32, clock stop in either state, voltage classes A to C; historical bytes: applications are selected by full
    /// and partial DF name, EF.DIR is there, short file identifiers are known, and eight logical channels or more, assigned by the
    /// card (ISO/IEC 7816-4, table 119).
    public static let bytes: [UInt8] = {
        var atr: [UInt8] = [
            0x3B, 0x97, 0x96, 0x80, 0x1F, 0xC7, 0x80, 0x31, 0xE0, 0x73, 0xFE, 0x21, 0x10 | UInt8(min(LogicalChannel.most, 8) - 1),
        ]
        // T=15 is named, so the check byte is there: all bytes after TS come out as zero.
        atr.append(atr.dropFirst().reduce(0, ^))
        return atr
    }()
}
