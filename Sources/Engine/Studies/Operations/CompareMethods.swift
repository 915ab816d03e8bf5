import Policies
import Runtime
import Simulation

/// Compares ways of allocating on experiments drawn from the study's own units, with the effects and the noise that its models
/// see, and keeps the answer in place of an earlier one.
package struct CompareMethods: StudyOperation {
    package static let kind = "lab.compare"

    package static let unitRange = 8...1_000_000
    package static let replicateRange = 1...100_000

    package let methods: [LaboratoryMethod]
    package let replicates: Int
    package let seed: UInt64
    /// Units of every arm; nil for as many as the study has.
    package let units: Int?

    package init(
        methods: [LaboratoryMethod] = LaboratoryMethod.allCases, replicates: Int = 10, seed: UInt64 = 1,
        units: Int? = nil
    ) {
        self.methods = methods
        self.replicates = replicates
        self.seed = seed
        self.units = units
    }

    package func fits(_ space: PolicySpace) -> Bool {
        !methods.isEmpty && Set(methods).count == methods.count && Self.replicateRange.contains(replicates)
            && units.map(Self.unitRange.contains) ?? true
    }

    /// A comparison, its world, and what of it the study keeps.
    package struct Found: Sendable {
        package let world: ResampledWorld
        package let comparison: LaboratoryComparison
        package let answer: StudyLaboratory
    }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Found> {
        let found = try compare(study, context)
        return StudyChange { transaction in
            try transaction.save(found.answer, named: StudyFile.laboratoryName)
            return found
        }
    }

    /// The comparison alone, which keeps nothing.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone, or no policy keeps the limits;
    ///   `CancellationError`.
    package func compare(_ study: Study, _ context: RunContext) throws -> Found {
        let world = try ResampledWorld(like: study, context: context)
        let comparison = try LaboratoryComparison(
            world, noise: [ResampledWorld.noiseLevel], unitsPerArm: units ?? study.description.laboratoryUnits,
            replicates: replicates, seed: seed, methods: methods, context: context)
        let summary = try LaboratorySummary(comparison, of: world)
        return Found(
            world: world, comparison: comparison,
            answer: StudyLaboratory(inputs: study.description.inputsDigest, summary: summary))
    }
}

extension StudyDescription {
    /// Units of an arm in experiments of the laboratory that are like the study's.
    package var laboratoryUnits: Int { max(CompareMethods.unitRange.lowerBound, tuneCount / space.armCount) }
}
