import Effects
import Frames
import Policies
import Statistics
import Texts

/// The linear projection of an arm's effect on the covariates: what one more of each goes with, and how sure that is.
enum ProjectionPane {
    static func draw(
        _ projection: LinearProjection?, _ outcome: PolicySpace.Outcome, in rect: Rect, of frame: inout Frame
    ) {
        guard let projection else {
            frame.write(
                " too few units, or covariates that say the same: no projection; r judges anew", in: rect, row: 0,
                style: .secondary)
            return
        }
        let glyphs = frame.glyphs
        // The average first, then what is surest.
        let rows =
            projection.rows.prefix(1)
            + projection.rows.dropFirst().sorted {
                abs($0.estimate / $0.standardError) > abs($1.estimate / $1.standardError)
            }
        let room = max(1, rect.height - 1)
        let bar = max(9, min(60, rect.width - 64))
        Table(
            columns: [
                Table.Column(" PROJECTION on \(outcome.name)", width: .flexible(min: 24)),
                Table.Column("per unit", width: .fixed(9), align: .right),
                Table.Column("95%", width: .fixed(9), align: .right),
                Table.Column("z", width: .fixed(6), align: .right),
                Table.Column("95% about 0", width: .fixed(bar), align: .left),
            ],
            rows: rows.prefix(rows.count > room ? room - 1 : room).map { row in
                let z = row.standardError > 0 ? row.estimate / row.standardError : 0
                let verdict = Verdict(low: row.low, high: row.high, sign: outcome.sign)
                return [
                    StyledText(" " + row.name), StyledText(Wording.signed(row.estimate), verdict.style),
                    StyledText(
                        "\(glyphs.plusMinus)\(NumberText.significant((row.high - row.low) / 2, 2))", .secondary),
                    StyledText(NumberText.fixed(z, 1), .secondary),
                    IntervalBar(
                        low: z - Confidence.namedCritical, value: z, high: z + Confidence.namedCritical, scale: -8...8,
                        style: verdict == .unsure ? .bar : verdict.style
                    ).text(width: bar, glyphs: glyphs),
                ]
            }
        ).draw(in: rect, of: &frame)
        if rows.count > room {
            frame.write(
                " \(rows.count - room + 1) less sure ones: espalier models STUDY --view projection", in: rect,
                row: rect.height - 1, style: .secondary)
        }
    }
}
