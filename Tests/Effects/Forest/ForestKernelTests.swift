import CKernels
import Effects
import Statistics
import Testing

/// The row loops of forests in C against plain Swift.
@Suite struct ForestKernelTests {
    private struct Sample {
        var columns: [[UInt8]] = []
        var rows: [UInt32] = []
        var records: [Float] = []

        init(_ count: Int, bins: Int, seed: UInt64 = 3) {
            var stream = RandomStream(seed: seed)
            columns = (0..<4).map { _ in (0..<count).map { _ in UInt8(stream.index(below: bins)) } }
            rows = (0..<UInt32(count)).filter { _ in stream.bernoulli(0.6) }
            for _ in 0..<count {
                let (w, y) = (Float(stream.normal()), Float(stream.normal()))
                records += [1, w, w * w, y, w * y, stream.bernoulli(0.4) ? 1 : 0, 0, 0]
            }
        }

        func words() -> [UInt32] {
            var words = [UInt32](repeating: 0, count: columns[0].count)
            espalier_forest_pack(
                columns[0], columns[1], columns[2], columns[3], (0..<UInt32(words.count)).map { $0 }, words.count,
                &words)
            return words
        }

        /// Sums by bin of one covariate over the rows.
        func cells(_ covariate: Int, stride: Int) -> [Double] {
            var cells = [Double](repeating: 0, count: stride * 8)
            for row in rows {
                for lane in 0..<8 {
                    cells[Int(columns[covariate][Int(row)]) * 8 + lane] += Double(records[Int(row) * 8 + lane])
                }
            }
            return cells
        }
    }

    @Test func packingPutsFourBinsInAWord() {
        let sample = Sample(100, bins: 256)
        var words = [UInt32](repeating: 0, count: sample.rows.count)
        espalier_forest_pack(
            sample.columns[0], sample.columns[1], sample.columns[2], sample.columns[3], sample.rows, words.count, &words
        )
        for (word, row) in zip(words, sample.rows) {
            #expect((0..<4).allSatisfy { UInt8(word >> UInt32(8 * $0) & 255) == sample.columns[$0][Int(row)] })
        }
    }

    @Test(arguments: [0, 1, 9, 4_000]) func histogramsEqualThePlainSums(count: Int) {
        let sample = Sample(count, bins: 200)
        var cells = [Double](repeating: 0, count: 4 * 200 * 8)
        espalier_forest_histogram(sample.words(), sample.rows, sample.records, sample.rows.count, 200, &cells)
        #expect(cells == (0..<4).flatMap { sample.cells($0, stride: 200) })
    }

    @Test func partitionsAreStable() {
        let sample = Sample(3_000, bins: 255)
        let left = (0..<256).map { UInt8($0 % 3 == 0 ? 1 : 0) }
        for covariate in 0..<4 {
            var (rows, scratch) = (sample.rows, sample.rows)
            let kept = espalier_forest_partition(
                sample.words(), UInt32(covariate), left, &rows, rows.count, &scratch)
            func goesLeft(_ row: UInt32) -> Bool { sample.columns[covariate][Int(row)] % 3 == 0 }
            #expect(kept == sample.rows.count(where: goesLeft))
            #expect(rows == sample.rows.filter(goesLeft) + sample.rows.filter { !goesLeft($0) })
        }
    }

    /// Every cut tried one by one, sums taken afresh from the units.
    @Test(arguments: [false, true], [1, 12, 60])
    func theBestCutIsTheBestOfAll(hasApart: Bool, bins: Int) {
        for seed in 1...UInt64(20) {
            let sample = Sample(400, bins: bins + 1, seed: seed)
            var cells = sample.cells(0, stride: bins + 1)
            let apart = hasApart ? Array(cells[(bins * 8)...]) : [Double](repeating: 0, count: 8)
            cells.removeLast(8)
            let total = (0..<8).map { lane in
                (0..<bins).reduce(apart[lane]) { $0 + cells[$1 * 8 + lane] }
            }
            let coefficients = [0.1, -0.2, -0.4, 0.05, 1]
            let least = espalier_forest_least(count: 30, arm: 12, information: 0.1 * total[2])
            let cut = espalier_forest_best_cut(cells, bins, apart, total, coefficients, least)
            var best = (gain: 0.0, position: -1, apartLeft: false)
            var left = [Double](repeating: 0, count: 8)
            for position in 0..<bins where cells[position * 8] > 0 {
                for lane in 0..<8 { left[lane] += cells[position * 8 + lane] }
                let sides = hasApart && apart[0] > 0 ? [true, false] : [2 * left[0] >= total[0]]
                for side in sides {
                    let a = (0..<8).map { left[$0] + (side ? apart[$0] : 0) }
                    let b = (0..<8).map { total[$0] - a[$0] }
                    func isAdmissible(_ child: [Double]) -> Bool {
                        let spread = child[2] - child[1] * child[1] / child[0]
                        return child[0] >= 30 && child[5] >= 12 && child[0] - child[5] >= 12
                            && spread >= 0.1 * total[2]
                    }
                    guard isAdmissible(a), isAdmissible(b) else { continue }
                    let gain = [a, b].reduce(0.0) { sum, child in
                        let rho = (0..<5).reduce(0) { $0 + coefficients[$1] * child[$1] }
                        return sum + rho * rho / child[0]
                    }
                    if gain > best.gain * (1 + 1e-12) { best = (gain, position, side) }
                }
            }
            #expect(abs(cut.gain - best.gain) <= 1e-9 * best.gain)
            #expect(Int(cut.position) == best.position)
            #expect((cut.apart_left != 0) == best.apartLeft)
        }
    }
}
