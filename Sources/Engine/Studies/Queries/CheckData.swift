import Runtime

/// Whether the data's bytes still are those that were fitted; nil where the file cannot be found.
package struct CheckData: StudyQuery {
    package static let needsUnits = false

    package init() {}

    package func run(_ study: Study, _ context: RunContext) throws -> Bool? {
        try study.file.dataHasSameContent(study.description, cancellation: context.cancellation)
    }
}
