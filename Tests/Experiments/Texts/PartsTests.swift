import Experiments
import Runtime
import Statistics
import Testing

/// Outcomes are not covariates, and arms are what was meant.
@Suite struct PartsTests {
    private func covariates(_ proposal: String) throws -> [String] {
        try ExperimentSpec.read(yaml: proposal, file: "proposal.yaml").covariates.map(\.column)
    }

    @Test func whatAnOutcomeShowsThroughIsLeftOut() throws {
        var file = UncleanFile()
        let converted = file.values("converted")
        let revenue = file.values("revenue")
        file.add("converted_date") { converted[$0] == "1" ? "2026-10-0\($0 % 9 + 1)" : "" }
        file.add("basket_size") { converted[$0] == "1" ? "\($0 % 5 + 1)" : "" }
        file.add("plan_price") { converted[$0] == "1" ? "9.99" : "0.00" }
        file.add("points") { "\((Double(revenue[$0]) ?? 0) * 7)" }
        file.add("revenue_bucket") { revenue[$0] == "0.0" ? "none" : "some" }
        file.add("previous_revenue") { "\($0 % 17)" }
        let proposal = try file.proposal()
        #expect(try covariates(proposal) == ["age", "country", "previous_revenue"])
        for (column, reason) in [
            ("converted_date", "its name holds that of the outcome converted"),
            ("basket_size", "it is missing exactly where the outcome converted is 0"),
            ("plan_price", "it explains the outcome converted almost fully"),
            ("points", "almost fully"), ("revenue_bucket", "its name holds that of the outcome revenue"),
        ] {
            #expect(
                proposal.split(separator: "\n").contains {
                    $0.contains("left out: \"\(column)\"") && $0.contains(reason)
                }, "\(column)")
        }
    }

    @Test(arguments: [
        ["won", "lost", "pending"], ["12 apples", "3 pears", "1 fig"], ["A1", "B2", "C3"],
    ])
    func outcomesThatAreNoNumbersAreLeftOut(texts: [String]) throws {
        var file = UncleanFile()
        file.map("revenue") { row, _ in texts[row % texts.count] }
        let proposal = try file.proposal()
        #expect(
            proposal.contains(
                "left out: \"revenue\", named like an outcome but not written as a number: \"\(texts[0])\""))
        #expect(try covariates(proposal) == ["age", "country"])
    }

    /// A part of the outcome blocks; what only goes with it does not; a lagged balance may be let pass.
    /// A covariate made of an outcome and noise, and whether it is a part of that outcome.
    struct Part: Sendable {
        let isPart: Bool
        let value: @Sendable (_ outcome: Double, _ noise: Double) -> String
    }

    private static let parts = [
        Part(isPart: true) { y, _ in "\(y * 3 + 1)" }, Part(isPart: true) { y, _ in y > 0 ? "yes" : "no" },
        Part(isPart: true) { y, _ in y > 0 ? "1" : "" }, Part(isPart: true) { y, noise in "\(y + 0.05 * noise)" },
        Part(isPart: false) { y, noise in "\(y + noise)" }, Part(isPart: false) { _, noise in "\(noise)" },
    ]

    @Test(arguments: parts)
    func partsOfOutcomes(part: Part) throws {
        let (value, isPart) = (part.value, part.isPart)
        var random = RandomStream(seed: 9)
        var file = UncleanFile(rows: 1200)
        let converted = file.values("converted")
        file.add("part") { value(Double(converted[$0]) ?? 0, random.normal()) }
        let spec = UncleanFile.spec.replacing("visits]", with: "visits, part]")
        let report = try file.report(spec)
        let told = report.findings.filter { $0.check == .afterExposure && $0.subject == "part" }
        #expect((told.first?.severity == .blocking) == isPart, "\(told)")
        guard isPart else { return }
        #expect(told[0].sentence.contains("of the outcome \"converted\" within each arm"))
        let accepted = try file.report(spec + "\naccept: {afterExposure: {part: a balance of the day before}}")
        #expect(accepted.findings.first { $0.subject == "part" }?.severity == .warning && !accepted.isBlocking)
    }

    /// A level by which the effect differs explains the outcome where the treatment works, and is no part of it.
    @Test func whatAnEffectDiffersByIsNoPart() throws {
        var random = RandomStream(seed: 3)
        var file = UncleanFile(rows: 1200)
        let (arms, countries) = (file.values("arm"), file.values("country"))
        file.add("y") { row in
            "\((arms[row] == "treated" ? (countries[row] == "DE" ? 4 : -4) : 0) + 0.1 * random.normal())"
        }
        let spec = UncleanFile.spec.replacing("name: converted", with: "name: y")
        #expect(try file.report(spec).told(.afterExposure).isEmpty)
    }

    @Test(arguments: [
        (["1.0", "0.0"], "0.0", false), (["1", "-1"], "-1", false), (["0", "1"], "0", false), (["1", "2"], "1", true),
        (["x", "y"], "x", true), (["Off", "On"], "Off", false), (["b", "a"], "a", false),
        (["0", "1", "2"], "0", false),
        (["-0.5", "0.5"], "-0.5", false), (["1", "0.0"], "0.0", false),
    ])
    func controls(arms: [String], control: String, isGuess: Bool) throws {
        var file = UncleanFile(rows: 191)
        file.map("arm") { row, _ in arms[row % arms.count] }
        let scratch = try Scratch()
        let draft = try SpecProposal.draft(dataPath: scratch.write(file.text, as: "data.csv"))
        #expect(draft.arms[0].name == control && draft.controlIsAGuess == isGuess)
        #expect(draft.yaml.contains("A GUESS") == isGuess)
        var decided = draft
        decided.setControl(1)
        #expect(!decided.controlIsAGuess && !decided.yaml.contains("A GUESS"))
    }

    @Test(arguments: [
        ("Control", "treated"), ("control ", "treated"), ("CONTROL", "treated"), ("1", "1.0"), ("01", "1"),
        ("Variant A", "variant  a"), ("ｃontrol", "control"),
    ])
    func armsThatLookLikeOne(one: String, other: String) throws {
        var file = UncleanFile()
        let names = ["control", "treated", one, other]
        file.map("arm") { row, _ in "\"\(names[row % 4])\"" }
        let spec = UncleanFile.spec.replacing(", arms: [control, treated], shares: [1, 1]", with: "")
        let told = try file.report(spec).told(.arms)
        let pairs = told.filter { $0.contains("look like one arm written in two ways") }
        #expect(!pairs.isEmpty && pairs.allSatisfy { $0.hasPrefix("warning") }, "\(told)")
        #expect(try file.proposal().contains("look like one arm written in two ways"))
    }

    /// Units of other arms are left out where the spec says so, and every output counts them.
    @Test func othersAreDropped() throws {
        var file = UncleanFile()
        let clean = try file.read()
        file.map("arm") { row, value in row == 5 || row == 50 ? "odd" : row == 60 ? "Control" : value }
        file.map("converted") { row, value in row == 50 ? "" : value }
        let refused = try #require(try file.failure())
        #expect(refused.contains("or leave its rows out with others: drop") || refused.contains("perhaps"))
        let spec = UncleanFile.spec.replacing("shares: [1, 1]}", with: "shares: [1, 1], others: drop}")
        let reading = try file.read(spec)
        #expect(reading.experiment.unitCount == 187 && clean.experiment.unitCount == 190)
        #expect(reading.experiment.droppedCount == 0 && reading.experiment.otherArms.map(\.count).reduce(0, +) == 3)
        #expect(reading.notes.recordsByArm == [93, 94])
        #expect(reading.experiment.caveats.contains("3 units of other arms (\"odd\", \"Control\") are left out"))
        let told = try HealthReport.examine(reading).told(.arms)
        #expect(told.contains { $0.hasPrefix("note: 3 rows of other arms than \"control\", \"treated\" are left out") })
        #expect(told.contains { $0.contains("\"control\" and \"Control\" look like one arm") })
        let without = UncleanFile.spec.replacing("arms: [control, treated], shares: [1, 1]", with: "others: drop")
        #expect(throws: EspalierError.self) { try ExperimentSpec.read(yaml: without, file: "spec.yaml") }
    }

    /// The limit is one, wherever it is met.
    @Test(arguments: [(32, true), (33, false), (50, false), (200, false), (300, false)])
    func manyArms(count: Int, isRead: Bool) throws {
        var file = UncleanFile(rows: 900)
        file.map("arm") { row, _ in "v\(1000 + row % count)" }
        let spec = UncleanFile.spec.replacing(
            "control: control, arms: [control, treated], shares: [1, 1]", with: "control: v1000")
        let sentence = try file.failure(spec)
        #expect((sentence == nil) == isRead)
        if count == 33 {
            #expect(sentence == "data.csv: 33 arms and 1 outcomes are too many; keep to 32 arms and 32 outcomes.")
        }
    }

    @Test func rowsThatAreNoUnitsHideTheTreatment() throws {
        var file = UncleanFile()
        file.rows.append(["TOTAL", "", "", "", "\(5000)", "48", "2000.5"])
        let scratch = try Scratch()
        let path = try scratch.write(file.text, as: "data.csv")
        for propose in [
            { _ = try SpecProposal.propose(dataPath: path) }, { _ = try SpecProposal.draft(dataPath: path) },
        ] {
            let error = #expect(throws: EspalierError.self) { try propose() }
            #expect(error?.line == 192 && error?.message == "arm would be the treatment, but it is missing on line 192")
        }
    }
}
