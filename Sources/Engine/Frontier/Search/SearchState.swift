import Optimisers
import Policies
import Runtime

/// A search under way: what it has met, what it has spent, and how it goes on. It can be saved and gone on with later.
package struct SearchState: Sendable, Codable {
    package let settings: SearchSettings
    /// Oriented.
    package let reference: [Double]
    package internal(set) var archive: FrontArchive
    /// Passes over the data so far.
    package internal(set) var evaluations = 0
    package internal(set) var seconds = 0.0
    /// Hypervolume by evaluations and seconds, from the policies it began with on.
    package internal(set) var trace: [TracePoint] = []
    var strategy: Strategy

    package var isDone: Bool { evaluations >= settings.evaluations }

    /// The strategies, as one value that can be saved.
    enum Strategy: Sendable, Codable {
        case lines(LineSearch)
        case nparego(BoxSearch<NParEGO>)
        case nsga2(BoxSearch<NSGA2>)
        case sobol(BoxSearch<SobolDesign>)
        case random(BoxSearch<RandomDesign>)

        init(_ problem: PolicyProblem, settings: SearchSettings) {
            let dimensions = problem.free.count
            let seed = settings.seed
            switch settings.method {
            case .profiles, .weights: self = .lines(LineSearch(problem, settings: settings))
            case .nparego: self = .nparego(BoxSearch(NParEGO(dimensions: dimensions, seed: seed)))
            case .nsga2: self = .nsga2(BoxSearch(NSGA2(dimensions: dimensions, seed: seed)))
            case .sobol: self = .sobol(BoxSearch(SobolDesign(dimensions: dimensions, seed: seed)))
            case .random: self = .random(BoxSearch(RandomDesign(dimensions: dimensions, seed: seed)))
            }
        }

        mutating func step(
            _ problem: PolicyProblem, known: [FrontPoint], limit: Int, context: RunContext
        ) throws -> SearchStep {
            switch self {
            case .lines(var search):
                defer { self = .lines(search) }
                return try search.step(problem, known: known, limit: limit, context: context)
            case .nparego(var search):
                defer { self = .nparego(search) }
                return try search.step(problem, known: known, limit: limit, context: context)
            case .nsga2(var search):
                defer { self = .nsga2(search) }
                return try search.step(problem, known: known, limit: limit, context: context)
            case .sobol(var search):
                defer { self = .sobol(search) }
                return try search.step(problem, known: known, limit: limit, context: context)
            case .random(var search):
                defer { self = .random(search) }
                return try search.step(problem, known: known, limit: limit, context: context)
            }
        }

        func recommended(_ problem: PolicyProblem, context: RunContext) throws -> [FrontPoint] {
            switch self {
            case .lines(let search): search.recommended(problem, context: context)
            case .nparego(let search): try search.recommended(problem, context: context)
            case .nsga2(let search): try search.recommended(problem, context: context)
            case .sobol(let search): try search.recommended(problem, context: context)
            case .random(let search): try search.recommended(problem, context: context)
            }
        }
    }
}
