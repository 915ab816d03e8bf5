import Foundation
import Runtime
import Simulation

/// The bundled sample: found by walking up from the binary, simulated under XDG data where there is none. Its study
/// always lives under XDG data, never in the checkout.
enum Sample {
    static func find() throws -> (spec: String, study: String) {
        let home = dataHome()
        do {
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        } catch {
            throw EspalierError(
                .cannotCreate, "the folder for the sample's study cannot be made (\(error.localizedDescription))",
                file: home.path, remedy: "set XDG_DATA_HOME to a folder that may be written")
        }
        let study = home.appendingPathComponent("notifications.espalier").path
        if let bundled = bundled() { return (bundled, study) }
        let folder = home.appendingPathComponent("notifications")
        let spec = folder.appendingPathComponent("experiment.yaml").path
        if !FileManager.default.fileExists(atPath: spec) {
            try Scenario.named("notifications").write(to: folder.path)
        }
        return (spec, study)
    }

    private static func bundled() -> String? {
        guard let binary = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        var folder = URL(fileURLWithPath: binary).deletingLastPathComponent()
        while folder.path != "/" {
            let spec = folder.appendingPathComponent("sample-data/notifications/experiment.yaml").path
            if FileManager.default.fileExists(atPath: spec) { return spec }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }

    private static func dataHome() -> URL {
        let usual = FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/share/espalier")
        return UserFolder.data.path(environment: ProcessInfo.processInfo.environment).map {
            URL(fileURLWithPath: $0)
        } ?? usual
    }
}
