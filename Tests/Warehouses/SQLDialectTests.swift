import Testing
import Warehouses

/// Names, texts and numbers as each dialect writes them.
@Suite struct SQLDialectTests {
    @Test(arguments: [
        (SQLDialect.Name.ansi, #""a""b`c\d""#, #"'it''s \ "x"'"#, "0.1e0"),
        (.postgresql, #""a""b`c\d""#, #"'it''s \ "x"'"#, "'0.1'::float8"),
        (.duckdb, #""a""b`c\d""#, #"'it''s \ "x"'"#, "0.1e0"),
        (.spark, #"`a"b``c\d`"#, #"'it\'s \\ "x"'"#, "0.1e0"),
        (.snowflake, #""a""b`c\d""#, #"'it\'s \\ "x"'"#, "0.1e0::FLOAT"),
        (.bigquery, #"`a"b\`c\\d`"#, #"'it\'s \\ "x"'"#, "0.1e0"),
        (.mysql, #"`a"b``c\d`"#, #"'it\'s \\ "x"'"#, "0.1e0"),
    ])
    func namesTextsAndNumbers(name: SQLDialect.Name, identifier: String, text: String, number: String) {
        let dialect = SQLDialect(name: name)
        #expect(dialect.identifier(#"a"b`c\d"#) == identifier)
        #expect(dialect.literal(#"it's \ "x""#) == text)
        #expect(dialect.literal(0.1) == number)
    }

    @Test func sparkPutsNoSettingsIntoTexts() {
        #expect(SQLDialect(name: .spark).literal("${x}") == #"'\u0024{x}'"#)
    }

    @Test func engineAndNameAreOneDialect() {
        for engine in EngineKind.allCases {
            let dialect = SQLDialect(engine)
            #expect(dialect.name.rawValue == engine.rawValue)
        }
    }
}
