import ArgumentParser
import Experiments
import Foundation
import Policies
import Runtime
import Studies
import Texts

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Estimate what a policy, or any assignment, would have done.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @OptionGroup var knobs: KnobOptions
    @Option(name: .long, help: "Id or name of a candidate, in place of knobs.", completion: .candidates)
    var candidate: String?
    @Option(
        name: .long, help: "A policy file: weights and biases, or shares by cohort, are evaluated.",
        completion: .policy)
    var policy: String?
    @Option(
        name: .long,
        help: """
            A CSV that covers every unit of the split: <unit column>,arm, or the unit column and a column for every arm with \
            its probability.
            """,
        completion: .data)
    var assignments: String?
    @Option(
        name: .long,
        help: "A CSV of outcome models made elsewhere: the unit column and arm:outcome for every arm and outcome.",
        completion: .data)
    var predictions: String?
    @Flag(
        name: .long,
        help:
            "Ask the engine for estimates on all its units, of which the study holds a sample (`sample:` in the spec).")
    var allUnits = false
    @OptionGroup var estimator: EstimatorOptions
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if policy != nil && assignments != nil {
            throw ValidationError("give --policy or --assignments, not both")
        }
        if candidate != nil, policy != nil || assignments != nil || !knobs.isEmpty {
            throw ValidationError("give --candidate or another policy, not both")
        }
        if allUnits, assignments != nil || predictions != nil {
            throw ValidationError("--all-units asks an engine, which has no --assignments and no --predictions")
        }
    }

    func run() throws {
        let study = try CommandStudy.open(study)
        let chosen = try candidate.map { try CommandStudy.candidate($0, of: study) }
        let knobs = try chosen.flatMap { $0.policy.linear == nil ? nil : $0.knobs } ?? knobs.knobs(in: study.space)
        // Inputs are read before the look is counted: a typing error costs nothing.
        let document = try policy.map { try PolicyFile.read($0) }
        var filed = try document.map {
            try PolicyFile.policy($0, of: study, file: policy ?? "", context: common.context)
        }
        if let chosen, chosen.policy.linear == nil { filed = (chosen.policy, knobs.weights) }
        let given = try assignments.map { try GivenAssignment(reading: $0, of: study, context: common.context) }
        let evaluated: EstimatorOptions.Evaluated =
            if let filed {
                .file(policy ?? "candidate \(chosen?.name ?? "")", try LookSubject(filed.policy))
            } else if let assignments, let given {
                .file(assignments, given.subject)
            } else {
                .knobs(knobs)
            }
        let chosenPolicy = filed?.policy ?? .linear(LinearPolicy(knobs, in: study.space))
        let onAll =
            try allUnits ? PolicyOnAllUnits(chosenPolicy, knobs: knobs, of: study, context: common.context) : nil
        let table =
            try onAll?.table
            ?? predictions.map { path in
                try study.table(
                    predictions: PredictionsFile.read(
                        path, unitColumn: study.unitColumnName, arms: study.space.arms,
                        outcomes: study.space.outcomes.map(\.name), context: common.context), file: path)
            }
        let evaluator = try estimator.evaluator(study, common.context, what: "evaluate", evaluated, table: table)
        let evaluation: PolicyEvaluation
        let joint: JointDifferences?
        if let given {
            let probabilities = try given.probabilities(of: study, units: evaluator.units, file: assignments ?? "")
            evaluation = evaluator.evaluate(probabilities, weights: knobs.weights)
            joint = evaluator.jointDifferences(of: [probabilities])
        } else if let onAll {
            let probabilities = try onAll.probabilities(for: evaluator.units)
            let valued = evaluator.evaluate(probabilities, weights: filed?.weights ?? knobs.weights)
            evaluation = chosenPolicy.linear.map { valued.naming($0, in: study.space) } ?? valued
            joint = evaluator.jointDifferences(of: [probabilities])
        } else {
            evaluation = try evaluator.evaluate(chosenPolicy, weights: filed?.weights ?? knobs.weights)
            joint = try evaluator.jointDifferences(of: [chosenPolicy])
        }
        let family = joint.map { PolicyFamily($0, split: evaluator.split) }
        let caveats =
            (study.description.caveats ?? []).filter { onAll == nil || $0 != study.description.sampleCaveat }
            + [Self.caveat(evaluator)].compactMap { $0 }
            + (predictions.map { ["the outcome models are those of \($0), which may have seen these units"] } ?? [])
        switch format.format {
        case .json:
            let document = WithCaveats(result: EvaluationDocument(evaluation, family), caveats: caveats)
            let asked = onAll == nil ? nil : study.description.spec.sample?.engine
            try Output.write(
                json: asked.map { WithEngine(document, asked: $0) } ?? WithEngine(document, of: study))
        case .csv: try Output.write(EvaluationText.text(evaluation, study.space, .csv))
        case .table:
            try Output.write(
                EvaluationText.text(evaluation, study.space, .table)
                    + (family.map { EvaluationText.jointly($0, study.space) } ?? "") + Caveats.text(caveats))
        }
    }

    /// What the estimator's intervals know nothing of.
    private static func caveat(_ evaluator: PolicyEvaluator) -> String? {
        guard case .switching(let limit) = evaluator.estimator else { return nil }
        let share = evaluator.table.uncorrectedShare(of: evaluator.units, limit: limit)
        guard share > 0 else { return nil }
        return "SWITCH takes the models' word for \(NumberText.string(share, .percent(1))) of the units; "
            + "no interval counts the bias of that"
    }
}

/// What `--assignments` gives: an arm for each unit, or probabilities over the arms.
private enum GivenAssignment {
    case arms(AssignmentFile)
    case probabilities(ProbabilitiesFile)

    init(reading path: String, of study: Study, context: RunContext) throws {
        let (column, arms) = (study.unitColumnName, study.space.arms)
        self =
            try ProbabilitiesFile.isOne(path, arms: arms)
            ? .probabilities(try ProbabilitiesFile(reading: path, unitColumn: column, arms: arms, context: context))
            : .arms(try AssignmentFile.read(path, unitColumn: column, arms: arms, context: context))
    }

    var subject: LookSubject {
        switch self {
        case .arms(let file): LookSubject(text: "assignment \(file.digest)")
        case .probabilities(let file): LookSubject(text: "probabilities \(file.digest)")
        }
    }

    func probabilities(of study: Study, units: Range<Int>, file: String) throws -> ArmProbabilities {
        switch self {
        case .arms(let given):
            ArmProbabilities(
                assignment: try study.assignment(given, units: units, file: file), armCount: study.space.armCount)
        case .probabilities(let given): try study.probabilities(given, units: units, file: file)
        }
    }
}
