import Foundation
import Frontier
import Online
import Policies
import Runtime
import Simulation
import Studies

/// A study of the sample's scenario with six picks in a folder of its own, whose online test is played.
struct OnlineStudy {
    let folder: URL
    let study: Study
    private let context = RunContext()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-bench-online-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Scenario.named("notifications").write(to: folder.path)
        let fit = try StudyFit.run(
            specPath: folder.appendingPathComponent("experiment.yaml").path, context: context)
        study = try Study.create(
            at: folder.appendingPathComponent("study.espalier").path, fit: fit, workers: context.workers)
        _ = try study.perform(SearchFront(SearchSettings(evaluations: 60)), context)
        _ = try study.perform(PickByHypervolume(count: 6), context)
    }

    func close() { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// A round of the picks.
    func plan(users: Int) throws -> OnlinePlan {
        var request = PlanRequest()
        request.users = users
        return try study.perform(PlanRound(request, path: "-", tool: "bench") { _ in }, context)
    }

    /// The file of the first pick as it is launched.
    func launched(holdout: Double, days: Int, users: Int) throws -> PolicyDocument? {
        guard let candidate = try study.file.candidates().first(where: \.isPicked) else { return nil }
        let path = path("policy.json")
        _ = try study.perform(
            LaunchPolicy(
                candidate: candidate.id, holdout: holdout, days: days, users: users, path: path, tool: "bench"
            ) { try $0.json().write(to: URL(fileURLWithPath: path)) }, context)
        return try PolicyDocument(json: Data(contentsOf: URL(fileURLWithPath: path)), file: path)
    }
}
