import Experiments
import Runtime
import Statistics
import Testing

@Suite struct ProposalTests {
    @Test(.enabled(if: PublicData.hillstrom != nil, "skipped: the Hillstrom data are not beside the checkout"))
    func hillstrom() throws {
        let path = try #require(PublicData.hillstrom)
        let text = try SpecProposal.propose(dataPath: path)
        #expect(text.split(separator: "\n").allSatisfy { $0.contains("# ") }, "a comment on every line")
        let spec = try ExperimentSpec.read(yaml: text, file: "proposal.yaml")
        #expect(spec.unit == .row && spec.name == "hillstrom" && spec.data == path)
        #expect(spec.treatment.column == "segment" && spec.treatment.control == "No E-Mail")
        #expect(spec.treatment.arms == ["No E-Mail", "Mens E-Mail", "Womens E-Mail"])
        #expect(spec.treatment.assignment == .shares([1, 1, 1]))
        #expect(spec.outcomes.map(\.name) == ["visit", "conversion", "spend"])
        #expect(
            spec.covariates.map(\.column)
                == ["recency", "history_segment", "history", "mens", "womens", "zip_code", "newbie", "channel"])
        #expect(
            spec.covariates.filter { $0.kind == .categorical }.map(\.column) == [
                "history_segment", "zip_code", "channel",
            ])
        #expect(try !HealthReport.examine(Experiment.read(spec: spec, folder: "")).isBlocking)
    }

    /// Rows of a made-up file, with names that need quotes and columns of every part.
    private func csv(_ count: Int) -> String {
        var random = RandomStream(seed: 8)
        var text =
            "userId,exp_group,\"age: years\",country,pre_spend,constant,comment,churned,sessions,tau,\"a \"\"b\"\"\"\n"
        for row in 0..<count {
            let arm = random.uniform() < 1.0 / 9 ? "holdout" : random.bernoulli(0.5) ? "\"big, new\"" : "small"
            text +=
                "u\(row * 7919 % 100_003),\(arm),\(random.index(below: 60)),\(["de", "fr", "no"][random.index(below: 3)]),"
            text += "\(random.uniform()),1,c\(row),\(random.bernoulli(0.2) ? 1 : 0),"
            text += "\(random.bernoulli(0.05) ? "" : "\(random.poisson(3))"),\(random.normal()),\(random.normal())\n"
        }
        return text
    }

    @Test func everyPartIsGuessedAndTheProposalCanBeRead() throws {
        let scratch = try Scratch()
        let path = try scratch.write(csv(3000), as: "my data.csv")
        let text = try SpecProposal.propose(dataPath: path)
        let spec = try ExperimentSpec.read(yaml: text, file: "proposal.yaml")
        #expect(spec.unit == .column("userId") && spec.name == "my data")
        #expect(spec.treatment.column == "exp_group")
        #expect(spec.treatment.arms == ["holdout", "big, new", "small"])
        #expect(spec.treatment.assignment == .shares([1, 4, 4]))
        #expect(spec.outcomes.map(\.name) == ["churned", "sessions"])
        #expect(spec.outcomes.map(\.direction) == [.minimize, .maximize])
        #expect(spec.outcomes.map(\.missing) == [nil, .drop])
        #expect(
            spec.covariates == [
                CovariateSpec(column: "age: years"), CovariateSpec(column: "country", kind: .categorical),
                CovariateSpec(column: "pre_spend"), CovariateSpec(column: "a \"b\""),
            ])
        for (column, reason) in [("constant", "same value"), ("comment", "too many levels"), ("tau", "truth")] {
            #expect(
                text.split(separator: "\n").contains { $0.contains("left out: \"\(column)\"") && $0.contains(reason) })
        }
        #expect(try Experiment.read(spec: spec, folder: "").experiment.unitCount > 2500)
    }

    @Test(arguments: [
        ("w,x,y\n0,1,2\n1,2,3\n0,3,4\n", "w", "0", ["0", "1"]),
        ("x,y,Treatment\n1,2,true\n2,3,false\n5,3,true\n", "Treatment", "false", ["false", "true"]),
        ("x,y,t\n1,2,None\n2,3,new\n5,3,None\n", "t", "None", ["None", "new"]),
        ("x,y,group_label\n1,2,A\n2,3,B\n5,3,B\n", "group_label", "A", ["A", "B"]),
        (
            "x,y,arm\n" + (0..<30).map { "\($0),\($0 % 7),\($0 % 12 == 0 ? "control" : "cap\($0 % 12)")\n" }.joined(),
            "arm", "control", ["control", "cap1", "cap10", "cap11"] + (2...9).map { "cap\($0)" }
        ),
    ])
    func treatments(csv: String, column: String, control: String, arms: [String]) throws {
        let path = try Scratch().keep(csv)
        let spec = try ExperimentSpec.read(yaml: SpecProposal.propose(dataPath: path.file), file: "p.yaml")
        #expect(spec.treatment.column == column && spec.treatment.control == control && spec.treatment.arms == arms)
        #expect(spec.outcomes.map(\.name) == ["y"] && spec.covariates.map(\.column) == ["x"])
    }

    @Test(arguments: [
        ("a,b\n1,2\n3,4\n", "no column looks like the treatment: none of 2 to 32 values is named like one"),
        ("w,b\n1,u\n0,v\n", "no numeric column is left for an outcome"),
        ("w,y\n1,2\n0,3\n", "no column is left for a covariate"),
    ])
    func whatCannotBeGuessed(csv: String, message: String) throws {
        let path = try Scratch().keep(csv)
        let error = try #require(throws: EspalierError.self) { try SpecProposal.propose(dataPath: path.file) }
        #expect(error.message == message && error.kind == .data && error.remedy != nil)
    }
}
