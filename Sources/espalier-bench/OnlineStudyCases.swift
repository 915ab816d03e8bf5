import Foundation
import Online
import Policies
import Runtime
import Simulation
import Studies

/// `espalier-bench online launches [RUNS]`: monitored launches with and without a planted loss; `online speed`: reading results and
/// choosing the next policies.
enum OnlineStudyCases {
    private static let days = 30
    private static let usersPerDay = 2_000
    private static let holdout = 0.05
    /// Sessions, about a sixth of a deviation.
    private static let loss = 0.3

    private struct Launch {
        let alarms: [String]
        let alarmsOfLoss: [String]
        /// Whether nothing but the outcome of the planted loss differs.
        let differsInLossAlone: Bool
        /// Kinds and names of the warnings without a loss, and where effects are those of the log.
        let warnings: [String]
        let warningsAsLogged: [String]
    }

    static func launches(runs: Int) throws {
        let online = try OnlineStudy()
        defer { online.close() }
        guard let policy = try online.launched(holdout: holdout, days: days, users: days * usersPerDay) else { return }
        let found = try Workers().map(runs) { run in try launch(policy, seed: UInt64(run + 1), online) }
        let (quiet, seen) = (found.count { $0.alarms.isEmpty }, found.count { $0.alarmsOfLoss == ["sessions"] })
        print(
            "\(runs) launches of \(days * usersPerDay) users in \(days) days: \(runs - quiet) alarms without a loss, "
                + "\(seen) in sessions alone with \(loss) of them lost by the policy, nothing else differing in "
                + "\(found.count { $0.differsInLossAlone })")
        let names = Set(found.flatMap { $0.warnings + $0.warningsAsLogged }).sorted()
        for name in names {
            print(
                "  warned of \(name) in \(found.count { $0.warnings.contains(name) }), with the log's effects in "
                    + "\(found.count { $0.warningsAsLogged.contains(name) })")
        }
    }

    private static func launch(_ policy: PolicyDocument, seed: UInt64, _ online: OnlineStudy) throws -> Launch {
        let context = RunContext(workers: Workers(count: 1))
        func monitor(_ loss: Double, isAsLogged: Bool = false) throws -> MonitorReading {
            let path = online.path("log-\(seed)-\(loss)-\(isAsLogged).csv")
            defer { try? FileManager.default.removeItem(atPath: path) }
            let bytes = try LaunchRehearsal(policy, seed: seed).play(
                days: days, users: usersPerDay, loss: loss, isAsLogged: isAsLogged, context: context)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let log = try MonitorLog(path, policy: policy, file: "policy.json", context: context)
            return try MonitorReading(log, policy, losses: [:], file: path, context: context)
        }
        let (well, ill, same) = (try monitor(0), try monitor(loss), try monitor(0, isAsLogged: true))
        func named(_ reading: MonitorReading) -> [String] {
            reading.drift.filter(\.isWarning).map { "\($0.kind.rawValue) \($0.name)" }
        }
        return Launch(
            alarms: well.alarms, alarmsOfLoss: ill.alarms,
            differsInLossAlone: zip(well.backtest.outcomes, ill.backtest.outcomes).allSatisfy {
                $0.name == "sessions" ? $0 != $1 : $0 == $1
            },
            warnings: named(well), warningsAsLogged: named(same))
    }

    static func speed(_ report: inout Report) throws {
        let online = try OnlineStudy()
        defer { online.close() }
        let context = RunContext()
        let plan = try online.plan(users: 7_500)
        let (rows, whole) = (online.path("rows.csv"), online.path("whole.csv"))
        let played = try OnlineRehearsal(plan, seed: 1).play(units: 1_000_000, context: context).bytes
        try Data(played).write(to: URL(fileURLWithPath: whole))
        try withoutCovariates(played, columns: 7).write(
            to: URL(fileURLWithPath: rows))
        for (name, path) in [("unit, policy, arm, outcomes", rows), ("and 12 covariates, scored", whole)] {
            let seconds = try Stopwatch.userSeconds {
                _ = try online.study.answer(ReadResults(path, planPath: nil), context)
            }
            report.add("reading the results of a round", "1,000,000 rows", seconds: seconds, note: name)
        }
        let few = try OnlineRehearsal(plan, seed: 2).play(units: 60_000, context: context).bytes
        try Data(few).write(to: URL(fileURLWithPath: rows))
        _ = try online.study.perform(AddRound(rows, planPath: nil), context)
        let seconds = try Stopwatch.userSeconds { _ = try online.study.perform(ProposePolicies(), context) }
        report.add("choosing the next six policies", "60,000 rows, d = 5", seconds: seconds, note: "")
    }

    /// The first fields of every line.
    private static func withoutCovariates(_ bytes: [UInt8], columns: Int) -> Data {
        var kept = Data(capacity: bytes.count / 2)
        var field = 0
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                kept.append(byte)
                field = 0
            } else {
                if byte == UInt8(ascii: ",") { field += 1 }
                if field < columns { kept.append(byte) }
            }
        }
        return kept
    }
}
