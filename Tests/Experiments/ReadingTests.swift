import Experiments
import Runtime
import Statistics
import Testing

@Suite struct ReadingTests {
    private static let hillstromSpec = """
        name: hillstrom
        data: hillstrom.csv.gz
        unit: row
        treatment:
          column: segment
          control: No E-Mail
          arms: [Mens E-Mail, No E-Mail, Womens E-Mail]
          shares: [2, 2, 2]
        outcomes:
          - {name: visit, direction: maximize}
          - {name: conversion, direction: maximize}
          - {name: spend, direction: maximize}
          - {name: profit, direction: maximize, from: {spend: 0.4, visit: 2}, armCost: {Mens E-Mail: 0.10}}
        covariates: [recency, history_segment, history, mens, {column: womens, kind: categorical}, zip_code, channel]
        """

    /// Figures of the data's README, found there with another program.
    @Test(.enabled(if: PublicData.hillstrom != nil, "skipped: the Hillstrom data are not beside the checkout"))
    func hillstrom() throws {
        let path = try #require(PublicData.hillstrom)
        let spec = try ExperimentSpec.read(yaml: Self.hillstromSpec, file: "h.yaml")
        let reading = try Experiment.read(spec: spec, folder: DataFile.folder(ofFile: path))
        let experiment = reading.experiment
        #expect(experiment.arms == ["No E-Mail", "Mens E-Mail", "Womens E-Mail"])
        #expect(experiment.unitCount == 64_000 && experiment.droppedCount == 0)
        #expect(reading.notes.recordsByArm == [21_306, 21_307, 21_387])
        #expect(reading.notes.duplicates == DuplicateUnits())
        let means = (0..<3).map { outcome in
            (0..<3).map { arm in
                Moments(
                    (0..<64_000).lazy.filter { experiment.assignment[$0] == arm }
                        .map { experiment.outcomes[outcome].observed.value($0) }
                ).mean
            }
        }
        let control = [0.106167, 0.005726, 0.652789]
        let differences = [[0.076590, 0.045233], [0.006805, 0.003111], [0.769827, 0.424412]]
        for outcome in 0..<3 {
            #expect(abs(means[outcome][0] - control[outcome]) < 6e-7)
            for arm in 1...2 {
                #expect(abs(means[outcome][arm] - means[outcome][0] - differences[outcome][arm - 1]) < 1.1e-6)
            }
        }
        #expect(experiment.outcomes[3].armCosts == [0, 0.1, 0])
        let profit = 0.4 * experiment.outcomes[2].observed.value(9) + 2 * experiment.outcomes[0].observed.value(9)
        #expect(abs(experiment.outcomes[3].observed.value(9) - profit) < 1e-5)
        #expect(experiment.covariates[5].encoding == .categorical(levels: ["Rural", "Surburban", "Urban"]))
        #expect(experiment.covariates[4].encoding == .categorical(levels: ["0", "1"]))
        guard case .categorical(let segments) = experiment.covariates[1].encoding else {
            Issue.record("history_segment is text")
            return
        }
        #expect(segments.count == 7 && segments[5] == "6) $750 - $1,000" && segments[6] == "7) $1,000 +")
        #expect(abs(Double(experiment.tuneCount) / 64_000 - 0.7) < 0.01)
        #expect(experiment.dataDigest.path == "hillstrom.csv.gz" && experiment.dataDigest.bytes == 439_306)
        // As sha256sum says.
        #expect(experiment.dataDigest.sha256 == Self.hillstromDigest)
    }

    private static let hillstromDigest = "02139d05802b84229c7231e8808258d2c64829b1d2069e4e3499a5f0c31f1769"

    private static func sampleRows(_ count: Int, missing: Bool = false) -> [String] {
        var random = RandomStream(seed: 3)
        return (0..<count).map { row in
            let y = missing && random.bernoulli(0.1) ? "" : "\(random.normal())"
            let level = "l\(random.index(below: 300))"
            return "u\(row),\(["c", "a", "b"][random.index(below: 3)]),\(y),\(random.index(below: 5)),"
                + "\(random.bernoulli(0.1) ? "NA" : "\(random.normal() * 3)"),\(level),\(1e9 + random.normal())"
        }
    }

    private static let sampleHeader = "id,t,y,n,x,level,far\n"
    private static let sampleSpec = """
        name: sample
        data: data.csv
        unit: id
        treatment: {column: t, control: c}
        outcomes:
          - {name: y, direction: maximize, missing: drop}
          - {name: r, direction: minimize, ratio: {y: n}, missing: drop}
        covariates: [x, level, far]
        """

