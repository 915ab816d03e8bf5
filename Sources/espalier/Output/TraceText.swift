import Frontier

/// A search's hypervolume by evaluations and seconds, as CSV.
enum TraceText {
    static func text(_ trace: [TracePoint]) -> String {
        var table = TextTable(["evaluations", "seconds", "hypervolume", "policies"], textColumns: [])
        table.rows = trace.map {
            ["\($0.evaluations)", cell($0.seconds, .csv), cell($0.hypervolume, .csv), "\($0.policies)"]
        }
        return table.text(.csv)
    }
}
