import Experiments
import Runtime
import Statistics
import Testing

@Suite struct HealthTests {
    private static let spec = Scratch.plainSpec.replacing(
        "control: c}", with: "control: c, arms: [c, t], shares: [1, 1]}")

    /// Rows `id,t,y,x` from a closure.
    private func report(
        _ count: Int, spec: String = Self.spec, header: String = "id,t,y,x",
        _ row: (Int, inout RandomStream) -> String
    ) throws -> HealthReport {
        var random = RandomStream(seed: 21)
        let rows = (0..<count).map { row($0, &random) }
        return try HealthReport.examine(Scratch().read(([header] + rows).joined(separator: "\n"), spec: spec))
    }

    private func finding(_ report: HealthReport, _ check: HealthFinding.Check) throws -> HealthFinding {
        try #require(report.findings.first { $0.check == check })
    }

    private func healthy(_ row: Int, _ random: inout RandomStream) -> String {
        "\(row),\(row % 2 == 0 ? "c" : "t"),\(random.normal()),\(random.normal())"
    }

    /// Shares that were taken from the counts agree with them whatever happened.
    @Test func sharesOfTheCountsAreNoPlan() throws {
        let spec = Self.spec.replacing("shares: [1, 1]}", with: "shares: [3, 2], plan: unknown}")
        let report = try report(2_000, spec: spec) { row, random in
            "\(row),\(row % 17 < 10 ? "c" : "t"),\(random.normal()),\(random.normal())"
        }
        let told = try finding(report, .sampleRatio)
        #expect(told.severity == .note && told.details.isEmpty && told.sentence.contains("were not tested"))
        for wrong in ["shares: [3, 2], plan: known}", "plan: unknown}"] {
            let spec = Self.spec.replacing("shares: [1, 1]}", with: wrong)
            #expect(throws: EspalierError.self) { try ExperimentSpec.read(yaml: spec, file: "spec.yaml") }
        }
    }

    @Test(arguments: [(50, HealthFinding.Severity.note), (5, .warning)])
    func unitsLeftOutAreTold(every: Int, severity: HealthFinding.Severity) throws {
        let spec = Self.spec.replacing(
            "{name: y, direction: maximize}", with: "{name: y, direction: maximize, missing: drop}")
        let report = try report(2_000, spec: spec) { row, random in
            "\(row),\(row % 2 == 0 ? "c" : "t"),\(row % every == 0 ? "" : "\(random.normal())"),\(random.normal())"
        }
        let told = try #require(report.findings.first { $0.sentence.contains("are left out") })
        #expect(told.severity == severity && told.sentence.contains("of 2,000 rows") && told.sentence.contains("\"y\""))
        #expect(told.details[0].value == Double(2_000 / every))
    }

    /// Units whose outcome is missing by arm and covariate: drop-out is named before anything is said of the covariate, which
    /// is balanced among all units and is not to be removed.
    @Test func dropOutIsNamedBeforeCovariates() throws {
        let spec = Self.spec.replacing(
            "{name: y, direction: maximize}", with: "{name: y, direction: maximize, missing: drop}")
        func examined(_ isLost: (Int, Double, inout RandomStream) -> Bool) throws -> HealthReport {
            try report(4_000, spec: spec) { row, random in
                let x = random.normal()
                let y = isLost(row % 2, x, &random) ? "" : "\(random.normal())"
                return "\(row),\(row % 2 == 0 ? "c" : "t"),\(y),\(x)"
            }
        }
        let bad = try examined { arm, x, random in random.bernoulli(arm == 1 && x > 0 ? 0.4 : 0.1) }
        let told = try finding(bad, .attrition)
        #expect(told.severity == .blocking && told.sentence.hasPrefix("drop-out is the likely cause"))
        #expect(told.remedy?.hasPrefix("keep the covariates") == true)
        #expect(try finding(bad, .balance).severity == .ok && finding(bad, .afterExposure).severity == .ok)
        #expect(!bad.findings.contains { $0.remedy?.contains("remove") == true })
        let order = bad.findings.map(\.check)
        #expect(try #require(order.firstIndex(of: .attrition)) < #require(order.firstIndex(of: .balance)))
        // By arm alone it is a warning, by neither or by x in both arms alike it is nothing.
        let byArm = try examined { arm, _, random in random.bernoulli(arm == 1 ? 0.3 : 0.1) }
        #expect(try finding(byArm, .attrition).severity == .warning)
        let byCovariate = try examined { _, x, random in random.bernoulli(x > 0 ? 0.3 : 0.1) }
        #expect(try finding(byCovariate, .attrition).severity == .ok)
        let none = try report(400, healthy)
        #expect(!none.findings.contains { $0.check == .attrition })
    }