    @Test func nothingDependsOnTheOrderOfTheRows() throws {
        let scratch = try Scratch()
        let rows = Self.sampleRows(2000, missing: true)
        var random = RandomStream(seed: 5)
        var shuffled = rows
        for index in shuffled.indices.reversed() { shuffled.swapAt(index, random.index(below: index + 1)) }
        let first = try scratch.read(Self.sampleHeader + rows.joined(separator: "\n"), spec: Self.sampleSpec).experiment
        let second = try scratch.read(Self.sampleHeader + shuffled.joined(separator: "\n"), spec: Self.sampleSpec)
            .experiment
        #expect(first.units.keys == second.units.keys && first.units.rows != second.units.rows)
        #expect(first.assignment == second.assignment && first.tuneCount == second.tuneCount)
        #expect(first.droppedCount == second.droppedCount && first.droppedCount > 100)
        #expect(first.outcomes.map(\.observed) == second.outcomes.map(\.observed))
        for (a, b) in zip(first.covariates, second.covariates) {
            #expect(a.encoding == b.encoding && a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
        }
        #expect(first.arms == ["c", "a", "b"])
    }

    @Test func nothingDependsOnTheNumberOfThreads() throws {
        let scratch = try Scratch()
        _ = try scratch.write(Self.sampleHeader + Self.sampleRows(2000).joined(separator: "\n"), as: "data.csv")
        let spec = try ExperimentSpec.read(yaml: Self.sampleSpec, file: "s.yaml")
        let readings = try [1, 2, 7].map { count in
            try Experiment.read(
                spec: spec, folder: scratch.folder, context: RunContext(workers: Workers(count: count)))
        }
        for other in readings.dropFirst() {
            #expect(other.notes == readings[0].notes)
            #expect(other.experiment.units.keys == readings[0].experiment.units.keys)
            #expect(other.experiment.dataDigest == readings[0].experiment.dataDigest)
            for (a, b) in zip(readings[0].experiment.covariates, other.experiment.covariates) {
                #expect(a.name == b.name && a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
            }
        }
    }

