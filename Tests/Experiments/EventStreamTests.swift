import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Logs and events are read in pieces: what they give does not depend on where a piece ends or on the order of the rows.
@Suite struct EventStreamTests {
    private static let spec = """
        name: events
        data:
          - {file: log.csv, grain: many, exposure: at, crossovers: drop, window: 2d, aggregate: {revenue: sum, top: max, n: count}}
          - {file: events.csv, grain: many, key: user, date: day, window: 3d, by: category, aggregate: {spend: sum, price: mean}}
        unit: id
        treatment: {column: t, control: c, arms: [c, t], shares: [1, 1]}
        outcomes:
          - {name: revenue, direction: maximize, missing: zero}
          - {name: spend, direction: maximize}
          - {name: spend, direction: maximize, levels: [books, toys]}
        covariates: [country, age]
        """

    /// 3000 units and some tens of thousands of rows, so that a file is several pieces.
    private struct Files {
        var log: [String] = []
        var events: [String] = []
        var revenue: [String: Double] = [:]
        var spend: [String: [String: Double]] = [:]
        var earlyRows = 0
        var lateRows = 0

        init() {
            var random = RandomStream(seed: 91)
            for unit in 0..<3000 {
                let id = "u\(unit)"
                let (arm, age) = (unit % 2 == 0 ? "c" : "t", 20 + unit % 50)
                let country = ["DE", "FR", "IT"][random.index(below: 3)]
                log.append("\(id),\(arm),2024-05-10 12:00:00,\(country),\(age),,")
                for _ in 0..<random.index(below: 12) {
                    let (day, cents) = (8 + random.index(below: 6), random.index(below: 2000))
                    let revenue = Double(cents) / 100
                    log.append("\(id),,2024-05-\(day < 10 ? "0" : "")\(day) 13:00:00,XX,99,\(revenue),\(cents)")
                    if day < 10 {
                        earlyRows += 1
                    } else if day > 11 {
                        lateRows += 1
                    } else {
                        self.revenue[id, default: 0] += revenue
                    }
                }
                for _ in 0..<random.index(below: 9) {
                    let day = 9 + random.index(below: 6)
                    let category = ["books", "toys", "food"][random.index(below: 3)]
                    let spend = 1 + random.index(below: 9)
                    events.append(
                        "\(id),\(day < 10 ? "2024-05-09" : "2024-05-\(day)") 12:30:00,\(category),\(spend),\(spend)")
                    if (10...12).contains(day) { self.spend[id, default: [:]][category, default: 0] += Double(spend) }
                }
            }
        }
    }

    private func read(_ files: Files, spec: String = Self.spec, reversed: Bool = false) throws -> ExperimentReading {
        let scratch = try Scratch()
        for (name, header, rows) in [
            ("log", "id,t,at,country,age,revenue,top", files.log),
            ("events", "user,day,category,spend,price", files.events),
        ] {
            let rows = reversed ? rows.reversed() : rows
            let text = ([header.replacing(",top", with: ",top,n")] + rows.map { name == "log" ? $0 + ",1" : $0 })
                .joined(separator: "\n")
            _ = try scratch.write(text + "\n", as: "\(name).csv")
        }
        return try Experiment.read(
            spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: scratch.folder,
            context: RunContext(workers: Workers(count: 2)))
    }

