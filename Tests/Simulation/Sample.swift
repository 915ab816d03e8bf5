import Simulation

/// The bundled sample, read once for all tests.
enum Sample {
    static let units = Result { TextTable(try SampleFile.bytes("units.csv.gz")) }
    static let truthTable = Result { TextTable(try SampleFile.bytes("truth.csv.gz")) }
    static let truth = Result { try NotificationTruth(try truthTable.get()) }
}
