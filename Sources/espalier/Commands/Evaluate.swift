import ArgumentParser
import Experiments
import Foundation
import Policies
import Studies
import Texts

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Estimate what a policy, or any assignment, would have done.")

    @Argument(help: "The study.")
    var study: String
    @OptionGroup var knobs: KnobOptions
    @Option(name: .long, help: "A policy file; its weights and biases are evaluated.")
    var policy: String?
    @Option(name: .long, help: "A CSV with header <unit column>,arm that covers every unit of the split.")
    var assignments: String?
    @Option(
        name: .long,
        help: "A CSV of outcome models made elsewhere: the unit column and arm:outcome for every arm and outcome.")
    var predictions: String?
    @OptionGroup var estimator: EstimatorOptions
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if policy != nil && assignments != nil {
            throw ValidationError("give --policy or --assignments, not both")
        }
    }

    func run() throws {
        let study = try CommandStudy.open(study)
        let knobs = try knobs.knobs(in: study.space)
        // Inputs are read before the look is counted: a typing error costs nothing.
        let document = try policy.map { try PolicyFile.read($0) }
        let linear = try document.map { try PolicyFile.policy($0, in: study.space, file: policy ?? "") }
        let given = try assignments.map {
            try AssignmentFile.read(
                $0, unitColumn: study.unitColumnName, arms: study.space.arms, context: common.context)
        }
        let evaluated: EstimatorOptions.Evaluated =
            if let policy, let linear {
                .file(policy, try LookSubject(.linear(linear.policy)))
            } else if let assignments, let given {
                .file(assignments, LookSubject(text: "assignment \(given.digest)"))
            } else {
                .knobs(knobs)
            }
        let table = try predictions.map { path in
            try study.table(
                predictions: PredictionsFile.read(
                    path, unitColumn: study.unitColumnName, arms: study.space.arms,
                    outcomes: study.space.outcomes.map(\.name), context: common.context), file: path)
        }
        let evaluator = try estimator.evaluator(study, common.context, what: "evaluate", evaluated, table: table)
        let evaluation: PolicyEvaluation
        let joint: JointDifferences?
        if let given {
            let choice = try study.assignment(given, units: evaluator.units, file: assignments ?? "")
            let probabilities = ArmProbabilities(assignment: choice, armCount: study.space.armCount)
            evaluation = evaluator.evaluate(probabilities, weights: knobs.weights)
            joint = evaluator.jointDifferences(of: [probabilities])
        } else {
            let policy = linear?.policy ?? LinearPolicy(knobs, in: study.space)
            evaluation = evaluator.evaluate(.linear(policy), weights: linear?.weights ?? knobs.weights)
            joint = evaluator.jointDifferences(of: [policy])
        }
        let family = joint.map { PolicyFamily($0, split: evaluator.split) }
        let caveats =
            (study.description.caveats ?? []) + [Self.caveat(evaluator)].compactMap { $0 }
            + (predictions.map { ["the outcome models are those of \($0), which may have seen these units"] } ?? [])
        switch format.format {
        case .json:
            try Output.write(json: WithCaveats(result: EvaluationDocument(evaluation, family), caveats: caveats))
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
