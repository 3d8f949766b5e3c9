import Estate

extension Console {
    func addProducts(to routes: inout Routes) {}
}

extension Pages {
    static var productSources: [(String, [UInt8])] { [] }
}
