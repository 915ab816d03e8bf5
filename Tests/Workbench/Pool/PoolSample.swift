import Experiments
import Frames
import Pooling
import Runtime
import Simulation
import Statistics
import Studies
import Workbench

/// A Pool screen on a small pool of made-up experiments, and how it is opened.
final class PoolSample {
    let session: Session

    init(_ pool: PoolFile? = nil) throws {
        session = Session(
            title: "pool", worker: StudyWorker(showing: try pool ?? SamplePool.file.get(), workers: Workers(count: 2)),
            services: WorkbenchServices(tool: "tests")
        ) {}
        session.start()
        session.settle()
    }

    deinit { session.close() }

    var state: PoolState { session.state.pool }

    func type(_ keys: String) throws {
        for key in try Key.parse(keys) {
            session.type(key)
            session.settle()
        }
    }

    func frame(_ width: Int = 80, _ height: Int = 24, _ glyphs: GlyphSet = .unicode) -> Frame {
        session.frame(width: width, height: height, glyphs: glyphs)
    }
}

/// Twelve experiments whose outcomes and effects know two directions of 24 covariates, but for one of another world; one has shifted
/// units, one three arms, one lacks an outcome. Fitted once for all of a process.
enum SamplePool {
    static let names = [
        "banner", "coupon", "digest", "feed order", "greeting", "invite", "lottery", "onboarding", "price", "reminder",
        "survey", "welcome",
    ]

    static let file = Result { try fit(names.indices.map(experiment)) }
    /// The least pool there is, which knows neither influence nor rank.
    static let pair = Result { try fit([0, 1].map(experiment)) }

    private static func fit(_ experiments: [Experiment]) throws -> PoolFile {
        let fit = try PoolFit.run(
            Pool(experiments, seed: 3), settings: PoolFit.Settings(network: .linear, dimension: 4, seed: 3),
            context: RunContext())
        return PoolFile(fit: fit, sources: experiments.map { PoolFile.Source($0, spec: "\($0.spec.name).yaml") })
    }

    private static func experiment(_ index: Int) -> Experiment {
        let (inputs, units, name) = (24, 240, names[index])
        let armCount = name == "welcome" ? 3 : 2
        var random = RandomStream(seed: name == "lottery" ? 77 : 4, purpose: "directions")
        let directions = (0..<2).map { _ in (0..<inputs).map { _ in random.normal() / Double(inputs).squareRoot() } }
        random = RandomStream(seed: 4, purpose: name)
        let strengths = (0..<(armCount + 1) * 4).map { _ in random.normal() }
        var columns = [[Float]](repeating: [], count: inputs)
        var (clicks, revenue): ([Double], [Double]) = ([], [])
        let arms = (0..<units).map { UInt8($0 % armCount) }
        for arm in arms.map(Int.init) {
            let point = (0..<inputs).map { random.normal() + (name == "reminder" && $0 == 2 ? 0.9 : 0) }
            for place in columns.indices { columns[place].append(Float(point[place])) }
            let hidden = directions.map { zip($0, point).reduce(0) { $0 + $1.0 * $1.1 } }
            func value(_ outcome: Int) -> Double {
                (arm == 0 ? [0] : [0, arm]).reduce(random.normal()) { sum, part in
                    let first = 4 * part + 2 * outcome
                    return sum + strengths[first] * hidden[0] + strengths[first + 1] * hidden[1]
                }
            }
            clicks.append(3 + value(0))
            revenue.append(20 + 5 * value(1))
        }
        return SimulatedExperiment.make(
            name: name, columns: columns, assignment: arms, arms: Array(["control", "short", "long"].prefix(armCount)),
            outcomes: name == "survey" ? [("clicks", clicks)] : [("clicks", clicks), ("revenue", revenue)])
    }
}
