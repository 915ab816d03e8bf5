import Experiments
import Foundation
import Frames
import Runtime
import Statistics
import Workbench

/// A set-up screen on a small made-up file.
final class SetupSample {
    let session: Session
    private let folder: URL

    /// The spec in the making; nil would mean that another screen is shown.
    var editing: SpecEditing? { session.state.setup.editing }

    /// - Parameter leaking: whether the age depends on the arm, as no age can.
    init(leaking: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent("coupons.csv").path
        try Self.csv(rows: 4_000, leaking: leaking).write(toFile: path, atomically: true, encoding: .utf8)
        var draft = try SpecProposal.draft(dataPath: path)
        draft.data = "coupons.csv"
        session = Session(
            title: "coupons.csv",
            worker: StudyWorker(
                settingUp: draft, folder: folder.path, path: "coupons.yaml", workers: Workers(count: 2)),
            services: WorkbenchServices(tool: "tests")
        ) {}
        session.start()
        session.settle()
    }

    deinit {
        session.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func type(_ keys: String) throws {
        for key in try Key.parse(keys) {
            session.type(key)
            session.settle()
        }
    }

    func frame(_ width: Int = 80, _ height: Int = 24, _ glyphs: GlyphSet = .unicode) -> Frame {
        session.frame(width: width, height: height, glyphs: glyphs)
    }

    private static func csv(rows: Int, leaking: Bool) -> String {
        var random = RandomStream(seed: 4)
        var text = "customer_id,group,age,city,past_orders,revenue,orders,unsubscribed,clicks,impressions\n"
        for row in 1...rows {
            let coupon = random.bernoulli(0.5)
            let orders = random.poisson(coupon ? 1.2 : 1)
            let impressions = 1 + random.poisson(8)
            let clicks = min(impressions, random.poisson(1))
            text +=
                "c\(row),\(coupon ? "coupon" : "control"),\(18 + random.index(below: 60) + (leaking && coupon ? 20 : 0)),"
            text += "\(["Berlin", "Paris", "Rome"][random.index(below: 3)]),\(random.poisson(3)),"
            text += "\(orders * (10 + random.index(below: 30))),\(orders),\(random.bernoulli(0.02) ? 1 : 0),"
            text += "\(clicks),\(impressions)\n"
        }
        return text
    }
}
