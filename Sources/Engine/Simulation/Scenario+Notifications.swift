extension Scenario {
    /// The notification case of S0: who should get how many notifications a week?
    ///
    /// `units.csv.gz` is what an analyst would have. `truth.csv.gz` holds, for the same members in the same order, the
    /// expected sessions, clicks, impressions and disables under every arm (columns `sessions_control`, `clicks_control`,
    /// ... `disables_cap_high`), from which the value of any policy follows: average the columns of the arm it gives to
    /// each member; ctr is the sum of clicks over the sum of impressions.
    package static let notifications = Scenario(
        name: "notifications",
        summary: "caps on notifications per week: sessions against click-through and disables, 4 arms",
        defaultUnits: 40_000, defaultSeed: 2026
    ) { units, seed, workers in
        let table = NotificationTable(seed: seed)
        let chunk = 4096
        let parts = try workers.map((units + chunk - 1) / chunk) { index in
            table.rows(index * chunk..<min(units, (index + 1) * chunk))
        }
        return [
            ScenarioText(
                name: "units.csv.gz", bytes: NotificationTable.unitsHeader.bytes + parts.flatMap(\.units.bytes)),
            ScenarioText(
                name: "truth.csv.gz", bytes: NotificationTable.truthHeader.bytes + parts.flatMap(\.truth.bytes)),
            ScenarioText(name: "experiment.yaml", bytes: Array(NotificationTable.spec.utf8)),
        ]
    }
}
