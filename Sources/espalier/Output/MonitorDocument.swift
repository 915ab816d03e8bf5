import Online

/// JSON of `online monitor`.
struct MonitorDocument: Encodable {
    struct Effect: Encodable {
        let outcome: String
        let value: Double
        let low: Double
        let high: Double
    }

    struct Day: Encodable {
        let day: Int
        let units: Int
        let value: Double
        let low: Double
        let high: Double
    }

    struct Series: Encodable {
        let outcome: String
        let days: [Day]
        /// Null where the sequence never lay wholly on the losing side.
        let alarmDay: Int?
        let loss: Double
        let unitsNeeded: Int?
        let daysNeeded: Int?

        private enum CodingKeys: CodingKey { case outcome, days, alarmDay, loss, unitsNeeded, daysNeeded }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(days, forKey: .days)
            try container.encode(alarmDay, forKey: .alarmDay)
            try container.encode(loss, forKey: .loss)
            try container.encode(unitsNeeded, forKey: .unitsNeeded)
            try container.encode(daysNeeded, forKey: .daysNeeded)
        }
    }

    let day: Int
    let units: Int
    let holdout: Int
    let effect: [Effect]
    let alarm: Bool
    let drift: [Online.Drift]
    let retrain: MonitorReading.Retrain
    let series: [Series]
    let finding: String

    init(_ reading: MonitorReading) {
        day = reading.day
        units = reading.units
        holdout = reading.holdout
        effect = reading.backtest.outcomes.map {
            Effect(outcome: $0.name, value: $0.last.value, low: $0.last.low, high: $0.last.high)
        }
        alarm = reading.isAlarm
        drift = reading.drift
        retrain = reading.retrain
        series = reading.backtest.outcomes.map { outcome in
            Series(
                outcome: outcome.name,
                days: outcome.days.map {
                    Day(day: $0.day, units: $0.units, value: $0.value, low: $0.low, high: $0.high)
                }, alarmDay: outcome.alarmDay, loss: outcome.loss, unitsNeeded: outcome.unitsNeeded,
                daysNeeded: outcome.daysNeeded)
        }
        finding = reading.finding
    }
}
