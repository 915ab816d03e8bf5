import Effects
import Frames
import Policies
import Studies

extension TreesScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let trees = state.facts.trees, let description = state.facts.description,
            trees.trees.indices.contains(state.trees.index)
        else {
            Screens.waiting("trees are being grown", state, in: rect, of: &frame)
            return
        }
        let space = description.space
        let tree = trees.trees[state.trees.index]
        let strips = TreeStrips(trees, description, in: rect)
        let (top, rest) = rect.splitTop(strips?.height ?? min(space.armCount, max(3, rect.height / 4)))
        let (left, right) = top.splitLeft(max(rect.width / 2, min(rect.width * 6 / 10, 12 + 11 * space.outcomeCount)))
        if let strips {
            strips.draw(state, in: left, of: &frame)
        } else {
            TreeMatrix.draw(state, trees, space, in: left, of: &frame)
        }
        ImportancePane.draw(
            tree, trees, space, in: Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height),
            of: &frame)
        frame.horizontalRule(y: rest.y, from: rect.x, to: rect.maxX - 1, style: .border)
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rest.y, style: .border)
        let everyArm = rest.height >= 26
        let pairs = (everyArm ? space.armCount - 1 : 1) * space.outcomeCount
        let (outline, node) = rest.inset(top: 1).splitBottom(min(pairs + 2, rest.height / 2))
        guard state.trees.pane == .tree else {
            SubgroupPane.draw(state, description, tree, in: outline, detail: node, of: &frame)
            return
        }
        let rows = TreeRows.visible(state)
        TreeOutlinePane.draw(state, rows, tree, description, in: outline, of: &frame)
        frame.horizontalRule(y: node.y, from: rect.x, to: rect.maxX - 1, style: .border)
        if rows.indices.contains(state.trees.row) {
            NodePane.draw(
                state, rows[state.trees.row], tree, trees, description, everyArm: everyArm, in: node.inset(top: 1),
                of: &frame)
        }
    }
}