    /// Arms that change a ratio's denominator: the linearised effect times the factor told is the change of the ratio of sums.
    @Test func denominatorsThatArmsChangeAreTold() throws {
        let spec = Self.spec.replacing(
            "{name: y, direction: maximize}", with: "{name: y, direction: maximize, ratio: {y: n}}")
        #expect(spec.contains("ratio"))
        var random = RandomStream(seed: 4)
        let units = (0..<2_000).map { row -> (arm: Int, y: Double, n: Double) in
            let n = (row % 2 == 0 ? 10 : 20) + random.normal()
            return (row % 2, (row % 2 == 0 ? 0.3 : 0.36) * n + random.normal(), n)
        }
        let rows = units.indices.map {
            "\($0),\(units[$0].arm == 0 ? "c" : "t"),\(units[$0].y),\($0 % 7),\(units[$0].n)"
        }
        let reading = try Scratch().read((["id,t,y,x,n"] + rows).joined(separator: "\n"), spec: spec)
        let told = try finding(HealthReport.examine(reading), .metricUnit)
        #expect(told.severity == .warning && told.sentence.contains("\"y\" itself moves 0.75"))
        let notes = try #require(reading.notes.denominators.first)
        let made = reading.experiment
        func sum(_ arm: Int, _ value: (Int) -> Double) -> Double {
            made.tune.reduce(0) { $0 + (Int(made.assignment[$1]) == arm ? value(Int(made.units.rows[$1]) - 1) : 0) }
        }
        func ratio(_ arm: Int) -> Double { sum(arm) { units[$0].y } / sum(arm) { units[$0].n } }
        func mean(_ arm: Int) -> Double {
            let values = made.tune.filter { Int(made.assignment[$0]) == arm }.map {
                Double(made.outcomes[0].observed.values[$0])
            }
            return values.reduce(0, +) / Double(values.count)
        }
        let effect = made.outcomes[0].observed.scale * (mean(1) - mean(0))
        #expect(abs(effect * notes.factors[1] - (ratio(1) - ratio(0))) < 1e-6)
    }

