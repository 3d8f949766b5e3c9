import Estate

extension API {
    func addProducts(to routes: inout Routes) {}
}
