import Experiments
import Foundation
import Runtime
import Studies
import Testing
import Workbench

/// Views and logs that earlier versions kept: the study of format 2 that the tests of studies hold, too.
@Suite struct OlderFormatTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Studies/Fixtures")

    private static func inflated(_ name: String) throws -> Data {
        try Data(Gzip.inflate(Data(contentsOf: fixtures.appendingPathComponent(name)), file: name))
    }

    private static func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    /// The fields of all screens lay side by side, the screens were numbers. What is expected was read in the file by hand.
    @Test func aViewOfFormatTwoOpensWhereItWasLeft() throws {
        try Self.inFolder { folder in
            let path = folder.appendingPathComponent("study.espalier").path
            try Self.inflated("format2.espalier.gz").write(to: URL(fileURLWithPath: path))
            func open() -> Session {
                let session = Session(
                    title: "small", worker: StudyWorker(.study(path: path), workers: Workers()),
                    services: WorkbenchServices(tool: "tests")
                ) {}
                session.start()
                session.settle()
                return session
            }
            // In a scope of its own: a study is open once only.
            func first() -> (left: WorkbenchState, later: WorkbenchState) {
                let session = open()
                let left = session.state
                session.perform(.move(-1))
                session.perform(.show(.models))
                session.close()
                return (left, session.state)
            }
            let (state, later) = first()
            #expect(state.screen == .cohorts && state.filter == "visits" && state.estimator == .ips)
            #expect(state.experiment.pane == .balance && state.experiment.row == 2)
            #expect(state.trees.index == 2 && state.trees.row == 0 && state.trees.pane == .subgroups)
            #expect(state.cohorts.row == 3 && state.cohorts.view.marked == [2] && state.cohorts.view.sort == .given)
            #expect(state.cohorts.view.hidden == [.share, .gain(outcome: 1)])
            #expect(state.policy.focusedKnob == 2 && state.policy.pane == .curves)
            #expect(state.front.focusedCandidate == 24 && state.front.view.anchor == 24 && state.front.view.wanted == 3)
            #expect(state.front.horizontalOutcome == 0 && state.front.verticalOutcome == 1)
            #expect(state.front.view.whiskers == .front && state.models.pane == .settings)
            #expect(state.decisions.reference == ["calls": 3, "sales": 6] && state.decisions.pins.count == 2)
            // Kept in today's form it opens there again, with what was changed.
            let again = open()
            defer { again.close() }
            #expect(again.state.screen == .models && again.state.cohorts.row == 2)
            #expect(again.state.screens == later.screens && again.state.filters == state.filters)
        }
    }

    /// Every action of an old log is one of today's, and stays what it is when it is written again.
    @Test func everyActionOfAnOldLogIsRead() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("log.jsonl")
            try Self.inflated("format2.log.jsonl.gz").write(to: file)
            let views = try StudyLog(file: file.path).entries.filter { $0.kind == LogEntry.view }
            #expect(views.count > 50)
            for entry in views {
                let text = String(decoding: entry.json, as: UTF8.self)
                let action = try #require(Action.read(entry.json), "\(text)")
                #expect(try Action.read(LogEntry(view: action).json) == action, "\(text)")
            }
        }
    }

    /// Names that screens share with nothing else, as versions before wrote them.
    @Test(arguments: [
        (#"{"show":{"_0":5}}"#, Action.show(.models)),
        (#"{"turn":{"steps":-10}}"#, .policy(.turn(steps: -10))),
        (#"{"set":{"_0":{"bias":{"_0":2}},"_1":0.5}}"#, .policy(.set(.bias(2), 0.5))),
        (#"{"cohorts":{"_0":{"drill":{"_0":["a","b"]}}}}"#, .cohorts(.drill(["a", "b"]))),
        (#"{"front":{"_0":{"step":{"across":1,"up":0}}}}"#, .front(.step(across: 1, up: 0))),
        (#"{"setReference":{}}"#, .front(.setReference(nil))),
        (#"{"cycleAxis":{"vertical":true}}"#, .front(.cycleAxis(vertical: true))),
        (#"{"sort":{}}"#, .cohorts(.sort)), (#"{"judge":{"all":true}}"#, .models(.judge(all: true))),
        (#"{"cycleArm":{"_0":1}}"#, .trees(.cycleArm(1))), (#"{"cyclePane":{}}"#, .cyclePane),
    ]) func anOlderNameMeansTodaysAction(json: String, action: Action) {
        #expect(Action.read(Data(json.utf8)) == action)
    }

    @Test(arguments: [#"{"show":{"_0":9}}"#, #"{"turn":{}}"#, #"{"own":{"_0":{"nowhere":{"go":{}}}}}"#, "[]"])
    func whatNoVersionWroteIsNoAction(json: String) {
        #expect(Action.read(Data(json.utf8)) == nil)
    }
}
