import Estate

extension Console {
    func addCases(to routes: inout Routes) {}
}

extension Pages {
    static var caseSources: [(String, [UInt8])] { [] }
}