    @Test func aHealthyExperimentSaysWhatWasChecked() throws {
        let report = try report(2000, healthy)
        #expect(report.worst == .ok && !report.isBlocking && report.fitRefusal(file: "f") == nil)
        let always = Set(HealthFinding.Check.allCases).subtracting([
            .design, .joins, .lateLabels, .attrition, .varianceReduction, .learning,
        ])
        #expect(Set(report.findings.map(\.check)) == always)
        #expect(
            report.findings.filter { $0.check != .balance }.map(\.sentence) == [
                "each of 2,000 units has one row",
                "every row has one of the declared arms \"c\", \"t\"",
                "every arm has at least 50 units in each split: \"c\" 1,000, \"t\" 1,000",
                "the arms' counts agree with the planned shares (chi-square 0.00, p = 1.000)",
                "the smallest probability of any arm is 50.00%, of \"c\"",
                "no covariate looks measured after exposure: none of 1 differs by arm (Holm p >= 0.001)",
                "every outcome varies: \"y\"",
                "no outcome's variance hangs on a thousandth of its units",
                "every outcome has one value for each randomisation unit",
                "1 covariate looked at, and each varies: x numeric",
                "no categorical covariate has more than 254 levels",
                "no outcome and no covariate has a missing value",
            ])
    }

    /// Against SciPy: chisquare([6200, 5800, 3000], [6000, 6000, 3000]) = 13.3333, p = 0.0012726; ([6300, 5700, 3000]): 30,
    /// p = 3.059e-07.
    @Test(arguments: [(200, 13.33333333, 0.0012726, false), (300, 30.0, 3.059e-7, true)])
    func sampleRatio(shift: Int, statistic: Double, p: Double, isAlarm: Bool) throws {
        let spec = Scratch.plainSpec.replacing("control: c}", with: "control: c, arms: [c, a, b], shares: [6, 6, 3]}")
        let report = try report(15_000, spec: spec) { row, random in
            "\(row),\(row < 6000 + shift ? "c" : row < 12_000 ? "a" : "b"),\(random.normal()),\(random.normal())"
        }
        let ratio = try finding(report, .sampleRatio)
        #expect(ratio.severity == (isAlarm ? .blocking : .ok))
        #expect(abs(ratio.details[0].value - statistic) < 1e-6)
        #expect(abs(ratio.details[1].value / p - 1) < 1e-3)
        #expect(report.isBlocking == isAlarm && (report.fitRefusal(file: "f") != nil) == isAlarm)
        if isAlarm {
            #expect(
                ratio.sentence
                    == "sample ratio mismatch against the planned shares: \"a\" has 5,700 units where 6,000 were "
                    + "expected (chi-square 30.00, p = 3.1e-07)"
                    || ratio.sentence
                        == "sample ratio mismatch against the planned shares: \"c\" has 6,300 units where 6,000 "
                        + "were expected (chi-square 30.00, p = 3.1e-07)"
            )
        }
    }

    @Test func assumedSharesAreSaidToBeAssumed() throws {
        let ratio = try finding(report(2000, spec: Scratch.plainSpec, healthy), .sampleRatio)
        #expect(ratio.severity == .note && ratio.sentence.contains("equal shares, none being declared"))
    }

    /// With propensities that follow x the counts agree with their sums; the same units under swapped propensities do not.
    @Test(arguments: [("p, q", false), ("q, p", true)])
    func sampleRatioWithPropensities(order: String, isAlarm: Bool) throws {
        let spec = Scratch.plainSpec.replacing(
            "control: c}", with: "control: c, arms: [c, t], propensities: [\(order)]}")
        let report = try report(4000, spec: spec, header: "id,t,y,x,p,q") { row, random in
            let p = row % 4 == 0 ? 0.9 : 0.6
            return "\(row),\(random.bernoulli(p) ? "c" : "t"),\(random.normal()),\(random.normal()),\(p),\(1 - p)"
        }
        #expect(try (finding(report, .sampleRatio).severity == .blocking) == isAlarm)
    }

    /// The false alarm rate under propensities that differ by unit: 5% of 400 tables at p < 0.05, within 4 standard errors.
    @Test func sampleRatioHoldsItsLevel() throws {
        let spec = Scratch.plainSpec.replacing(
            "control: c}", with: "control: c, arms: [c, a, t], propensities: [p, r, q]}")
        let scratch = try Scratch()
        var random = RandomStream(seed: 4)
        var alarms = 0
        for _ in 0..<400 {
            var csv = "id,t,y,x,p,q,r\n"
            for row in 0..<300 {
                let p = row % 3 == 0 ? 0.7 : 0.3
                let u = random.uniform()
                csv += "\(row),\(u < p ? "c" : u < p + 0.2 ? "a" : "t"),\(row % 5),\(row % 7),\(p),\(0.8 - p),0.2\n"
            }
            let ratio = try finding(try HealthReport.examine(scratch.read(csv, spec: spec)), .sampleRatio)
            if ratio.details[1].value < 0.05 { alarms += 1 }
        }
        #expect((3...37).contains(alarms), "\(alarms) of 400")
    }

    @Test func duplicatesBlockTheFit() throws {
        let report = try report(300) { row, random in
            "\(row < 298 ? row : 7),\(row % 2 == 0 ? "c" : "t"),\(random.normal()),\(random.normal())"
        }
        let duplicates = try finding(report, .duplicateUnits)
        #expect(duplicates.severity == .blocking && report.isBlocking)
        #expect(
            duplicates.sentence
                == "1 unit has more than one row, 1 of them in more than one arm: \"7\" on lines 9 and 300")
        #expect(duplicates.details.map(\.value) == [1, 2, 1])
        #expect(
            report.fitRefusal(file: "data.csv")?.description
                == "data.csv: 1 unit has more than one row, 1 of them in more than one arm: \"7\" on lines 9 and 300; "
                + "give one row per randomisation unit, or name the right unit column.")
    }

    @Test(arguments: [(1, HealthFinding.Severity.blocking), (40, .warning)])
    func smallArms(count: Int, severity: HealthFinding.Severity) throws {
        let report = try report(
            1000, spec: Scratch.plainSpec.replacing("covariates", with: "splits: {confirm: 0}\ncovariates")
        ) { row, random in
            "\(row),\(row < count ? "t" : "c"),\(random.normal()),\(random.normal())"
        }
        let sizes = try finding(report, .armSizes)
        #expect(sizes.severity == severity && sizes.preventsFit == (severity == .blocking))
        #expect(sizes.sentence == "the arm \"t\" has only \(count) unit\(count == 1 ? "" : "s") in the tune split")
    }

    @Test func constantsAndEmptyColumns() throws {
        let spec = Self.spec.replacing("[x]", with: "[x, {column: e, kind: numeric}]")
        let report = try report(400, spec: spec, header: "id,t,y,x,e") { row, _ in
            "\(row),\(row % 2 == 0 ? "c" : "t"),3.7,same,"
        }
        let outcome = try finding(report, .outcomes)
        #expect(outcome.severity == .blocking && outcome.preventsFit)
        let covariates = report.findings.filter { $0.check == .covariates }
        #expect(
            covariates.map(\.sentence) == [
                "no unit has a value of \"e\"", "all units have the same \"x\", which tells nothing apart",
                "2 covariates: x 1 level, e numeric and 400 missing",
            ])
    }

    /// Missing at 10% against 20%: chi-square 2000 (0.1)^2 / (4 * 0.15 * 0.85) = 39.2157, by hand.
    @Test func missingUnevenly() throws {
        let report = try report(2000) { row, random in
            let missing = row % 2 == 0 ? row % 20 == 0 : row % 10 == 1
            return "\(row),\(row % 2 == 0 ? "c" : "t"),\(random.normal()),\(missing ? "" : "\(random.normal())")"
        }
        let missing = try finding(report, .missingByArm)
        #expect(missing.severity == .warning)
        #expect(abs(missing.details[0].value - 39.21568627) < 1e-6)
        #expect(
            missing.sentence.hasPrefix("the covariate \"x\" is missing unevenly: in 10.00% of \"c\", 20.00% of \"t\""))
    }

    @Test func whatWasNotTestedIsSaid() throws {
        let few = try report(2000) { row, random in
            "\(row),\(row % 2 == 0 ? "c" : "t"),\(random.normal()),\(row < 3 ? "" : "\(random.normal())")"
        }
        let missing = try finding(few, .missingByArm)
        #expect(missing.severity == .note && missing.sentence.contains("too few missing values"))
        let rows = try report(500, spec: Self.spec.replacing("unit: id", with: "unit: row"), healthy)
        let units = try finding(rows, .duplicateUnits)
        #expect(units.severity == .note && units.sentence.contains("were not checked"))
    }

    /// Kevin Hillstrom's e-mail experiment is healthy on every check.
    @Test func hillstromIsHealthy() throws {
        guard let path = PublicData.hillstrom else { return }
        let spec = """
            name: hillstrom
            data: \(path)
            unit: row
            treatment:
              column: segment
              control: No E-Mail
              arms: [No E-Mail, Mens E-Mail, Womens E-Mail]
              shares: [1, 1, 1]
            outcomes: [{name: visit, direction: maximize}, {name: spend, direction: maximize}]
            covariates: [recency, history_segment, history, mens, womens, zip_code, newbie, channel]
            """
        let report = try HealthReport.examine(
            Experiment.read(spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: ""))
        #expect(report.worst == .note)
        let notes = report.findings.filter { $0.severity == .note }.map(\.check)
        #expect(notes == [.duplicateUnits, .outliers])
        let omnibus = try #require(report.balance?.omnibus)
        #expect(omnibus.degreesOfFreedom == 30 && abs(omnibus.p - 0.6996) < 0.001)
    }

    @Test func holm() {
        // R: p.adjust(c(.01, .04, .03, .005), "holm").
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
        #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(Holm.adjusted([]).isEmpty)
    }
}
