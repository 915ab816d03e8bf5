import Experiments
import Runtime
import Testing

/// New data for scoring, unit ids and assignments made elsewhere.
@Suite struct ScoringTests {
    @Test func unknownLevelsAndMissingValuesAreNaN() throws {
        let path = try Scratch().keep("user,zip,age,tau\nu1,b,1001,0.5\nu2,z,,1\nu3,,1003,2\n")
        let table = try CovariateTable.read(
            path.file, unit: .column("user"),
            encodings: [("age", .numeric(centre: 1000)), ("zip", .categorical(levels: ["a", "b"]))], extras: ["tau"])
        #expect(table.count == 3 && table.ids.texts == ["u1", "u2", "u3"])
        #expect(table.ids.keys == ["u1", "u2", "u3"].map { StableHash.key($0) })
        #expect(table.covariates.map(\.name) == ["age", "zip"])
        #expect(table.covariates[0].values.map(\.description) == ["1.0", "nan", "3.0"])
        #expect(table.covariates[1].values.map(\.description) == ["1.0", "nan", "nan"])
        #expect(table.extras == ["tau": [0.5, 1, 2]])
    }

    @Test(arguments: [
        ("agee", "1: there is no column \"agee\" for the covariate; perhaps \"age\" is meant"),
        (
            "zip",
            "2: the covariate column \"zip\" holds \"b\", which is not a number; "
                + "correct it, or leave it empty if it is missing"
        ),
        (
            "big",
            "3: the covariate \"big\" holds a number too large to compute with; "
                + "check it, or leave it empty if it is missing"
        ),
    ])
    func oneSentenceEach(column: String, sentence: String) throws {
        let path = try Scratch().keep("user,zip,age,big\nu1,b,1,1\nu2,z,2,1e100\n")
        let error = try #require(throws: EspalierError.self) {
            try CovariateTable.read(path.file, unit: .row, encodings: [(column, .numeric(centre: 0))])
        }
        #expect(error.description == "\(path.file):\(sentence).")
        #expect(error.kind == .data)
    }

    @Test func missingSuppliedEffects() throws {
        let path = try Scratch().keep("user,tau\nu1,1\nu2,\n")
        let error = try #require(throws: EspalierError.self) {
            try CovariateTable.read(path.file, unit: .row, encodings: [], extras: ["tau"])
        }
        #expect(error.line == 3 && error.message == "the supplied effect \"tau\" is missing here")
    }

    @Test func rowNumbersAsIds() throws {
        let path = try Scratch().keep("a\n5\n6\n7\n")
        #expect(try UnitIds.read(path.file, unit: .row).texts == ["1", "2", "3"])
    }

    @Test func assignments() throws {
        let path = try Scratch().keep("user,arm\nu1,c\nu2,t\nu3,c\n")
        let file = try AssignmentFile.read(path.file, unitColumn: "user", arms: ["c", "t"])
        #expect(file.armByKey == [StableHash.key("u1"): 0, StableHash.key("u2"): 1, StableHash.key("u3"): 0])
    }

    @Test(arguments: [
        ("user,arm\nu1,c\nu2,tt\n", "3: the arm \"tt\" is unknown; perhaps \"t\" is meant"),
        ("user,arm\nu1,c\nu2,\n", "3: the arm is missing here; give every unit an arm"),
        ("user,arm\nu1,c\nu1,c\n", "3: the unit \"u1\" stands here a second time; give it one arm"),
        ("id,arm\nu1,c\n", "1: there is no column \"user\" for the unit; the columns are \"id\", \"arm\""),
    ])
    func assignmentsThatAreNone(csv: String, sentence: String) throws {
        let path = try Scratch().keep(csv)
        let error = try #require(throws: EspalierError.self) {
            try AssignmentFile.read(path.file, unitColumn: "user", arms: ["c", "t"])
        }
        #expect(error.description == "\(path.file):\(sentence).")
    }
}
