import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Several files joined on the unit.
@Suite struct JoinTests {
    private static let spec = """
        name: joined
        data:
          - {file: log.csv, exposure: exposed}
          - {file: metrics.csv, key: user, grain: many, aggregate: {spend: sum, price: mean, orders: count, top: max}}
          - {file: labels.csv, date: day}
        unit: id
        treatment: {column: t, control: c, arms: [c, t], shares: [1, 1]}
        outcomes:
          - {name: spend, direction: maximize, missing: zero}
          - {name: price, direction: maximize, missing: drop}
          - {name: orders, direction: maximize}
        covariates: [age, {column: city, kind: categorical}, top]
        """

    private let log: [String]
    private let metrics: [String]
    private let labels: [String]

    init() {
        var stream = RandomStream(seed: 31)
        var (log, metrics, labels) = ([String](), [String](), [String]())
        for unit in 0..<400 {
            log.append("u\(unit),\(unit % 2 == 0 ? "c" : "t"),2024-05-0\(2 + unit % 3)")
            labels.append("u\(unit),\(20 + unit % 50),\(["Oslo", "Rome", ""][unit % 3]),2024-05-01")
            for _ in 0..<stream.poisson(2) {
                metrics.append("u\(unit),\(stream.normal() * 10),\(stream.uniform()),1,\(stream.index(below: 90))")
            }
        }
        metrics.append("stranger,1,2,3,4")
        (self.log, self.metrics, self.labels) = (log, metrics, labels)
    }

    private func read(
        log: [String]? = nil, metrics: [String]? = nil, labels: [String]? = nil, spec: String = Self.spec,
        in scratch: Scratch? = nil
    ) throws -> ExperimentReading {
        let scratch = try scratch ?? Scratch()
        for (name, header, rows) in [
            ("log", "id,t,exposed", log ?? self.log),
            ("metrics", "user,spend,price,orders,top", metrics ?? self.metrics),
            ("labels", "id,age,city,day", labels ?? self.labels),
        ] {
            _ = try scratch.write(([header] + rows).joined(separator: "\n") + "\n", as: "\(name).csv")
        }
        return try Experiment.read(
            spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: scratch.folder,
            context: RunContext(workers: Workers(count: 2)))
    }

    private func shuffled(_ rows: [String], seed: UInt64) -> [String] {
        var stream = RandomStream(seed: seed)
        return rows.shuffled(using: &stream)
    }

    @Test func valuesAreThoseOfTheUnit() throws {
        let made = try read().experiment
        var (sums, counts): ([String: Double], [String: Double]) = ([:], [:])
        for row in metrics {
            let fields = row.split(separator: ",")
            sums[String(fields[0]), default: 0] += Double(fields[1]) ?? 0
            counts[String(fields[0]), default: 0] += 1
        }
        // Units without a row have no price, and are dropped for it.
        #expect(made.unitCount == counts.count - 1 && made.droppedCount == 400 - made.unitCount)
        for index in 0..<made.unitCount {
            let unit = Int(made.units.rows[index]) - 1
            #expect(abs(made.outcomes[0].observed.value(index) - (sums["u\(unit)"] ?? 0)) < 1e-4)
            #expect(abs(made.outcomes[2].observed.value(index) - (counts["u\(unit)"] ?? 0)) < 1e-5)
            #expect(made.covariates[0].values[index] == Float(20 + unit % 50))
            #expect(made.covariates[1].values[index].isNaN == (unit % 3 == 2))
        }
        #expect(made.covariates[1].encoding == .categorical(levels: ["Oslo", "Rome"]))
    }

