import GRDB

extension StudyDatabase {
    static func makeTables(_ database: Database) throws {
        try database.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                \(FileGeneration.table)
                CREATE TABLE document (name TEXT PRIMARY KEY, json BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE array (
                    name TEXT NOT NULL, chunk INTEGER NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL,
                    PRIMARY KEY (name, chunk)
                );
                \(candidateTables)
                CREATE TABLE front (search INTEGER PRIMARY KEY, json BLOB NOT NULL, checksum INTEGER);
                CREATE TABLE look (
                    sequence INTEGER PRIMARY KEY, split TEXT NOT NULL, what TEXT NOT NULL, fit TEXT, subject TEXT,
                    units BLOB, checksum INTEGER
                );
                \(logTables)
                \(RowChecksum.triggers)
                """)
    }

    /// Candidates and their estimates, by (candidate, fit, source, split, estimator, horizon, outcome).
    private static let candidateTables = """
        CREATE TABLE candidate (
            id INTEGER PRIMARY KEY AUTOINCREMENT, origin BLOB NOT NULL, knobs BLOB, policy BLOB NOT NULL,
            note TEXT NOT NULL DEFAULT '', picked INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0, checksum INTEGER
        );
        CREATE TABLE evaluation (
            candidate INTEGER NOT NULL REFERENCES candidate(id), fit INTEGER NOT NULL, source TEXT NOT NULL,
            split TEXT NOT NULL, estimator TEXT NOT NULL, horizon TEXT NOT NULL, json BLOB NOT NULL, checksum INTEGER,
            PRIMARY KEY (candidate, fit, source, split, estimator, horizon)
        );
        CREATE TABLE estimate (
            candidate INTEGER NOT NULL REFERENCES candidate(id), fit INTEGER NOT NULL, source TEXT NOT NULL,
            split TEXT NOT NULL, estimator TEXT NOT NULL, horizon TEXT NOT NULL, outcome TEXT NOT NULL, value REAL,
            standard_error REAL, difference REAL, difference_error REAL,
            PRIMARY KEY (candidate, fit, source, split, estimator, horizon, outcome)
        );
        """

    /// The log, the decisions, the steps undo and redo go through, and the view that was saved last.
    private static let logTables = """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY, time TEXT, kind TEXT NOT NULL, json BLOB NOT NULL, checksum INTEGER
        );
        CREATE TABLE decisions (id INTEGER PRIMARY KEY CHECK (id = 1), json BLOB NOT NULL, checksum INTEGER);
        CREATE TABLE step (
            stack TEXT NOT NULL, position INTEGER NOT NULL, json BLOB NOT NULL, checksum INTEGER,
            PRIMARY KEY (stack, position)
        ) WITHOUT ROWID;
        CREATE TABLE view (id INTEGER PRIMARY KEY CHECK (id = 1), json BLOB NOT NULL, checksum INTEGER);
        """
}
