import Policies
import Studies

/// JSON of `explain`.
struct ExplanationDocument: Encodable {
    struct Rule: Encodable {
        let arm: String
        let units: Int
        let `where`: String
    }

    let candidate: Int
    let rules: [Rule]
    let sql: String
    let judgement: String
    let fidelity: Double
    let losses: [PolicyExplanation.Loss]

    init(_ explanation: PolicyExplanation, _ candidate: Candidate, _ study: Study) {
        let covariates = study.description.covariates
        self.candidate = candidate.id
        rules = explanation.tree.rules(covariates).map {
            Rule(arm: study.space.arms[$0.arm], units: $0.units, where: $0.region.text(covariates))
        }
        sql = SQLText.expression(explanation.tree, covariates, arms: study.space.arms)
        judgement = explanation.judgement.rawValue
        fidelity = explanation.fidelity
        losses = explanation.losses
    }
}
