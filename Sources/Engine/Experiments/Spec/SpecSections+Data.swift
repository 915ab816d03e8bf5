import Texts

extension SpecSections {
    /// `data: file`, or a list whose first item holds units and treatment and whose others are joined to it.
    static func data(_ node: SpecNode, unit: UnitIdentity) throws -> (data: String, join: JoinSpec?) {
        guard node.isList else { return (try node.text(), nil) }
        let items = try node.list()
        var (first, exposure): (String, String?)
        if items[0].isMapping {
            let keys = try items[0].mapping(keys: ["file", "exposure"])
            (first, exposure) = (try keys.required("file").text(), try keys["exposure"]?.text())
        } else {
            (first, exposure) = (try items[0].text(), nil)
        }
        guard items.count > 1 else { return (first, nil) }
        guard case .column = unit else {
            throw node.error(
                "\(node.name) lists several files, which can only be joined on the unit's id",
                remedy: "name its column under unit instead of row")
        }
        var seen: Set<String> = [first]
        let files = try items.dropFirst().map { item in
            let file = try joinedFile(item, hasExposure: exposure != nil)
            guard seen.insert(file.file).inserted else {
                throw item.error("the file \(DisplayText.quoted(file.file)) is listed twice", remedy: "remove one")
            }
            return file
        }
        return (first, JoinSpec(exposure: exposure, files: files))
    }

    private static func joinedFile(_ node: SpecNode, hasExposure: Bool) throws -> JoinedFile {
        guard node.isMapping else { return JoinedFile(file: try node.text()) }
        let keys = try node.mapping(keys: ["file", "key", "grain", "aggregate", "date"])
        var file = JoinedFile(file: try keys.required("file").text(), key: try keys["key"]?.text())
        file.grain = try keys["grain"]?.choice(JoinedFile.Grain.self) ?? .unit
        if let date = keys["date"] {
            file.date = try date.text()
            guard hasExposure else {
                throw date.error(
                    "\(date.name) has no exposure to compare with",
                    remedy: "name the column of the exposure's date in the first file, as {file: …, exposure: column}")
            }
        }
        guard let aggregate = keys["aggregate"] else {
            guard file.grain == .unit else {
                throw node.error(
                    "\(node.name) has many rows for each unit and does not say what becomes of them",
                    remedy: "add aggregate: sum, or for each column as {spend: sum, price: mean}")
            }
            return file
        }
        guard file.grain == .many else {
            throw aggregate.error(
                "\(aggregate.name) goes with grain: many only", remedy: "add grain: many or remove it")
        }
        if aggregate.isMapping {
            for (column, _, value) in try aggregate.named() {
                file.aggregates[column] = try value.choice(JoinedFile.Aggregate.self)
            }
        } else {
            file.aggregate = try aggregate.choice(JoinedFile.Aggregate.self)
        }
        if file.date == nil, file.aggregate == .latest || file.aggregates.values.contains(.latest) {
            throw aggregate.error(
                "\(aggregate.name) asks for the latest row, and rows have no date", remedy: "add date: column")
        }
        return file
    }
}
