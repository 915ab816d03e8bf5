import Runtime

extension SurrogateNote {
    /// The indexes of a spec's outcomes by surrogates, fitted on their histories and checked there.
    /// - Parameter folder: of the spec.
    /// - Throws: as `SurrogateHistory.read` and `SurrogateIndex.init`.
    package static func read(
        _ spec: ExperimentSpec, folder: String, context: RunContext = RunContext()
    ) throws -> [SurrogateNote] {
        try spec.outcomes.compactMap { outcome in
            guard case .surrogate(let surrogate) = outcome.source else { return nil }
            let history = try SurrogateHistory.read(
                surrogate, folder: folder, control: spec.treatment.control, context: context)
            let index = try SurrogateIndex(history, file: DataFile.path(surrogate.history, inFolder: folder))
            return SurrogateNote(
                outcome: outcome.name, spec: surrogate, index: index, checks: SurrogateCheck.examine(index, history))
        }
    }
}
