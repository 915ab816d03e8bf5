import Effects
import Frames
import Policies
import Studies
import Texts

/// Every tree as a strip, arms down and outcomes across: its leaves from left to right, each as wide as its share of the units
/// and with its effect below. The tree with the cursor is the one that the outline shows.
struct TreeStrips {
    private let trees: StudyTrees
    private let description: StudyDescription
    private let name: Int
    private let width: Int

    private var space: PolicySpace { description.space }
    /// Of the strip, of its effects and one blank.
    private static let rows = 3
    /// Columns in which a strip of some leaves can still be read.
    private static let leastWidth = 16
    /// Rows that the outline and the node below keep.
    private static let outlineRows = 22

    /// nil where the screen has no room for all of them: the leaves are then counted.
    init?(_ trees: StudyTrees, _ description: StudyDescription, in rect: Rect) {
        self.trees = trees
        self.description = description
        let space = description.space
        name = min(max(10, (space.arms.map(TextWidth.width).max() ?? 0) + 2), 18)
        let room = Self.width(of: rect, space) - name
        width = min(40, room / max(1, space.outcomeCount))
        guard width >= Self.leastWidth, height + Self.outlineRows <= rect.height else { return nil }
    }

    var height: Int { 1 + Self.rows * (space.armCount - 1) }

    /// As the screen divides it.
    private static func width(of rect: Rect, _ space: PolicySpace) -> Int {
        max(rect.width / 2, min(rect.width * 6 / 10, 12 + 11 * space.outcomeCount))
    }

    func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let focus = ContrastIndex(position: state.trees.index, outcomeCount: space.outcomeCount)
        var heading = StyledText(" LEAVES", .secondary).padded(to: name)
        for j in space.outcomes.indices {
            heading += EffectText.name(
                j, in: space, width: width - 2, glyphs, style: j == focus.outcome ? .accent : .secondary
            ).padded(to: width)
        }
        frame.write(heading, in: rect, row: 0)
        for arm in 1..<space.armCount {
            let line = 1 + Self.rows * (arm - 1)
            let label = space.arm(arm, to: name - 2, glyphs)
            var strips = glyphs.focusMark(arm == focus.arm)
            strips += StyledText(label, arm == focus.arm ? .accent : .text).padded(to: name - 1)
            var effects = StyledText("").padded(to: name)
            for j in space.outcomes.indices {
                let own = ContrastIndex(arm: arm, outcome: j)
                let tree = trees.trees[own.position(outcomeCount: space.outcomeCount)]
                let (strip, texts) = cell(tree, glyphs)
                let mark = own == focus ? StyledText(String(glyphs.focus), .focus.bold) : StyledText(" ")
                strips += mark + strip.padded(to: width - 1)
                effects += StyledText(" ") + texts.padded(to: width - 1)
            }
            frame.write(strips, in: rect, row: line)
            frame.write(effects, in: rect, row: line + 1)
        }
    }

    /// The strip of one tree, and the effects of those of its leaves that have the room.
    private func cell(_ tree: CausalTree, _ glyphs: GlyphSet) -> (strip: StyledText, effects: StyledText) {
        let leaves = tree.leaves
        let all = Double(max(1, leaves.reduce(0) { $0 + $1.units }))
        let texts = EffectText(description)
        let room = width - 2
        var (strip, effects) = (StyledText(), StyledText())
        var (sum, done, written) = (0, 0, 0)
        for (index, leaf) in leaves.enumerated() {
            sum += leaf.units
            let end = index == leaves.count - 1 ? room : Int((Double(sum) / all * Double(room)).rounded())
            let verdict = Verdict(leaf.estimate, sign: space.outcomes[tree.outcome].sign)
            // Neighbours of one verdict are told apart by their fill.
            let fill: Unicode.Scalar =
                verdict == .unsure ? glyphs.fill(3) : glyphs == .ascii ? verdict.glyph(glyphs) : glyphs.fill(index % 2)
            if end > done {
                strip += StyledText(
                    String(repeating: Character(fill), count: end - done), verdict == .unsure ? .bar : verdict.style)
            }
            let text = StyledText(texts.value(leaf.estimate.effect, tree.outcome), verdict.style) + verdict.mark(glyphs)
            if done >= written, text.width < end - done || index == leaves.count - 1 && text.width <= room - done {
                effects = effects.padded(to: done) + text + StyledText(" ")
                written = done + text.width + 1
            }
            done = max(done, end)
        }
        return (strip, effects)
    }
}
