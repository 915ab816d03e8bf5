import Experiments
import Runtime
import Statistics
import Testing

/// Logs with several exposures a unit, and events in windows from exposure on.
@Suite struct ExposureLogTests {
    private static let spec = """
        name: logged
        data:
          - {file: log.csv, grain: many, exposure: at, crossovers: drop, aggregate: {revenue: sum, converted: max}}
          - {file: events.csv, grain: many, key: user, date: day, window: 3d, aggregate: sum}
        unit: id
        treatment: {column: t, control: c, arms: [c, t], shares: [1, 1]}
        outcomes:
          - {name: revenue, direction: maximize}
          - {name: converted, direction: maximize}
          - {name: spend, direction: maximize}
        covariates: [country]
        """

    private struct Truth {
        var arm = ""
        var country = ""
        var revenue = 0.0
        var converted = 0.0
        var spend = 0.0
    }

    private var log: [String] = []
    private var events: [String] = []
    private var truth: [String: Truth] = [:]

    /// 200 units with one to three exposures from day 10 on, an event of the log on day 1, which is before any exposure, and
    /// events of the other file from day 8 to 20.
    init() {
        var random = RandomStream(seed: 5)
        for unit in 0..<200 {
            let id = "u\(unit)"
            var own = Truth(arm: unit % 2 == 0 ? "c" : "t", country: ["DE", "FR"][random.index(below: 2)])
            let first = 10 + random.index(below: 3)
            log.append("\(id),,2024-05-01 10:00:00,\(own.country),100,1")
            for exposure in 0...random.index(below: 3) {
                let (revenue, converted) = (random.index(below: 50), random.index(below: 2))
                let country = exposure == 0 ? own.country : "XX"
                log.append("\(id),\(own.arm),2024-05-\(first + exposure) 12:00:00,\(country),\(revenue),\(converted)")
                own.revenue += Double(revenue)
                own.converted = max(own.converted, Double(converted))
            }
            for _ in 0..<random.index(below: 5) {
                let (day, spend) = (8 + random.index(below: 13), 1 + random.index(below: 9))
                let hour = random.index(below: 24)
                events.append(
                    "\(id),2024-05-\(day < 10 ? "0" : "")\(day) \(hour < 10 ? "0" : "")\(hour):30:00,\(spend)")
                let hours = Double((day - first) * 24 + hour - 12) + 0.5
                if hours >= 0, hours < 72 { own.spend += Double(spend) }
            }
            truth[id] = own
        }
        for unit in 0..<3 { log.append("u\(unit),\(unit == 1 ? "c" : "t"),2024-05-20 12:00:00,DE,7,1") }
    }

    private func read(_ log: [String]? = nil, spec: String = Self.spec) throws -> ExperimentReading {
        let scratch = try Scratch()
        _ = try scratch.write(
            (["id,t,at,country,revenue,converted"] + (log ?? self.log)).joined(separator: "\n") + "\n", as: "log.csv")
        _ = try scratch.write((["user,day,spend"] + events).joined(separator: "\n") + "\n", as: "events.csv")
        return try Experiment.read(
            spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: scratch.folder,
            context: RunContext(workers: Workers(count: 2)))
    }

