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

            --random SPEC plans the first experiment, before there is a study: every arm for its share of the units. Its \
            results are the data that the spec is fitted on.

            With --explore the shares follow what earlier rounds found in the first outcome: thompson gives policies users \
            as they are likely to be the best, none below 3%; epsilon:0.1 gives a tenth to all alike and the rest to the best.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String?
    @Option(name: .long, help: "The spec of a first experiment, in place of a study.", completion: .spec)
    var random: String?
    @Option(
        name: .long, help: "Id or name of a candidate, repeat for more; default: those picked.",
        completion: .candidates)
    var candidate: [String] = []
    @Flag(name: .long, help: "The policies that `online next` chose last, in place of the picks.")
    var next = false
    @Option(name: .long, help: "Most candidates in the round.")
    var policies = 6
    @Option(name: .long, help: "Users for each policy; default: 5000.")
    var users: Int?
    @Option(
        name: .long,
        help: "With --random: the difference to be shown, in standard deviations of an outcome, which sets --users.")
    var detect: Double?
    @Option(name: .long, help: "Share users by what rounds have found: thompson, or epsilon:0.1; default: equally.")
    var explore: String?
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
    @OptionGroup var overwriting: OverwriteOption
    @OptionGroup var common: CommonOptions

    private static let usualUsers = 5_000

    func validate() throws {
        try IntegerRange.check(policies, 1...200, "--policies")
        if let users { try IntegerRange.check(users, 2...1_000_000_000, "--users") }
        guard (0..<1).contains(slice) else { throw ValidationError("--slice must be at least 0 and below 1") }
        guard power > 0.05, power < 1 else { throw ValidationError("--power must be above 0.05 and below 1") }
        guard (study == nil) != (random == nil) else {
            throw ValidationError("give a study or --random SPEC, one of the two")
        }
        if random != nil {
            guard candidate.isEmpty, !next, slice == 0, explore == nil, longTerm.isEmpty else {
                throw ValidationError(
                    "--random goes by the spec alone, without --candidate, --next, --slice, --explore and --long-term")
            }
        }
        if let detect {
            guard random != nil, users == nil else {
                throw ValidationError("--detect goes with --random, and sets what --users would")
            }
            guard (1e-4...10).contains(detect) else { throw ValidationError("--detect must lie in 0.0001...10") }
        }
    }

    func run() throws {
        try Output.refuseOverwriting(output)
        let plan = try random.map { try first(spec: $0) } ?? round()
        ProgressLine.clear()
        for line in PlanSizes.sentences(plan) { Diagnostics.write("espalier: \(line).\n") }
        Diagnostics.write(
            "espalier: \(plan.policies.count) policies take \(NumberText.grouped(plan.unitCount)) units.\n")
    }

    private func first(spec path: String) throws -> OnlinePlan {
        let users = users ?? detect.flatMap { PlanSizes.users(detecting: $0, power: power) } ?? Self.usualUsers
        let plan = try OnlinePlan.first(
            ExperimentSpec.read(at: path), users: users, power: power, file: path,
            tool: "espalier \(Espalier.versionText)")
        try PlanFile.write(plan, to: output)
        return plan
    }

    private func round() throws -> OnlinePlan {
        let study = try CommandStudy.open(study ?? "", for: .writing)
        var request = PlanRequest()
        if !candidate.isEmpty {
            request.candidates = try candidate.map { try CommandStudy.candidate($0, of: study).id }
        }
        if next {
            guard let proposed = try study.file.nextRound(in: study), candidate.isEmpty else {
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
        request.users = users ?? Self.usualUsers
        request.slice = slice
        request.power = power
        request.longTerm = try longTerm.map(Self.longTerm)
        request.shares = try explore.map { try ShareRule($0) }
        let output = output
        return try study.perform(
            PlanRound(request, path: output ?? "-", tool: "espalier \(Espalier.versionText)") {
                try PlanFile.write($0, to: output)
            }, common.context)
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
