import Statistics

/// A unit of the laboratory's world: its covariates, and the noise that it would have under every arm.
struct LaboratoryMember: Sendable {
    /// H1 to H4.
    let covariates: [Double]
    /// Standard normals: of the latent U, and of the three outcomes.
    private let noise: [Double]

    init(_ stream: inout RandomStream) {
        let h1 = 0.5 + stream.normal()
        let h2 = 2 * h1 * h1 + 2.5 * stream.normal()
        let h3 = 2 * h1 + 1.4 * h2 + 2 * stream.normal()
        let h4 = -0.5 + 0.7 * h3 + 0.3 * h2 + stream.normal()
        covariates = [h1, h2, h3, h4]
        noise = (0..<4).map { _ in stream.normal() }
    }

    /// The outcomes under control at a noise level W, in control means: U + N(0, .5 W), U + N(0, 1.5 W) and
    /// U H3 + N(0, 2.5 W) with U ~ N(3, 1.5 W).
    func controlOutcomes(noiseLevel: Double) -> [Double] {
        let u = 3 + 1.5 * noiseLevel * noise[0]
        let outcomes = [
            u + 0.5 * noiseLevel * noise[1], u + 1.5 * noiseLevel * noise[2],
            u * covariates[2] + 2.5 * noiseLevel * noise[3],
        ]
        return zip(outcomes, LaboratoryScenario.controlMeans).map { $0 / $1 }
    }
}
