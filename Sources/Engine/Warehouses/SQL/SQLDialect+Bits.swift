/// Hashes of ids, and whole numbers from 0 to 2^63 as rows of bits. ANSI SQL has none of it.
extension SQLDialect {
    package var hashes: Bool { name != .ansi }

    /// Whether it can go through a text byte by byte within a query.
    package var loops: Bool { [.duckdb, .postgresql, .spark].contains(name) }

    /// The MD5 digest of a text in small hexadecimal digits.
    package func digest(_ text: String) -> String {
        name == .bigquery ? "TO_HEX(MD5(\(text)))" : "md5(\(text))"
    }

    /// The number that eight hexadecimal digits say, from a place on that is counted from 1.
    package func word(_ digits: String, at place: Int) -> String {
        let part = "substr(\(digits), \(place), 8)"
        // Snowflake's format has an X for every hexadecimal digit.
        return switch name {
        case .ansi, .duckdb: "CAST('0x' || \(part) AS BIGINT)"
        case .postgresql: "('x' || \(part))::bit(32)::bigint"
        case .spark: "CAST(conv(\(part), 16, 10) AS BIGINT)"
        case .snowflake: "TO_NUMBER(\(part), 'XXXXXXXX')"
        case .bigquery: "CAST(CONCAT('0x', \(part)) AS INT64)"
        case .mysql: "CAST(CONV(\(part), 16, 10) AS UNSIGNED)"
        }
    }

    /// Divided by a power of two and rounded down.
    package func shifted(_ expression: String, right bits: Int) -> String {
        switch name {
        case .spark: "shiftright(\(expression), \(bits))"
        case .snowflake: "BITSHIFTRIGHT(\(expression), \(bits))"
        case .ansi, .postgresql, .duckdb, .bigquery, .mysql: "((\(expression)) >> \(bits))"
        }
    }

    /// The lowest bits.
    package func lowest(_ bits: Int, of expression: String) -> String {
        let mask = (1 << bits) - 1
        return name == .snowflake ? "BITAND(\(expression), \(mask))" : "((\(expression)) & \(mask))"
    }

    package func xor(_ first: String, _ second: String) -> String {
        switch name {
        case .duckdb: "xor(\(first), \(second))"
        case .postgresql: "((\(first)) # (\(second)))"
        case .snowflake: "BITXOR(\(first), \(second))"
        case .ansi, .spark, .bigquery, .mysql: "((\(first)) ^ (\(second)))"
        }
    }

    package func remainder(_ expression: String, by divisor: Int) -> String {
        name == .bigquery ? "MOD(\(expression), \(divisor))" : "((\(expression)) % \(divisor))"
    }

    /// A whole number as written, of 64 bits.
    package func integer(_ number: UInt64) -> String {
        switch name {
        case .spark: "\(number)L"
        case .postgresql, .duckdb: "\(number)::bigint"
        case .ansi, .snowflake, .bigquery, .mysql: "\(number)"
        }
    }

    /// The upper and the lower half of a text's FNV-1a hash of 64 bits, as columns `h` and `l` beside those of a relation; nil where
    /// it cannot be had.
    package func hashed(_ text: String, of relation: String, names: (high: String, low: String)) -> String? {
        let (high, low) = (0xcbf2_9ce4 as UInt64, 0x8422_2325 as UInt64)
        /// The halves of (hash xor byte) 0x100000001b3.
        func step(_ h: String, _ l: String, _ byte: String) -> (high: String, low: String) {
            let x = xor(l, byte)
            let upper = "(\(h)) * 435 + \(x) * 256 + \(shifted("\(x) * 435", right: 32))"
            return (lowest(32, of: upper), lowest(32, of: "\(x) * 435"))
        }
        let head = "SELECT q.*, s.h AS \(names.high), s.l AS \(names.low)"
        switch name {
        case .duckdb:
            let bytes = "list_transform(range(0, octet_length(encode(\(text)))), "
            let digits = "'0x' || substr(hex(\(text)), 2 * i + 1, 2)"
            let byte = "lambda i: struct_pack(h := (\(digits))::BIGINT, l := 0::BIGINT))"
            let next = step("s.h", "s.l", "b.h")
            let start = "[struct_pack(h := \(integer(high)), l := \(integer(low)))]"
            let fold =
                "list_reduce(\(start) || \(bytes)\(byte), "
                + "lambda s, b: struct_pack(h := \(next.high), l := \(next.low)))"
            return "\(head) FROM (SELECT q.*, \(fold) AS s FROM \(relation) q) q"
        case .spark:
            let next = step("s.h", "s.l", "CAST(conv(substr(hex(\(text)), 2 * i - 1, 2), 16, 10) AS BIGINT)")
            let fold =
                "aggregate(sequence(1, octet_length(\(text))), named_struct('h', \(integer(high)), 'l', \(integer(low))), "
                + "(s, i) -> named_struct('h', \(next.high), 'l', \(next.low)))"
            return "\(head) FROM (SELECT q.*, \(fold) AS s FROM \(relation) q) q"
        case .postgresql:
            let next = step("f.h", "f.l", "get_byte(convert_to(\(text), 'UTF8'), f.i)")
            return """
                \(head) FROM \(relation) q LEFT JOIN LATERAL (
                  WITH RECURSIVE f(i, h, l) AS (SELECT 0, \(integer(high)), \(integer(low)) UNION ALL
                    SELECT f.i + 1, \(next.high), \(next.low) FROM f WHERE f.i < octet_length(convert_to(\(text), 'UTF8')))
                  SELECT f.h, f.l FROM f ORDER BY f.i DESC LIMIT 1) s ON true
                """
        case .ansi, .snowflake, .bigquery, .mysql: return nil
        }
    }
}
