import Foundation
import Frontier
import Runtime
import Studies

/// A search at 1,000,000 units: 2,000 policies and more by exact profiles, and what memory it takes.
enum LargeSearchCase {
    static func run() throws {
        let workspace = PolicyCases.workspace(units: 1_000_000)
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        print("\nsearch at 1,000,000 units, 3 arms, 3 outcomes")
        let before = residentMegabytes()
        for lines in [17, 68] {
            let search = PolicySearch(
                evaluator: evaluator, grids: workspace.grids,
                settings: SearchSettings(evaluations: lines, seed: 1))
            var state = try search.begin(reference: reference, context: RunContext())
            while !state.isDone { try search.advance(&state, context: RunContext()) }
            print(
                String(
                    format:
                        "  %d exact lines of 49 to 121 policies: %.2f s, %d on the front, resident %.0f MB before, %.0f MB after",
                    lines, state.seconds, state.archive.count, before, residentMegabytes()))
        }
    }

    private static func residentMegabytes() -> Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return .nan }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6
    }
}
