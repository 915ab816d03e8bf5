import Foundation
import Online
import Runtime
import Texts

/// Reads the results of a round and says what they say, without keeping them.
package struct ReadResults: StudyQuery {
    package let path: String
    /// The plan's file; nil takes the plan that the study keeps.
    package let planPath: String?
    /// A file with the covariates of the units; nil where the results hold them, or nobody does.
    package let covariatesPath: String?

    package init(_ path: String, planPath: String?, covariatesPath: String? = nil) {
        self.path = path
        self.planPath = planPath
        self.covariatesPath = covariatesPath
    }

    package struct Found: Sendable {
        package let plan: OnlinePlan
        package let results: RoundResults
        package let reading: RoundReading
        /// The round that these results are already, if the study has read them with all that is known of their units now, and
        /// has not taken them back.
        package let known: RoundRecord?
        /// nil where the covariates of the units are not known.
        let units: RoundUnits?

        package var hasCovariates: Bool { units != nil }
    }

    /// - Throws: `EspalierError`: no plan, results of another plan, whatever is wrong with the file; `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> Found {
        let plan = try plan(study)
        guard plan.arms == study.space.arms else {
            throw EspalierError(
                .data, "the plan's arms are not the study's", file: planPath ?? study.file.path,
                remedy: "read the results into the study that the plan was made from")
        }
        let results = try RoundResults.read(path, plan: plan, context: context)
        try checkDraws(results, plan)
        let units = try results.rows.flatMap {
            try study.roundUnits($0, of: plan, results: path, joined: covariatesPath, context: context)
        }
        let fit = try study.file.fitNumber()
        let known = try study.file.rounds(in: study).first { $0.digest == results.digest }.flatMap {
            units == nil || $0.stands(under: fit, study.description.covariates) ? $0 : nil
        }
        return Found(
            plan: plan, results: results, reading: RoundReading(results.means, plan: plan), known: known, units: units)
    }

    private func plan(_ study: Study) throws -> OnlinePlan {
        if let planPath {
            guard let json = FileManager.default.contents(atPath: planPath) else {
                throw EspalierError(
                    .noInput, "the plan cannot be opened", file: planPath, remedy: "check its name and rights")
            }
            return try OnlinePlan(json: json, file: planPath).summary
        }
        guard let plan = try study.file.onlinePlan(in: study) else {
            throw EspalierError(
                .usage, "the study has no plan of an online test", file: study.file.path,
                remedy: "plan one with `espalier online plan`, or give its file with --plan")
        }
        return plan
    }

    /// A unit's policy follows from its id: whoever has others was assigned by another plan.
    private func checkDraws(_ results: RoundResults, _ plan: OnlinePlan) throws {
        guard let rows = results.rows, plan.assignment.cluster == nil else { return }
        let drawn = PlanScorer(plan).policies(of: rows.keys)
        let other = zip(rows.policies, drawn).count { Int($0) != $1 ?? plan.policies.count }
        guard other == 0 else {
            throw EspalierError(
                .data,
                "\(NumberText.grouped(other)) of \(NumberText.grouped(rows.keys.count)) units are in other policies than the plan "
                    + "gives them", file: path,
                remedy: "give the plan of these results with --plan, or find out who changed the units' policies")
        }
    }
}
