import Runtime

/// A simulated experiment whose truth is known: what `espalier simulate` writes.
package struct Scenario: Sendable {
    /// What the command line calls it, and the name of its folder in `sample-data`.
    package let name: String
    /// One line for the command's help.
    package let summary: String
    package let defaultUnits: Int
    package let defaultSeed: UInt64
    private let make: @Sendable (_ units: Int, _ seed: UInt64, _ workers: Workers) throws -> [ScenarioText]

    init(
        name: String, summary: String, defaultUnits: Int, defaultSeed: UInt64,
        make: @escaping @Sendable (_ units: Int, _ seed: UInt64, _ workers: Workers) throws -> [ScenarioText]
    ) {
        self.name = name
        self.summary = summary
        self.defaultUnits = defaultUnits
        self.defaultSeed = defaultSeed
        self.make = make
    }

    package static let all: [Scenario] = [.notifications]

    /// - Throws: a usage error that lists the names there are.
    package static func named(_ name: String) throws -> Scenario {
        if let scenario = all.first(where: { $0.name == name }) { return scenario }
        throw EspalierError(
            .usage, "there is no scenario '\(name)'",
            remedy: "choose one of: " + all.map(\.name).joined(separator: ", "))
    }

    /// The scenario's files as text, in the order in which they are to be put in place: data first, the spec that names
    /// them last. A pure function of units and seed: the number of threads does not enter, and the first rows of a larger
    /// simulation are those of a smaller one with the same seed.
    ///
    /// - Throws: a usage error when units is not positive.
    /// - Complexity: O(units).
    package func texts(
        units: Int? = nil, seed: UInt64? = nil, workers: Workers = Workers()
    ) throws -> [ScenarioText] {
        let units = units ?? defaultUnits
        guard units > 0 else {
            throw EspalierError(
                .usage, "a simulation of \(units) units is empty", remedy: "ask for at least one unit with --units")
        }
        return try make(units, seed ?? defaultSeed, workers)
    }

    /// Writes the scenario's files into a folder, which is made where it is missing; files of the same names are replaced,
    /// each in one step.
    ///
    /// - Returns: the paths written, in order; the last one is the spec.
    /// - Throws: a usage error for units that are not positive; `cannotCreate` where the folder or a file cannot be written.
    @discardableResult
    package func write(
        to folder: String, units: Int? = nil, seed: UInt64? = nil, workers: Workers = Workers()
    ) throws -> [String] {
        let texts = try texts(units: units, seed: seed, workers: workers)
        return try ScenarioFolder(path: folder).write(texts, workers: workers)
    }
}
