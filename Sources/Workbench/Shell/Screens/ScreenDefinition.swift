import Experiments
import Frames
import Policies
import Studies
import Warehouses

/// A screen as the shell knows it. Tabs, keys, help, palette, log, replay and the saved view come from these definitions; no
/// code of the shell names a screen.
package protocol ScreenDefinition: Sendable {
    /// Where the analyst looks on this screen.
    associatedtype State: ScreenState
    /// What can be done on this screen beside what holds for every list.
    associatedtype OwnAction: ScreenAction

    static var screen: Screen { get }
    /// The key that shows it, from 1; 0 for a screen without a tab, which only the palette shows and Esc leaves.
    static var number: Int { get }
    static var title: String { get }
    /// Where the tabs have little room.
    static var shortTitle: String { get }
    /// A line for those who see the screen for the first time.
    static var hint: String { get }
    /// Whether it shows a study; one that does not is there as long as there is none.
    static var needsStudy: Bool { get }
    /// Whether it shows nothing where units stay in a warehouse.
    static var needsUnits: Bool { get }
    static var keys: [Binding] { get }
    /// Those of the keys that hold everywhere that hold here, too.
    static var sharedKeys: [Binding] { get }
    /// Results that follow from decisions and from what is looked at here, those that others follow first.
    static var derivations: [Derivation] { get }

    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame)

    /// The two lines above it.
    static func drawHeader(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame)

    /// The screen's finding in one plain sentence.
    static func finding(_ state: WorkbenchState) -> String

    /// The terms that `i` explains, those asked about most first.
    static var terms: [Explained] { get }

    static func reduce(_ action: OwnAction, _ context: inout ScreenContext<Self>)

    // MARK: Its list

    static func rowCount(_ state: WorkbenchState) -> Int

    /// The row with the cursor.
    static func row(_ state: WorkbenchState) -> Int

    /// Puts the cursor on a row of the list.
    static func focus(_ row: Int, _ context: inout ScreenContext<Self>)

    static func showNextPane(_ context: inout ScreenContext<Self>)

    static func filter(_ text: String, _ context: inout ScreenContext<Self>)

    /// What the line that asks for the filter says.
    static var filterQuestion: String { get }

    // MARK: What others ask of it

    /// Takes in what became known of the study: how many outcomes there are, which trees.
    static func adapt(_ own: inout State, to facts: StudyFacts, from before: StudyFacts)

    /// Takes in what the study's file holds for this screen, and asks for what it shows of every study.
    static func open(_ opened: OpenedStudy, _ state: inout WorkbenchState) -> [Work]

    /// The candidate that an export, a report or a copy made here is of; nil where it is the present policy.
    static func candidate(_ state: WorkbenchState) -> Candidate?

    /// The candidate that a note made here goes to.
    static func notedCandidate(_ state: WorkbenchState) -> Candidate?

    /// Fills in what an action of the key table leaves open; nil where it means nothing now.
    static func resolve(_ action: Action, _ state: WorkbenchState) -> Action?

    /// The focused row as text, where a copy made here is of it.
    static func clipping(_ state: WorkbenchState) -> String?

    /// What Esc does where the screen has opened something: a drill-down, a region; nil where it has not.
    static func close(_ state: WorkbenchState) -> Action?

    /// Whether one of the screen's own keys means something now and is hinted at below.
    static func isHinted(_ binding: Binding, _ state: WorkbenchState) -> Bool

    /// What a click on a slider asks for.
    /// - Parameter share: of the track's length, from 0 to 1.
    static func slide(track: Int, to share: Double, _ state: WorkbenchState) -> Action?

    /// What a turn of the wheel over a slider asks for.
    static func slide(by steps: Int) -> Action?

    /// Undoes so many of the screen's own steps, or redoes them where negative.
    /// - Returns: their names; nil where undo goes through the decisions on the study.
    static func rewind(by steps: Int, _ context: inout ScreenContext<Self>) -> [String]?

    // MARK: What the study file keeps of it

    static func saved(_ state: WorkbenchState) -> State

    /// Whether what was saved means something in a study of this size.
    static func fits(_ saved: State, _ space: PolicySpace) -> Bool
}

/// Where the analyst looks on one screen, as it starts. Field by field it decodes what older versions wrote, too.
package protocol ScreenState: Sendable, Equatable, Codable {
    init()
}

/// What can be done on one screen; its cases are what the log holds.
package protocol ScreenAction: Sendable, Equatable, Codable {
    /// Whether it means something in a study of this size. A log is a file that anybody may have written.
    func fits(_ space: PolicySpace) -> Bool
}

extension ScreenAction {
    package func fits(_ space: PolicySpace) -> Bool { true }
}

/// An action that no log holds: there is no study to keep it in.
package protocol UnloggedAction: ScreenAction {}

extension UnloggedAction {
    package init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no log holds this action"))
    }

    package func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(
            self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "no log holds this action"))
    }
}

/// Of a screen on which only what every list can do is done.
package enum NoAction: UnloggedAction {}

extension ScreenDefinition where OwnAction == NoAction {
    package static func reduce(_ action: NoAction, _ context: inout ScreenContext<Self>) {}
}

extension ScreenDefinition {
    package static var shortTitle: String { title }
    package static var needsStudy: Bool { true }
    package static var needsUnits: Bool { false }
    /// Whether it stands among the tabs even when another screen is shown.
    package static var isTab: Bool { !needsStudy || number > 0 }
    package static var sharedKeys: [Binding] { isTab ? KeyTable.everywhere : KeyTable.withoutTab }
    package static var derivations: [Derivation] { [] }
    package static var terms: [Explained] { [Explained(.interval), Explained(.marks)] }

    package static func drawHeader(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        Chrome.header(state, in: rect, of: &frame)
    }

    package static func rewind(by steps: Int, _ context: inout ScreenContext<Self>) -> [String]? { nil }
    package static var filterQuestion: String { "only rows with:" }
    package static func showNextPane(_ context: inout ScreenContext<Self>) {}

    package static func filter(_ text: String, _ context: inout ScreenContext<Self>) {
        context.filter = text
        focus(0, &context)
    }

    package static func adapt(_ own: inout State, to facts: StudyFacts, from before: StudyFacts) {}
    package static func open(_ opened: OpenedStudy, _ state: inout WorkbenchState) -> [Work] { [] }
    package static func candidate(_ state: WorkbenchState) -> Candidate? { nil }
    package static func notedCandidate(_ state: WorkbenchState) -> Candidate? { state.focused }
    package static func resolve(_ action: Action, _ state: WorkbenchState) -> Action? { action }
    package static func clipping(_ state: WorkbenchState) -> String? { nil }
    package static func close(_ state: WorkbenchState) -> Action? { nil }
    package static func isHinted(_ binding: Binding, _ state: WorkbenchState) -> Bool { true }
    package static func slide(track: Int, to share: Double, _ state: WorkbenchState) -> Action? { nil }
    package static func slide(by steps: Int) -> Action? { nil }
    package static func saved(_ state: WorkbenchState) -> State { state[Self.self] }
    package static func fits(_ saved: State, _ space: PolicySpace) -> Bool { true }
}

extension ScreenDefinition {
    /// Why there is nothing to show of this study; nil where there is.
    static func refusal(_ state: WorkbenchState) -> String? {
        guard needsUnits, let engine = state.facts.description?.spec.engine else { return nil }
        return
            "\(title) looks at every unit, and the units of this study stay in \(engine.title): remove engine: from data in the spec, "
            + "which reads them into memory, and fit again"
    }
}
