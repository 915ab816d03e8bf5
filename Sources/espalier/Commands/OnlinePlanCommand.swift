import ArgumentParser
import Experiments
import Online
import Runtime
import Studies
import Texts

struct OnlinePlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plan a round: the picks beside control and the best single arm, for `assign PLAN DATA`.",
        discussion: """
            The plan holds the policies, their shares and draws, what is to be measured, and what the log promised. What its \
            users can tell apart, and how many each pair of policies would take if the log is right, is said on standard \
            error. `online read` reads the results; the study keeps the plan.
            """)

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "Id or name of a candidate, repeat for more; default: those picked.")
    var candidate: [String] = []
    @Flag(name: .long, help: "The policies that `online next` chose last, in place of the picks.")
    var next = false
    @Option(name: .long, help: "Most candidates in the round.")
    var policies = 6
    @Option(name: .long, help: "Users for each policy.")
    var users = 5_000
    @Option(name: .long, help: "Share of the units whose arm is drawn at random from the planned shares.")
    var slice = 0.0
    @Option(name: .long, help: "Power of the tests that sizes are told for.")
    var power = 0.8
    @Option(
        name: .long,
        help: "An outcome that the log does not have, as retention_90=maximize; repeat for more.")
    var longTerm: [String] = []
    @Option(name: .shortAndLong, help: "Where to write the plan; .gz compresses; default: standard output.")
    var output: String?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(policies, 1...200, "--policies")
        try IntegerRange.check(users, 2...1_000_000_000, "--users")
        guard (0..<1).contains(slice) else { throw ValidationError("--slice must be at least 0 and below 1") }
        guard power > 0.05, power < 1 else { throw ValidationError("--power must be above 0.05 and below 1") }
    }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        var request = PlanRequest()
        if !candidate.isEmpty {
            request.candidates = try candidate.map { try CommandStudy.candidate($0, of: study).id }
        }
        if next {
            guard let proposed = try study.file.nextRound(), candidate.isEmpty else {
                throw EspalierError(
                    .usage,
                    candidate.isEmpty ? "nothing was proposed yet" : "--next and --candidate exclude each other",
                    file: study.file.path, remedy: "choose the next policies with `espalier online next STUDY`")
            }
            request.candidates = proposed.batch
        }
        let count = try request.candidates?.count ?? study.file.candidates().count(where: \.isPicked)
        guard count <= policies else {
            throw EspalierError(
                .usage, "\(count) candidates are more than --policies \(policies)", file: study.file.path,
                remedy: "raise it, or say which with --candidate")
        }
        request.users = users
        request.slice = slice
        request.power = power
        request.longTerm = try longTerm.map(Self.longTerm)
        let output = output
        let plan = try study.perform(
            PlanRound(request, path: output ?? "-", tool: "espalier \(Espalier.versionText)") {
                try PlanFile.write($0, to: output)
            }, common.context)
        ProgressLine.clear()
        for line in PlanSizes.sentences(plan) { Diagnostics.write("espalier: \(line).\n") }
        Diagnostics.write(
            "espalier: \(plan.policies.count) policies take \(NumberText.grouped(plan.unitCount)) units.\n")
    }

    private static func longTerm(_ text: String) throws -> PlanRequest.LongTerm {
        guard let equals = text.lastIndex(of: "="),
            let direction = Direction(rawValue: String(text[text.index(after: equals)...])), equals > text.startIndex
        else {
            throw EspalierError(
                .usage, "--long-term \(text) is not name=maximize or name=minimize",
                remedy: "write --long-term retention_90=maximize")
        }
        return PlanRequest.LongTerm(name: String(text[..<equals]), direction: direction)
    }
}
