import Estate

extension Console {
    func addRisks(to routes: inout Routes) {}
}