    /// The order of the rows of any file changes nothing, to the bit.
    @Test func shuffledRowsGiveTheSame() throws {
        let (made, other) = (
            try read().experiment,
            try read(
                log: shuffled(log, seed: 1), metrics: shuffled(metrics, seed: 2), labels: shuffled(labels, seed: 3)
            ).experiment
        )
        #expect(made.units.keys == other.units.keys && made.assignment == other.assignment)
        #expect(made.outcomes.map(\.observed) == other.outcomes.map(\.observed))
        for (a, b) in zip(made.covariates, other.covariates) {
            #expect(a.encoding == b.encoding)
            let equal = zip(a.values, b.values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
            #expect(equal)
        }
    }

    @Test func whatJoiningShowedIsReported() throws {
        let report = try HealthReport.examine(read())
        let joins = report.findings.filter { $0.check == .joins }
        #expect(joins.count == 2)
        #expect(joins[0].severity == .note && joins[0].sentence.contains("1 are of units that log.csv lacks"))
        #expect(joins[1].sentence == "labels.csv: 400 rows, every unit of log.csv has one")
        #expect(report.findings.first { $0.check == .lateLabels }?.severity == .ok)
    }

    @Test func twoRowsOfOneUnitAreRefused() throws {
        let error = #expect(throws: EspalierError.self) {
            _ = try read(labels: labels + ["u3,9,Rome,2024-05-01", "u4,9,Rome,2024-05-01"])
        }
        #expect(
            error?.message
                == "the unit \"u3\" stands on lines 5 and 402, where one row for each unit is expected, and 1 more row of units "
                + "that have one already")
        #expect(error?.line == 402 && error?.remedy == "remove the extra rows, or say grain: many and how to aggregate")
    }

    /// A label of the day of exposure knows the treatment: the fit stops until the spec says otherwise.
    @Test func lateLabelsStopTheFit() throws {
        var late = labels
        late[6] = "u6,26,Oslo,2024-05-02"
        let report = try HealthReport.examine(read(labels: late))
        let finding = try #require(report.findings.first { $0.check == .lateLabels })
        #expect(
            finding.sentence
                == "1 label of labels.csv dates from on or after exposure, first on line 8: 2024-05-02, exposed 2024-05-02"
        )
        #expect(finding.severity == .blocking && report.fitRefusal(file: "f") != nil)
        let accepted = try HealthReport.examine(
            read(labels: late, spec: Self.spec + "\naccept: {lateLabels: stamped at midnight before exposure}\n"))
        #expect(accepted.fitRefusal(file: "f") == nil)
    }

    /// Of many labels of a unit the latest from before exposure counts; later ones are left out.
    @Test func theLatestLabelBeforeExposureCounts() throws {
        let spec = Self.spec.replacing(
            "{file: labels.csv, date: day}", with: "{file: labels.csv, date: day, grain: many, aggregate: latest}")
        let many =
            labels + (0..<400).map { "u\($0),\(100 + $0),Rome,2024-04-30" }
            + (0..<400).map { "u\($0),999,Rome,2024-05-0\(2 + $0 % 3)" }
        let reading = try read(labels: many, spec: spec)
        let made = reading.experiment
        for index in 0..<made.unitCount {
            let unit = Int(made.units.rows[index]) - 1
            #expect(made.covariates[0].values[index] == Float(20 + unit % 50))
            // The label of 1 May has no city for every third unit; that of 30 April has.
            #expect(!made.covariates[1].values[index].isNaN)
        }
        #expect(reading.notes.joins[1].lateRows == 400)
        let error = #expect(throws: EspalierError.self) {
            _ = try read(labels: many + ["u7,1,Rome,2024-05-01"], spec: spec)
        }
        #expect(
            error?.message.contains("two rows of one unit have the same latest date 2024-05-01, on lines 9 and 1202")
                == true)
    }

    @Test func aChangeOfAnyFileIsNoticed() throws {
        let scratch = try Scratch()
        let made = try read(in: scratch).experiment
        let now = try DataFile.quickDigest(of: made.spec, inFolder: scratch.folder)
        #expect(now.bytes == made.dataDigest.bytes && now.modified == made.dataDigest.modified)
        _ = try scratch.write("id,age,city,day\nu0,1,x,2024-01-01\n", as: "labels.csv")
        #expect(try DataFile.quickDigest(of: made.spec, inFolder: scratch.folder).bytes != made.dataDigest.bytes)
    }

    @Test(arguments: [
        ("{file: labels.csv, date: day}", "{file: labels.csv, dat: day}", "unknown key \"dat\" in data[3]"),
        ("grain: many, ", "", "data[2].aggregate goes with grain: many only"),
        (", aggregate: {spend: sum, price: mean, orders: count, top: max}", "", "data[2] has many rows for each unit"),
        ("top: max", "top: maxx", "data[2].aggregate.top must be sum or mean"),
        (", top: max", "", "the covariate column \"top\" has many values for each unit and no aggregate"),
        ("{file: log.csv, exposure: exposed}", "log.csv", "data[3].date has no exposure to compare with"),
        ("top: max", "top: latest", "asks for the latest row, and rows have no date"),
        ("unit: id", "unit: row", "data lists several files, which can only be joined on the unit's id"),
        ("key: user", "key: usr", "there is no column \"usr\""),
        ("[age,", "[agee,", "none of the data files has the covariate column \"agee\""),
        ("exposure: exposed", "exposure: t", "the column \"t\" cannot be both treatment and date of exposure"),
        ("file: metrics.csv", "file: labels.csv", "is listed twice"),
    ])
    func whatIsWrongIsSaid(old: String, new: String, part: String) {
        let error = #expect(throws: EspalierError.self) { _ = try read(spec: Self.spec.replacing(old, with: new)) }
        #expect(error?.message.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test func aNameInTwoFilesIsAmbiguous() throws {
        let scratch = try Scratch()
        _ = try scratch.write("id,t,exposed,age\nu0,c,2024-05-02,4\nu1,t,2024-05-02,5\n", as: "log.csv")
        _ = try scratch.write("user,spend,price,orders,top\nu0,1,1,1,1\n", as: "metrics.csv")
        _ = try scratch.write("id,age,city,day\nu0,1,x,2024-01-01\n", as: "labels.csv")
        let error = #expect(throws: EspalierError.self) {
            _ = try Experiment.read(spec: ExperimentSpec.read(yaml: Self.spec, file: "s"), folder: scratch.folder)
        }
        #expect(error?.message == "the covariate column \"age\" stands in log.csv and in labels.csv")
    }

    @Test func unitsInCommonAreNeeded() {
        let error = #expect(throws: EspalierError.self) { _ = try read(labels: ["x,1,y,2024-01-01"]) }
        #expect(error?.message == "no unit of log.csv has a row here: no value of \"id\" is one of its units")
    }
}
