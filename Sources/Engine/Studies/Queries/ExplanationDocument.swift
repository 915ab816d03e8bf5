import Policies
import Warehouses

/// JSON of `explain`.
package struct ExplanationDocument: Encodable {
    package struct Rule: Encodable {
        let arm: String
        let units: Int
        let `where`: String
    }

    package let candidate: Int
    package let rules: [Rule]
    package let sql: String
    package let judgement: String
    package let fidelity: Double
    package let losses: [PolicyExplanation.Loss]

    package init(_ explanation: PolicyExplanation, _ candidate: Candidate, _ study: Study, dialect: SQLDialect) {
        let covariates = study.description.covariates
        self.candidate = candidate.id
        rules = explanation.tree.rules(covariates).map {
            Rule(arm: study.space.arms[$0.arm], units: $0.units, where: $0.region.text(covariates))
        }
        sql = RulesSQL(covariates, arms: study.space.arms, dialect: dialect).expression(explanation.tree)
        judgement = explanation.judgement.rawValue
        fidelity = explanation.fidelity
        losses = explanation.losses
    }
}
