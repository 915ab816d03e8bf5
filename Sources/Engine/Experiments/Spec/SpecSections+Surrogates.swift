import Texts

extension SpecSections {
    /// How an outcome is made of surrogates.
    static func surrogate(_ node: SpecNode) throws -> SurrogateSpec {
        let keys = try node.mapping(keys: ["history", "outcome", "columns", "covariates", "arm", "control"])
        let spec = SurrogateSpec(
            history: try keys.required("history").text(), outcome: try keys.required("outcome").text(),
            columns: try keys.required("columns").list().map { try $0.text() },
            covariates: try keys["covariates"]?.list().map { try $0.text() } ?? [],
            arm: try keys["arm"]?.text(), control: try keys["control"]?.text())
        var seen: Set<String> = []
        let items = try keys.required("columns").list() + (try keys["covariates"]?.list() ?? [])
        for (item, column) in zip(items, spec.regressors) {
            guard column != spec.outcome else {
                throw item.error(
                    "\(node.name) names the long-term outcome \(DisplayText.quoted(column)) as its own surrogate",
                    remedy: "name early outcomes that come before it")
            }
            guard column != spec.arm else {
                throw item.error(
                    "\(node.name) names the column of arms \(DisplayText.quoted(column)) as a surrogate",
                    remedy: "remove it from \(item.name)")
            }
            guard seen.insert(column).inserted else {
                throw item.error(
                    "\(node.name) names the column \(DisplayText.quoted(column)) twice", remedy: "name it once")
            }
        }
        return spec
    }
}
