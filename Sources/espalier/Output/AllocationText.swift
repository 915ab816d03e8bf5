import Allocation
import Texts

/// An allocation as a table of cohorts and treatments, and what it comes to.
enum AllocationText {
    static func csv(_ solution: AllocationSolution, _ table: AllocationTable) -> String {
        var text = TextTable(["cohort", "treatment", "share"])
        for (cohort, name) in table.cohorts.enumerated() {
            for (arm, treatment) in table.treatments.enumerated() {
                text.rows.append([name, treatment, cell(solution.shares[cohort, arm], .csv)])
            }
        }
        return text.text(.csv)
    }

    static func table(
        _ solution: AllocationSolution, of problem: AllocationProblem, _ table: AllocationTable
    ) -> String {
        var shares = TextTable(["cohort", "size"] + table.treatments)
        shares.rows = table.cohorts.indices.map { cohort in
            [table.cohorts[cohort], NumberText.percent(problem.sizes[cohort], 1)]
                + table.treatments.indices.map { arm in
                    let share = solution.shares[cohort, arm]
                    return share == 0 ? "." : NumberText.percent(share, 1)
                }
        }
        let everybody = solution.shares.armShares(sizes: problem.sizes)
        shares.rows.append(["all", "100.0%"] + everybody.map { NumberText.percent($0, 1) })
        var outcomes = TextTable(["outcome", "value", "SE", "at most", "price"])
        outcomes.rows = problem.outcomes.indices.map { outcome in
            let k = problem.limits.firstIndex { $0.outcome == outcome }
            return [
                problem.outcomes[outcome].name, cell(solution.values[outcome], .table),
                cell(solution.standardErrors[outcome], .table), cell(k.map { problem.limits[$0].threshold }, .table),
                cell(k.flatMap { solution.prices.indices.contains($0) ? solution.prices[$0] : nil }, .table),
            ]
        }
        let split = solution.splitCohorts
        return shares.text(.table) + "\n" + outcomes.text(.table)
            + "\n\(split) cohort\(split == 1 ? " is" : "s are") split; these are the optimiser's own figures, which promise too "
            + "much where effects are estimated\n"
    }
}
