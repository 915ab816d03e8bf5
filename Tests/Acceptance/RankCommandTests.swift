import Foundation
import Statistics
import Testing

/// `rank --table` of the built binary.
@Suite struct RankCommandTests {
    private func rank(_ arguments: [String]) throws -> CommandLineTests.Run {
        try CommandLineTests.espalier(["rank"] + arguments)
    }

    /// 2,000 units whose effects on value and cost rise with two traits; the score is their sum or, turned, its negative.
    private func rows(turned: Bool = false, free: Bool = false) -> [String] {
        var stream = RandomStream(seed: 5)
        return (0..<2_000).map { unit in
            let (a, b) = (stream.normal(), stream.normal())
            let treated = stream.bernoulli(0.5)
            let value = (treated ? 1 + a : 0) + stream.normal()
            let cost = (treated ? (free ? -1 : 1) : 0) + 0.2 * b + stream.normal()
            return "\(unit),\(turned ? -a : a),\(treated ? 1 : 0),\(value),\(cost)"
        }
    }

    private func write(_ rows: [String], in folder: String, header: String = "id,score,treated,value,cost") throws
        -> String
    {
        let path = folder + "/scores.csv"
        try ([header] + rows).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func theContractsKeys() throws {
        try CommandLineTests.inFolder { folder in
            let path = try write(rows(), in: folder)
            let run = try rank(["--table", path, "--budget", "share:0.25", "--format", "json"])
            let document = try CommandLineTests.json(run)
            #expect(Set(document.keys) == ["value", "cost", "arm", "units", "rankers", "curves", "finding"])
            #expect(document["units"] as? Int == 2_000 && document["arm"] as? String == "treated")
            let rankers = try #require(document["rankers"] as? [[String: Any]])
            #expect(rankers.count == 1 && Set(rankers[0].keys) == ["name", "area", "low", "high", "difference"])
            let area = try #require(rankers[0]["area"] as? Double)
            let difference = try #require(rankers[0]["difference"] as? [String: Any])
            #expect(difference["from"] as? String == "random")
            #expect(abs(try #require(difference["value"] as? Double) - (area - 0.5)) < 1e-12)
            // Effects 1 + a, a ~ N(0,1), ranked by a: the area is .5 + 1/(2 sqrt pi) = .782.
            #expect(abs(area - 0.782) < 0.1)
            let (low, high) = (try #require(rankers[0]["low"] as? Double), try #require(rankers[0]["high"] as? Double))
            #expect(low < area && area < high && low > 0.5)
            let curves = try #require(document["curves"] as? [[String: Any]])
            #expect(curves.map { $0["name"] as? String } == ["score", "random"])
            let points = try #require(curves[0]["points"] as? [[String: Any]])
            #expect(points.allSatisfy { Set($0.keys) == ["share", "value", "valueLow", "valueHigh", "cost"] })
            #expect(
                points.compactMap { $0["share"] as? Double } == [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
            let finding = try #require(document["finding"] as? String)
            #expect(
                finding.contains("score beats a random order")
                    && finding.contains("targeting the best 25% changes value"))
        }
    }

    @Test func rowsAndThreadsChangeNothing() throws {
        try CommandLineTests.inFolder { folder in
            let one = try rank(["--table", write(rows(), in: folder), "--threads", "1"])
            let two = try rank(["--table", write(rows().reversed(), in: folder), "--threads", "2"])
            #expect(one.code == 0 && one.output == two.output && one.errors.isEmpty)
            #expect(one.output.contains("ranker") && one.output.contains("score beats a random order"))
            let csv = try rank(["--table", write(rows(), in: folder), "--format", "csv"]).output
            #expect(csv.hasPrefix("ranker,share,value,low,high,cost\nscore,0.1,"))
            #expect(csv.split(separator: "\n").count == 21)
        }
    }

    @Test func whatIsNoBetterThanRandomIsSaid() throws {
        try CommandLineTests.inFolder { folder in
            let turned = try rank(["--table", write(rows(turned: true), in: folder)]).output
            #expect(turned.contains("score is worse than a random order"))
            let tied = rows().map { line in
                let fields = line.split(separator: ",")
                return "\(fields[0]),1,\(fields[2]),\(fields[3]),\(fields[4])"
            }
            #expect(
                try rank(["--table", write(tied, in: folder)]).output.contains("not told apart from a random order"))
            let free = try CommandLineTests.json(
                rank(["--table", write(rows(free: true), in: folder), "--format", "json"]))
            let rankers = try #require(free["rankers"] as? [[String: Any]])
            #expect(rankers[0]["area"] is NSNull && rankers[0]["difference"] is NSNull)
            #expect(try #require(free["finding"] as? String).contains("which is not a cost, so the area"))
        }
    }

    @Test func badInputIsOneSentence() throws {
        try CommandLineTests.inFolder { folder in
            func expect(_ arguments: [String], code: Int32, says words: String) throws {
                let run = try rank(arguments)
                #expect(run.code == code && run.output.isEmpty, "\(arguments): \(run.errors)")
                #expect(run.errors.contains(words) && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
            }
            let path = try write(rows(), in: folder)
            try expect(["--table", path, "--cost", "value"], code: 64, says: "value and cost are both the column")
            for budget in ["share:1.2", "share:0", "share:-1"] {
                try expect(["--table", path, "--budget", budget], code: 64, says: "is not between 0 and 1")
            }
            try expect(["--table", path, "--budget", "0.2"], code: 64, says: "write --budget share:0.2")
            try expect(["--table", path, "--value", "gain"], code: 65, says: "gain")
            try expect(["--table", folder + "/none.csv"], code: 66, says: "none.csv")
            let single = try write(rows().filter { $0.split(separator: ",")[2] == "1" }, in: folder)
            try expect(["--table", single], code: 65, says: "every unit is treated")
            let telling = rows().map { line in
                let fields = line.split(separator: ",")
                return "\(fields[0]),\(fields[2]),\(fields[2]),\(fields[3]),\(fields[4])"
            }
            try expect(
                ["--table", write(telling, in: folder)], code: 65,
                says: "no control unit is among the best 10% by score")
            try expect(
                ["--table", write(["1,0.5,2,1,1", "2,0.1,0,1,1"], in: folder)], code: 65,
                says: "scores.csv:2: treated is 2")
            try expect(
                ["--table", write(["1,0.5,1,1,1", "2,,0,1,1"], in: folder)], code: 65, says: "is missing here")
        }
    }
}