    @Test func whatIsReadIsWhatTheRowsSay() throws {
        let files = Files()
        #expect(files.log.count > 4 * 4096)
        let reading = try read(files)
        let made = reading.experiment
        #expect(made.unitCount == 3000)
        #expect(made.outcomes.map(\.name) == ["revenue", "spend", "spend[books]", "spend[toys]"])
        guard case .categorical(let levels) = made.covariates[0].encoding else { return #expect(Bool(false)) }
        #expect(levels.sorted() == ["DE", "FR", "IT"])
        #expect(made.covariates[1].values.allSatisfy { $0 < 99 })
        for index in 0..<made.unitCount {
            let id = String(files.log[Int(made.units.rows[index]) - 1].prefix { $0 != "," })
            let own = files.spend[id] ?? [:]
            let expected = [
                files.revenue[id] ?? 0, own.values.reduce(0, +), own["books"] ?? 0, own["toys"] ?? 0,
            ]
            for (outcome, value) in zip(made.outcomes, expected) {
                #expect(abs(outcome.observed.value(index) - value) < 1e-3)
            }
        }
        let notes = try #require(reading.notes.exposures)
        #expect(notes.earlyRows == files.earlyRows && notes.lateRows == files.lateRows && notes.units == 3000)
        let told = try HealthReport.examine(reading).told(.joins)
        #expect(told.contains { $0.contains("events.csv: 2 of 3 levels of \"category\" have an outcome") }, "\(told)")
        #expect(told.contains { $0.contains("most of \"food\"") && $0.contains("levels: [food]") })
    }

    @Test func theOrderOfTheRowsDoesNotMatter() throws {
        let files = Files()
        let (one, other) = (try read(files).experiment, try read(files, reversed: true).experiment)
        #expect(one.units.keys == other.units.keys && one.assignment == other.assignment)
        #expect(one.outcomes.map(\.observed.values) == other.outcomes.map(\.observed.values))
        #expect(one.covariates.map(\.values) == other.covariates.map(\.values))
    }

    /// A text that turns up late makes a covariate one of texts from the start, as it does in a file of one row a unit.
    @Test func aLateTextIsJudgedWithTheOthers() throws {
        var files = Files()
        for row in files.log.indices where row % 3 == 0 {
            files.log[row] = files.log[row].replacing(",DE,", with: ",1,").replacing(",FR,", with: ",2,")
        }
        for row in files.log.indices where row < 6000 {
            files.log[row] = files.log[row].replacing(",IT,", with: ",3,").replacing(",DE,", with: ",1,")
                .replacing(",FR,", with: ",2,").replacing(",XX,", with: ",4,")
        }
        guard case .categorical(let levels) = try read(files).experiment.covariates[0].encoding else {
            return #expect(Bool(false))
        }
        #expect(Set(levels).isSuperset(of: ["1", "2", "DE", "IT"]))
    }

    @Test func aTextAmongSumsIsRefusedWithAllItsRows() throws {
        var files = Files()
        files.events[9] += "x"
        files.events[20_00] += "x"
        let error = #expect(throws: EspalierError.self) {
            try read(files, spec: Self.spec.replacing("[country, age]", with: "[country, age, price]"))
        }
        #expect(error?.line == 11)
        #expect(
            error?.message.contains("in 2 of \(files.events.count)") == true
                || error?.message.contains("1 more text") == true)
    }

    @Test(arguments: [
        ("levels: [books, toys]", "levels: [books, toyz]", "no row that counts has the level \"toyz\" of \"category\""),
        ("{spend: sum, price: mean}", "{spend: latest}", "which is of one level of category"),
        ("window: 3d, by", "window: 3d, bi", "unknown key \"bi\" in data[2]"),
        ("top: max", "top: latest", "rows of a log from before it do not count"),
        (
            "window: 2d, aggregate: {revenue: sum, top: max, n: count}", "window: 2d",
            "data[1].window says which of a unit's rows"
        ),
        ("levels: [books, toys]", "levels: [books], preperiod: age", "breaks down one column"),
        ("levels: [books, toys]", "levels: [books, books]", "the outcome \"spend[books]\" is listed twice"),
    ]) func whatIsWrongIsSaid(old: String, new: String, part: String) throws {
        let error = #expect(throws: EspalierError.self) {
            _ = try read(Files(), spec: Self.spec.replacing(old, with: new))
        }
        #expect(error?.message.contains(part) == true, "\(error?.description ?? "")")
    }

    /// Of two latest values at one time neither is the latest, wherever the pieces end.
    @Test func twoLatestValuesAreAmbiguous() throws {
        let files = Files()
        let spec = Self.spec.replacing(
            "window: 3d, by: category, aggregate: {spend: sum, price: mean}", with: "aggregate: latest"
        )
        .replacing("  - {name: spend, direction: maximize, levels: [books, toys]}\n", with: "")
        .replacing("  - {name: spend, direction: maximize}\n", with: "")
        .replacing("[country, age]", with: "[country, price]")
        let error = #expect(throws: EspalierError.self) { try read(files, spec: spec) }
        #expect(error?.message.contains("two rows of one unit have the same latest date 2024-05-09 12:30:00") == true)
    }
}