    @Test func canonicalOrder() throws {
        let experiment = try Scratch().read(
            Self.sampleHeader + Self.sampleRows(1000).joined(separator: "\n"), spec: Self.sampleSpec
        ).experiment
        let keys = experiment.units.keys
        for split in [experiment.tune, experiment.confirm] {
            #expect(zip(keys[split], keys[split].dropFirst()).allSatisfy { $0 < $1 })
        }
        let confirm = experiment.splitRule.confirm(keys)
        #expect(
            confirm.firstIndex(of: true) == experiment.tuneCount && !confirm[..<experiment.tuneCount].contains(true))
        #expect(zip(keys, experiment.units.rows).allSatisfy { $0 == StableHash.key("u\($1 - 1)") })
    }

    @Test func encodings() throws {
        let rows = Self.sampleRows(5000)
        let reading = try Scratch().read(Self.sampleHeader + rows.joined(separator: "\n"), spec: Self.sampleSpec)
        let (x, level, far) = (
            reading.experiment.covariates[0], reading.experiment.covariates[1], reading.experiment.covariates[2]
        )
        #expect(x.encoding == .numeric(centre: 0))
        guard case .numeric(let centre) = far.encoding, case .categorical(let levels) = level.encoding else {
            Issue.record("far is numeric and level is text")
            return
        }
        #expect(abs(centre - 1e9) < 1)
        #expect(levels.count == 254 && levels == levels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        let note = try #require(reading.notes.levelsPastLimit.first)
        #expect(note.levels == 300 && note.kept == 254 && note.units == level.values.count { $0.isNaN })
        for unit in 0..<5000 {
            let fields = rows[Int(reading.experiment.units.rows[unit]) - 1].split(separator: ",")
            #expect(abs(centre + Double(far.values[unit]) - (Double(fields[6]) ?? 0)) < 1e-6)
            if !level.values[unit].isNaN { #expect(levels[Int(level.values[unit])] == fields[5]) }
            #expect(x.values[unit].isNaN ? fields[4] == "NA" : x.values[unit] == Float(fields[4]))
        }
        let missing = reading.notes.missingCovariates[0]
        #expect(missing.total == x.values.count { $0.isNaN })
    }

    /// A ratio's linearised control mean on tune is the tune control ratio itself.
    @Test func ratios() throws {
        let rows = Self.sampleRows(3000)
        let experiment = try Scratch().read(
            Self.sampleHeader + rows.joined(separator: "\n"), spec: Self.sampleSpec
        ).experiment
        var sums = (y: 0.0, n: 0.0, all: 0.0, linear: 0.0, control: 0.0)
        var pairs: [(y: Double, n: Double)] = []
        for unit in 0..<experiment.unitCount {
            let fields = rows[Int(experiment.units.rows[unit]) - 1].split(separator: ",")
            let pair = (y: try #require(Double(fields[2])), n: try #require(Double(fields[3])))
            pairs.append(pair)
            guard unit < experiment.tuneCount else { continue }
            sums.all += pair.n
            guard experiment.assignment[unit] == 0 else { continue }
            sums = (sums.y + pair.y, sums.n + pair.n, sums.all, sums.linear, sums.control + 1)
            sums.linear += experiment.outcomes[1].observed.value(unit)
        }
        let ratio = sums.y / sums.n
        let mean = sums.all / Double(experiment.tuneCount)
        #expect(abs(sums.linear / sums.control - ratio) < 1e-6)
        for unit in stride(from: 0, to: experiment.unitCount, by: 97) {
            let expected = ratio + (pairs[unit].y - ratio * pairs[unit].n) / mean
            #expect(abs(experiment.outcomes[1].observed.value(unit) - expected) < 1e-6)
        }
    }

    @Test func sharesAndPropensitiesFollowTheArms() throws {
        let scratch = try Scratch()
        let csv = "id,t,y,x,p,q\n1,c,1,2,0.25,0.75\n2,t,0,1,0.5,0.5\n3,t,0,1,0.4,0.6\n4,c,2,1,0.1,0.9\n"
        let shares = Scratch.plainSpec.replacing("control: c}", with: "control: c, arms: [t, c], shares: [1, 3]}")
        guard case .shares(let read) = try scratch.read(csv, spec: shares).experiment.propensity else {
            Issue.record("shares were declared")
            return
        }
        #expect(read == [0.75, 0.25])
        let columns = Scratch.plainSpec.replacing(
            "control: c}", with: "control: c, arms: [t, c], propensities: [p, q]}")
        let experiment = try scratch.read(csv, spec: columns).experiment
        for unit in 0..<4 {
            let q: [Float] = [0.75, 0.5, 0.6, 0.9]
            let expected = q[Int(experiment.units.rows[unit]) - 1]
            #expect(experiment.propensity.of(arm: 0, unit: unit) == Double(expected))
        }
    }

    @Test func missingOutcomesByRule() throws {
        let scratch = try Scratch()
        let csv = "id,t,y,x\n1,c,1,2\n2,t,,1\n3,t,3,1\n4,c,NA,1\n5,c,7,1\n"
        func experiment(_ rule: String) throws -> Experiment {
            try scratch.read(
                csv,
                spec: Scratch.plainSpec.replacing("direction: maximize", with: "direction: maximize, missing: \(rule)")
            ).experiment
        }
        let dropped = try experiment("drop")
        #expect(dropped.unitCount == 3 && dropped.droppedCount == 2)
        #expect(dropped.units.rows.sorted() == [1, 3, 5])
        let zero = try experiment("zero")
        let values = (0..<5).map { (zero.units.rows[$0], zero.outcomes[0].observed.value($0)) }.sorted { $0.0 < $1.0 }
        #expect(zip(values, [1, 0, 3, 0, 7]).allSatisfy { abs($0.1 - $1) < 1e-6 })
    }

    @Test func suppliedEffects() throws {
        let csv = "id,t,y,x,tau\n1,c,1,2,0.5\n2,t,0,1,-1\n3,t,0,1,2\n4,c,2,1,0.25\n"
        let spec = Scratch.plainSpec + "\neffects: {learner: columns, columns: {t: {y: tau}}}"
        let experiment = try Scratch().read(csv, spec: spec).experiment
        let tau = [0.5, -1, 2, 0.25]
        for unit in 0..<4 {
            #expect(
                abs(experiment.suppliedEffects[0].value(unit) - tau[Int(experiment.units.rows[unit]) - 1]) < 1e-6)
        }
    }

    @Test(arguments: [
        (
            "1,c,1,2\n2,t,0,1\n3,tt,0,1\n4,tt,0,1", "control: c, arms: [c, t]",
            "4: the arm \"tt\" of 2 rows is not among the declared arms; perhaps \"t\" is meant"
        ),
        (
            "1,c,1,2\n2,t,0,1", "control: c, arms: [c, t, other]",
            " no unit has the declared arm \"other\"; remove it from treatment.arms"
        ),
        (
            "1,a,1,2\n2,t,0,1", "control: c",
            " no unit has the control \"c\" in the treatment column \"t\"; its values are \"a\", \"t\""
        ),
        (
            "1,Control,1,2\n2,t,0,1", "control: control",
            " no unit has the control \"control\" in the treatment column \"t\"; perhaps \"Control\" is meant"
        ),
        (
            "1,c,1,2\n2,,0,1\n3,t,0,1", "control: c",
            "3: the treatment column \"t\" is missing in 1 row; give each unit its arm or remove the rows"
        ),
        (
            "1,c,1,2\n2,t,0,1\n3,NA,0,1", "control: c",
            "4: the treatment column \"t\" is missing in 1 row; give each unit its arm or remove the rows"
        ),
        (
            "1,c,1,2\n2,c,0,1", "control: c",
            " all units have the same arm, \"c\"; an experiment needs two arms or more"
        ),
        (
            "1,c,1,2\n2,t,,1\n3,t,,1", "control: c",
            "3: the outcome \"y\" is missing in 2 rows, here first; say missing: zero or missing: drop in the outcome's spec"
        ),
        (
            "1,c,,2\n2,t,,1", "control: c",
            " all values of the outcome \"y\" are missing; name the column that holds them"
        ),
        (
            "1,c,1e300,2\n2,t,-1e300,1", "control: c",
            " the outcome \"y\" has values too large to compute with; check the column or change its unit"
        ),
        (
            "1,c,1,1e99\n2,t,2,1", "control: c",
            "2: the covariate \"x\" holds 1e+99, too large to compute with; check it or change its unit"
        ),
        (
            "1,c,1,2\n2,t,0,inf", "control: c",
            "3: the covariate column \"x\" holds \"inf\", which is not a finite number; "
                + "correct it, or leave it empty if it is missing"
        ),
    ])
    func oneSentenceEach(rows: String, treatment: String, sentence: String) throws {
        let spec = Scratch.plainSpec.replacing("control: c", with: treatment)
        #expect(try Scratch().failure(Array("id,t,y,x\n\(rows)\n".utf8), spec: spec) == "data.csv:\(sentence).")
    }

    @Test(arguments: [
        ("0.5,0.4", "2: the propensities sum to 0.9 here; give each arm's probability so that they sum to 1"),
        ("0,1", "2: the propensity \"p\" is 0.0 here; every arm needs a probability above 0 and below 1"),
        (",1", "2: the propensity \"p\" is missing here; every arm needs a probability above 0 and below 1"),
    ])
    func propensitiesThatAreNone(values: String, sentence: String) throws {
        let spec = Scratch.plainSpec.replacing("control: c}", with: "control: c, arms: [c, t], propensities: [p, q]}")
        let csv = "id,t,y,x,p,q\n1,c,1,2,\(values)\n2,t,0,1,0.5,0.5\n"
        #expect(try Scratch().failure(Array(csv.utf8), spec: spec) == "data.csv:\(sentence).")
    }

    @Test func costsAndEffectsOfArmsThatNobodyHas() throws {
        let csv = Array("id,t,y,x\n1,c,1,2\n2,t,0,1\n".utf8)
        let cost = Scratch.plainSpec.replacing("direction: maximize", with: "direction: maximize, armCost: {u: 1}")
        #expect(
            try Scratch().failure(csv, spec: cost)
                == "data.csv: the outcome \"y\" has a cost for the arm \"u\", which no unit has; "
                + "correct armCost in the spec.")
        let effects = Scratch.plainSpec + "\neffects: {learner: columns, columns: {other: {y: x}}}"
        #expect(
            try Scratch().failure(csv, spec: effects)
                == "data.csv: effects are supplied for the arm \"other\", which no unit has; "
                + "correct effects.columns in the spec.")
    }

    @Test func anArmMayBeCalledNone() throws {
        let spec = Scratch.plainSpec.replacing("control: c", with: "control: None")
        let experiment = try Scratch().read("id,t,y,x\n1,None,1,2\n2,t,0,1\n3,None,0,2\n", spec: spec).experiment
        #expect(experiment.arms == ["None", "t"] && experiment.assignment.count { $0 == 0 } == 2)
    }

    @Test func cancellation() throws {
        let scratch = try Scratch()
        _ = try scratch.write("id,t,y,x\n1,c,1,2\n2,t,0,1\n", as: "data.csv")
        let context = RunContext()
        context.cancellation.cancel()
        let spec = try ExperimentSpec.read(yaml: Scratch.plainSpec, file: "s.yaml")
        #expect(throws: CancellationError.self) {
            try Experiment.read(spec: spec, folder: scratch.folder, context: context)
        }
    }
}
