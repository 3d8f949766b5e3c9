import Estate

extension Console {
    func addEvidence(to routes: inout Routes) {}
}

extension Pages {
    static var evidenceSources: [(String, [UInt8])] { [] }
}
