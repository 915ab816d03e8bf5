import Texts
import Warehouses

extension SpecSections {
    /// `data: file`, or a list whose first item holds units and treatment and whose others are joined to it.
    ///
    /// An engine named beside the first file keeps the units, which nothing is joined to here.
    static func data(
        _ node: SpecNode, unit: UnitIdentity
    ) throws -> (data: String, engine: EngineKind?, sample: SampleSpec?, join: JoinSpec?) {
        guard node.isList || node.isMapping else { return (try node.text(), nil, nil, nil) }
        let items = node.isList ? try node.list() : [node]
        let (first, engine, exposure, log) = try firstFile(items[0])
        let sample = try sample(items[0], of: engine)
        guard items.count > 1 || log != nil else { return (first, engine, sample, nil) }
        if let engine {
            throw node.error(
                "\(node.name) keeps the units in \(engine.title), where no file of ours is joined and no log is read",
                remedy: "join and aggregate by a query in the engine, or remove engine, which reads all into memory")
        }
        guard case .column = unit else {
            throw node.error(
                log == nil
                    ? "\(node.name) lists several files, which can only be joined on the unit's id"
                    : "\(node.name) has many rows for each unit, which are told apart by the unit's id",
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
        return (first, nil, nil, JoinSpec(exposure: exposure, files: files, log: log))
    }

    /// `sample: 500000` beside an engine.
    private static func sample(_ node: SpecNode, of engine: EngineKind?) throws -> SampleSpec? {
        guard node.isMapping, let size = try node.named().first(where: { $0.0 == "sample" })?.2 else { return nil }
        let units = try size.integer(in: 1000...1_000_000_000)
        guard let engine else {
            throw size.error(
                "\(size.name) is of units that an engine keeps, and none is named",
                remedy: "add engine: duckdb, postgresql or spark, or remove it")
        }
        return SampleSpec(engine: engine, units: units)
    }

    /// The file with units and treatment: a name, or where each unit has many rows how they become one.
    private static func firstFile(
        _ node: SpecNode
    ) throws -> (file: String, engine: EngineKind?, exposure: String?, log: ExposureLog?) {
        guard node.isMapping else { return (try node.text(), nil, nil, nil) }
        let keys = try node.mapping(
            keys: ["file", "exposure", "grain", "crossovers", "aggregate", "window"] + DataRelation.keys)
        let file = try DataRelation.path(keys)
        let engine = try DataRelation.engine(keys)
        let exposure = try keys["exposure"]?.text()
        guard try keys["grain"]?.choice(JoinedFile.Grain.self) == .many else {
            if let stray = keys["crossovers"] ?? keys["aggregate"] ?? keys["window"] {
                throw stray.error("\(stray.name) goes with grain: many only", remedy: "add grain: many or remove it")
            }
            return (file, engine, exposure, nil)
        }
        guard exposure != nil else {
            throw node.error(
                "\(node.name) has many rows for each unit and does not say which is its first exposure",
                remedy: "add exposure: the column of their dates")
        }
        var log = ExposureLog(crossovers: try keys["crossovers"]?.choice(ExposureLog.CrossoverRule.self))
        if let aggregate = keys["aggregate"] {
            for (column, _, value) in try aggregate.named() {
                let kind = try value.choice(JoinedFile.Aggregate.self)
                guard kind != .latest else {
                    throw value.error(
                        "\(value.name) asks for the latest value before exposure, and rows of a log from before it do not count",
                        remedy: "remove it from aggregate; its value at the first exposure counts")
                }
                log.aggregates[column] = kind
            }
        }
        if let window = keys["window"] {
            guard !log.aggregates.isEmpty else {
                throw window.error(
                    "\(window.name) says which of a unit's rows are aggregated, and none is",
                    remedy: "add aggregate: {column: sum}, or remove it")
            }
            log.window = try seconds(window)
        }
        return (file, engine, exposure, log)
    }

    private static func joinedFile(_ node: SpecNode, hasExposure: Bool) throws -> JoinedFile {
        guard node.isMapping else { return JoinedFile(file: try node.text()) }
        let keys = try node.mapping(
            keys: ["file", "key", "grain", "aggregate", "date", "window", "by"] + DataRelation.keys)
        if let engine = keys["engine"] {
            throw engine.error("\(engine.name) goes with the first file only", remedy: "remove it")
        }
        var file = JoinedFile(file: try DataRelation.path(keys), key: try keys["key"]?.text())
        file.grain = try keys["grain"]?.choice(JoinedFile.Grain.self) ?? .unit
        if let date = keys["date"] {
            file.date = try date.text()
            guard hasExposure else {
                throw date.error(
                    "\(date.name) has no exposure to compare with",
                    remedy: "name the column of the exposure's date in the first file, as {file: …, exposure: column}")
            }
        }
        if let window = keys["window"] {
            guard file.date != nil, file.grain == .many else {
                throw window.error(
                    "\(window.name) says which of a unit's many dated rows count",
                    remedy: "add grain: many and date: the column of their dates, or remove it")
            }
            file.window = try seconds(window)
        }
        if let by = keys["by"] {
            guard file.grain == .many else {
                throw by.error(
                    "\(by.name) breaks down what many rows of a unit become", remedy: "add grain: many or remove it")
            }
            file.by = try by.text()
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
        if file.by != nil, file.aggregate == .latest || file.aggregates.values.contains(.latest) {
            throw aggregate.error(
                "\(aggregate.name) asks for the latest row, which is of one level of \(file.by ?? "")",
                remedy: "remove by, or list the file without it")
        }
        if file.date == nil, file.aggregate == .latest || file.aggregates.values.contains(.latest) {
            throw aggregate.error(
                "\(aggregate.name) asks for the latest row, and rows have no date", remedy: "add date: column")
        }
        return file
    }

    /// A length of time such as 14d, 36h or 30m.
    private static func seconds(_ node: SpecNode) throws -> Double {
        let text = try node.text()
        let units: [Character: Double] = ["d": 86_400, "h": 3_600, "m": 60]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()), count > 0,
            count.isFinite
        else {
            throw node.error("\(node.name) must be a length of time", remedy: "write it as 14d, 36h or 30m")
        }
        return count * unit
    }
}
