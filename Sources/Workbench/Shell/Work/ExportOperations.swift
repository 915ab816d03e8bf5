import Foundation
import Policies
import Runtime
import Studies

extension WorkKind {
    static let export = WorkKind("export", rank: 8, isStoppable: false)
}

extension ExportPolicy {
    /// Writes a candidate's policy file where the workbench writes files.
    init(_ candidate: Candidate, to path: String, _ services: WorkbenchServices) {
        self.init(candidate: candidate.id, path: OutputFile.name(path), tool: services.tool) { document in
            try services.write(document.json(), to: path)
        }
    }
}

extension ExportPolicy: WorkbenchOperation {
    package static var work: WorkKind { .export }

    package func take(_ candidate: Candidate, in state: inout WorkbenchState) -> [Work] {
        state.message = "policy \(candidate.name) written to \(state.services.place(path))"
        state.facts.exported = candidate.name
        return []
    }
}

/// The card of a policy, before it is written or for its own sake.
struct DescribePolicy: WorkbenchQuery {
    static let needsUnits = false
    /// The focused candidate's; nil describes the knobs.
    let candidate: Int?
    let knobs: PolicyKnobs
    /// Where the policy is to be written; nil only shows the card.
    let path: String?
    let services: WorkbenchServices

    static var work: WorkKind { .export }
    static var isReplayed: Bool { false }

    struct Answer: Sendable {
        let card: DecisionCard
        /// Whether a file stands where the policy is to be written.
        let isTaken: Bool
    }

    func run(_ study: Study, _ context: RunContext) throws -> Answer {
        let known = try study.file.candidates().first {
            $0.id == candidate || (candidate == nil && $0.isMade(by: knobs))
        }
        let described = try known ?? study.candidate(of: knobs)
        let place = path.map { services.place(OutputFile.name($0)) }
        return Answer(
            card: try study.answer(DescribeDecision(of: described), context),
            isTaken: place.map { FileManager.default.fileExists(atPath: $0) } ?? false)
    }

    func take(_ answer: Answer, in state: inout WorkbenchState) -> [Work] {
        state.overlay = .page(
            Page(title: "decision card", text: answer.card.text(width: 74), answers: answers(answer.isTaken)),
            offset: 0)
        return []
    }

    private func answers(_ isTaken: Bool) -> [Page.Answer] {
        guard let path else { return [] }
        let name = OutputFile.name(path)
        let place = services.place(name)
        return [
            Page.Answer(
                key: .character("y"), words: isTaken ? "replaces \(place), which is there" : "writes \(place)",
                action: .export(path: isTaken ? name + "!" : name)),
            Page.Answer(key: .character("e"), words: "names another file", action: .prompt(.exportPath)),
        ]
    }
}

/// Finds out what an export of knobs takes: whether the file may be written, and whether the knobs are a candidate already.
struct PlanExport: WorkbenchQuery {
    static let needsUnits = false
    /// The focused candidate's; nil exports the knobs.
    let candidate: Int?
    let knobs: PolicyKnobs
    let path: String
    let services: WorkbenchServices

    static var work: WorkKind { .export }
    static var isReplaceable: Bool { false }
    static var isReplayed: Bool { false }

    func run(_ study: Study, _ context: RunContext) throws -> Candidate? {
        try services.checkTarget(path)
        return try study.file.candidates().first { $0.id == candidate || (candidate == nil && $0.isMade(by: knobs)) }
    }

    func take(_ known: Candidate?, in state: inout WorkbenchState) -> [Work] {
        if let known { return [.operation(ExportPolicy(known, to: path, services))] }
        state.awaitedExport = WorkbenchState.AwaitedExport(knobs: knobs, path: path)
        return [.operation(AddCandidate(knobs))]
    }
}

extension ExportText: WorkbenchOperation {
    package static var work: WorkKind { .export }

    package func take(_ outcome: Void, in state: inout WorkbenchState) -> [Work] {
        state.message = "written to \(path)"
        return []
    }
}

extension ExportText {
    /// A text as it is.
    init(_ text: String, to path: String, _ services: WorkbenchServices) {
        self.init(path: OutputFile.name(path)) { _, _ in try services.write(Data(text.utf8), to: path) }
    }

    /// The study's report, with the candidate it says was chosen.
    init(reportOn candidate: Int?, to path: String, _ services: WorkbenchServices) {
        self.init(path: OutputFile.name(path)) { study, context in
            // Asked before the page is made, which takes a while.
            try services.checkTarget(path)
            guard let page = services.page else {
                throw EspalierError(
                    .usage, "no report can be written from here", remedy: "write it with `espalier report`")
            }
            context.report(Progress(phase: "writing the report", done: 0, total: 1))
            let chosen = try study.file.candidates().first { $0.id == candidate }
            try services.write(Data(page(study, chosen, context.workers).utf8), to: path)
        }
    }
}
