import Foundation
import Runtime
import Simulation
import Workbench

/// The workbench on a simulated experiment, fitted and settled.
struct BenchSession {
    let session: Session
    private let folder: URL

    init(units: Int) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Scenario.named("notifications").write(to: folder.path, units: units, seed: 3)
        let worker = StudyWorker(
            .spec(
                path: folder.appendingPathComponent("experiment.yaml").path,
                study: folder.appendingPathComponent("study.espalier").path),
            workers: Workers())
        session = Session(title: "bench", worker: worker, services: WorkbenchServices(tool: "bench")) {}
        session.start()
        session.settle()
    }

    func close() {
        session.close()
        try? FileManager.default.removeItem(at: folder)
    }
}
