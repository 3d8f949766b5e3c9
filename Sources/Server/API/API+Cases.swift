import Estate

extension API {
    func addCases(to routes: inout Routes) {}
}