    @Test func theFirstExposureWins() throws {
        let made = try read().experiment
        #expect(made.unitCount == 197 && made.crossoverCount == 3)
        #expect(made.caveats.contains("3 units seen in several arms are left out"))
        guard case .categorical(let levels) = made.covariates[0].encoding else { return #expect(Bool(false)) }
        #expect(levels == ["DE", "FR"])
        for index in 0..<made.unitCount {
            let id = String(log[Int(made.units.rows[index]) - 1].prefix { $0 != "," })
            let own = try #require(truth[id])
            #expect(made.arms[Int(made.assignment[index])] == own.arm)
            #expect(levels[Int(made.covariates[0].values[index])] == own.country)
            let values = made.outcomes.map { $0.observed.value(index) }
            for (value, expected) in zip(values, [own.revenue, own.converted, own.spend]) {
                #expect(abs(value - expected) < 1e-4)
            }
        }
    }

    @Test func theOrderOfTheRowsDoesNotMatter() throws {
        var random = RandomStream(seed: 8)
        let (one, other) = (try read().experiment, try read(log.shuffled(using: &random)).experiment)
        #expect(one.units.keys == other.units.keys && one.assignment == other.assignment)
        #expect(one.outcomes.map(\.observed.values) == other.outcomes.map(\.observed.values))
        #expect(one.covariates.map(\.values) == other.covariates.map(\.values))
    }

    @Test func whatWasLeftOutIsTold() throws {
        let report = try HealthReport.examine(read())
        let finding = try #require(report.findings.first { $0.check == .duplicateUnits })
        #expect(finding.severity == .warning)
        #expect(finding.sentence.contains("are of 197 units, each by its first exposure"))
        #expect(finding.sentence.contains("197 rows from before it do not count"))
        #expect(finding.sentence.contains("3 units seen in several arms, first on line \(log.count - 1), are left out"))
        let joined = try #require(report.findings.first { $0.check == .joins })
        #expect(joined.sentence.contains("outside the window from exposure on were left out"))
    }

    @Test func withoutARuleCrossoversAreInTheWay() throws {
        let report = try HealthReport.examine(read(spec: Self.spec.replacing("crossovers: drop, ", with: "")))
        let finding = try #require(report.findings.first { $0.check == .duplicateUnits })
        #expect(finding.severity == .blocking && finding.preventsFit)
        #expect(finding.remedy?.contains("crossovers: drop") == true)
    }

    /// A column of exposures may be empty for units that were assigned and never exposed.
    @Test func unitsNeverExposedAreTold() throws {
        let spec = Self.spec.replacing(
            ", grain: many, exposure: at, crossovers: drop, aggregate: {revenue: sum, converted: max}",
            with: ", exposure: at")
        let rows = (0..<200).map { unit in
            "u\(unit),\(unit % 2 == 0 ? "c" : "t"),\(unit % 10 == 0 ? "" : "2024-05-10 12:00:00"),DE,\(unit % 7),\(unit % 3 / 2)"
        }
        let reading = try read(rows, spec: spec)
        let told = try HealthReport.examine(reading).told(.joins)
        #expect(told.contains { $0.contains("20 units of 200 were assigned but never exposed") })
        let spend = reading.experiment.outcomes[2].observed
        for index in 0..<200 where (Int(reading.experiment.units.rows[index]) - 1) % 10 == 0 {
            #expect(abs(spend.value(index)) < 1e-5)
        }
    }

    /// A log is recognised, and what is proposed for it reads as the log is.
    @Test func aLogIsProposedAsOne() throws {
        let scratch = try Scratch()
        let rows = log.filter { !$0.contains(",,") }
        let path = try scratch.write(
            (["user_id,variation,timestamp,country,revenue,converted"] + rows).joined(separator: "\n") + "\n",
            as: "log.csv")
        let text = try SpecProposal.propose(dataPath: path)
        for line in [
            "grain: many", "exposure: timestamp", "crossovers: drop", "revenue: sum", "converted: max", "unit: user_id",
        ] { #expect(text.contains(line), "\(text)") }
        let made = try Experiment.read(spec: ExperimentSpec.read(yaml: text, file: "spec.yaml"), folder: "").experiment
        #expect(made.unitCount == 197 && made.crossoverCount == 3)
    }

    @Test(arguments: [
        ("window: 3d", "window: three days", "data[2].window must be a length of time"),
        ("date: day, ", "", "data[2].window says which of a unit's many dated rows count"),
        ("exposure: at, ", "", "data[1] has many rows for each unit and does not say which is its first exposure"),
        ("grain: many, exposure", "exposure", "data[1].crossovers goes with grain: many only"),
        ("unit: id", "unit: row", "data has many rows for each unit, which are told apart by the unit's id"),
    ]) func whatTheSpecMustSay(old: String, new: String, sentence: String) throws {
        let error = #expect(throws: EspalierError.self) {
            try ExperimentSpec.read(yaml: Self.spec.replacing(old, with: new), file: "spec.yaml")
        }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }
}
