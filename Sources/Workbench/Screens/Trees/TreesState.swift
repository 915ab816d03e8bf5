/// Where the analyst looks on the Trees screen.
package struct TreesState: ScreenState {
    /// The focused tree, of one arm and outcome; the Models screen follows it.
    package var index = 0
    package var row = 0
    /// Paths of the nodes that are folded.
    package var collapsed: Set<String> = []
    package var pane = TreesPane.tree

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case index = "treeIndex"
        case row = "treeRow"
        case collapsed
        case pane = "treesPane"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        index = try container.decode(.index, or: 0)
        row = try container.decode(.row, or: 0)
        collapsed = try container.decode(.collapsed, or: [])
        pane = try container.decode(.pane, or: .tree)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(row, forKey: .row)
        try container.encode(collapsed.sorted(), forKey: .collapsed)
        try container.encode(pane, forKey: .pane)
    }
}

extension WorkbenchState {
    package var trees: TreesState {
        get { self[TreesScreen.self] }
        set { self[TreesScreen.self] = newValue }
    }
}
