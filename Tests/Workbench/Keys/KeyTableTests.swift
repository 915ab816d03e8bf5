import Frames
import Policies
import Studies
import Testing
import Workbench

/// What every key does on every screen, written down once more by hand: a binding that moves, goes or comes shows here.
@Suite struct KeyTableTests {
    typealias Row = (keys: String, action: Action)

    private static let everywhere: [Row] = [
        ("1", .show(.experiment)), ("2", .show(.trees)), ("3", .show(.cohorts)), ("4", .show(.policy)),
        ("5", .show(.front)), ("6", .show(.models)), ("7", .show(.allocate)), ("8", .show(.budget)),
        ("9", .show(.online)), ("u", .undo),
        ("<C-r>", .redo),
        ("U", .history),
        ("/", .prompt(.filter)), ("m", .cycleEstimator), ("e", .prompt(.exportPath)), ("D", .card), (">", .goOn),
        ("i", .explain), ("E", .prompt(.reportPath)),
        ("Y", .copy), ("<C-y>", .copyFrame), ("T", .themes), ("M", .toggleMouse), ("<C-c>", .cancel), (":", .palette),
        ("?", .help),
        ("<Esc>", .dismiss), ("q", .quit),
    ]

    private static let ends: [Row] = [
        ("g<Home>", .jump(toEnd: false)), ("G<End>", .jump(toEnd: true)), ("<PageDown>", .move(10)),
        ("<PageUp>", .move(-10)),
    ]

    private static let list: [Row] = [("j<Down>", .move(1)), ("k<Up>", .move(-1))] + ends

    private static let armsAndOutcomes: [Row] = [
        ("l<Right>", .trees(.cycleArm(1))), ("h<Left>", .trees(.cycleArm(-1))), ("o", .trees(.cycleOutcome(1))),
        ("O", .trees(.cycleOutcome(-1))),
    ]

    private static func own(_ screen: Screen) -> [Row] {
        switch screen {
        case .experiment: [("v", .cyclePane)] + list
        case .trees:
            armsAndOutcomes + list + [
                ("<Enter><Space>", .trees(.toggleNode)), ("c", .trees(.showCohortsOfNode)),
                ("s", .trees(.searchSubgroups)), ("v", .cyclePane),
            ]
        case .cohorts:
            list + [
                ("l<Right>", .cohorts(.moveColumn(1))), ("h<Left>", .cohorts(.moveColumn(-1))), ("s", .cohorts(.sort)),
                ("v", .cyclePane), ("<Enter>", .cohorts(.open)), ("d", .prompt(.drill)),
                ("n", .cohorts(.toggleNumbers)), ("<Space>", .cohorts(.mark)),
                ("w", .prompt(.cohortsPath)),
                ("-", .cohorts(.hideColumn)), ("+", .cohorts(.showAllColumns)), ("c", .cohorts(.clear)),
            ]
        case .policy:
            list + [
                ("l<Right>", .policy(.turn(steps: 1))), ("h<Left>", .policy(.turn(steps: -1))),
                ("L", .policy(.turn(steps: 10))),
                ("H", .policy(.turn(steps: -10))), ("=", .prompt(.value(.weight(0)))), ("0", .policy(.reset)),
                ("a", .policy(.addCandidate)),
                ("p", .policy(.pin)), ("f", .policy(.holdLimits)), ("v", .cyclePane), ("n", .prompt(.note)),
            ]
        case .front:
            ends + [
                ("lj", .move(1)), ("hk", .move(-1)), ("s", .front(.search)), ("S", .front(.searchInside)),
                ("<Space>", .front(.togglePick)), ("K", .prompt(.pickCount)), ("v", .cyclePane),
                ("b", .front(.focusBestInLimits)),
                ("t<Enter>", .front(.tune)), ("x", .front(.cycleAxis(vertical: false))),
                ("y", .front(.cycleAxis(vertical: true))),
                ("W", .front(.toggleWeightsOnly)), ("w", .front(.cycleWhiskers)), ("+", .front(.zoom(1.6))),
                ("-", .front(.zoom(1 / 1.6))), ("0", .front(.fit)), ("[", .front(.pan(across: -0.25, up: 0))),
                ("]", .front(.pan(across: 0.25, up: 0))), ("{", .front(.pan(across: 0, up: -0.25))),
                ("}", .front(.pan(across: 0, up: 0.25))), ("p", .front(.anchor)), ("r", .prompt(.reference)),
                ("n", .prompt(.note)), ("d<Delete>", .front(.hideCandidate)),
                ("<Right>", .front(.step(across: 1, up: 0))), ("<Left>", .front(.step(across: -1, up: 0))),
                ("<Up>", .front(.step(across: 0, up: 1))), ("<Down>", .front(.step(across: 0, up: -1))),
            ]
        case .models:
            armsAndOutcomes + list + [
                ("r", .models(.judge(all: false))), ("R", .models(.judge(all: true))), ("v", .cyclePane),
                ("t", .models(.searchSettings)), ("F", .prompt(.learnerFit)),
            ]
        case .allocate:
            list + [
                ("l<Right>", .allocate(.turn(1))), ("h<Left>", .allocate(.turn(-1))), ("L", .allocate(.turn(10))),
                ("H", .allocate(.turn(-10))), ("=", .prompt(.allocationLimit(0))), ("x", .allocate(.resetLimit)),
                ("o", .allocate(.nextMethod)), ("c", .allocate(.nextCohorts)), ("d", .prompt(.divide)),
                ("s", .allocate(.nextEffects)), ("a", .allocate(.add)), ("C", .allocate(.confirm)),
                ("I", .allocate(.explainLaboratory)), ("r", .allocate(.useLaboratory)),
            ]
        case .budget:
            list + [
                ("l<Right>", .budget(.turn(1))), ("h<Left>", .budget(.turn(-1))), ("L", .budget(.turn(10))),
                ("H", .budget(.turn(-10))), ("=", .prompt(.budget)), ("b", .budget(.nextUnit)),
                ("v", .budget(.nextValue)), ("c", .budget(.nextCost)), ("o", .budget(.nextArm)),
                ("a", .budget(.add)), ("C", .budget(.confirm)),
            ]
        case .online:
            list + [
                ("p", .prompt(.roundPlan)), ("P", .prompt(.picksPlan)), ("=", .prompt(.planSettings)),
                ("r", .prompt(.roundResults)), ("R", .prompt(.roundCovariates)), ("n", .online(.next)),
                ("N", .online(.replicate)), ("l", .prompt(.launch)), ("w", .prompt(.watchedLog)),
                ("A", .prompt(.firstSpec)), ("F", .prompt(.roundsFit)), ("L", .prompt(.watchedLosses)),
                ("W", .prompt(.watchedPolicy)), ("v", .cyclePane), ("o", .online(.cycleOutcome(1))),
                ("O", .online(.cycleOutcome(-1))), ("]<Right>", .online(.turnRound(1))),
                ("[<Left>", .online(.turnRound(-1))), ("d<Delete>", .online(.takeBack)),
            ]
        case .laboratory:
            list + [
                ("r<Enter>", .laboratory(.run)), ("w", .laboratory(.nextWorld)),
                ("l<Right>", .laboratory(.turnNoise(1))), ("h<Left>", .laboratory(.turnNoise(-1))),
                ("+", .laboratory(.turnReplicates(1))), ("-", .laboratory(.turnReplicates(-1))),
                ("=", .prompt(.laboratoryUnits)), ("x", .laboratory(.setUnits(nil))), ("s", .laboratory(.nextOrder)),
                ("<Space>", .laboratory(.toggleMethod)), ("v", .cyclePane),
            ]
        default: []
        }
    }

    private static func table(_ screen: Screen) throws -> [Key: Action] {
        var table: [Key: Action] = [:]
        for row in own(screen) + everywhere {
            for key in try Key.parse(row.keys) { #expect(table.updateValue(row.action, forKey: key) == nil) }
        }
        return table
    }

    @Test(arguments: Screen.allCases) func everyKeyHasItsAction(screen: Screen) throws {
        var bound: [Key: Action] = [:]
        for binding in KeyTable.bindings(screen) {
            for key in binding.keys { #expect(bound.updateValue(binding.action, forKey: key) == nil) }
        }
        let table = try Self.table(screen)
        #expect(Set(bound.keys) == Set(table.keys))
        for (key, action) in table { #expect(bound[key] == action, "\(key.notation) on \(screen)") }
    }

    /// What is typed is what the table says: the log begins with the action, and what is not logged shows on the screen.
    @Test func typingDoesWhatTheTableSays() throws {
        let base = try SampleSession().session.state
        for screen in Screen.allCases {
            for (key, action) in try Self.table(screen) {
                var typed = base
                typed.screen = screen
                typed.policy.focusedKnob = 3
                var reduced = typed
                var action = action
                if action == .prompt(.value(.weight(0))) {
                    action = .prompt(.value(try #require(base.knobs.dropFirst(3).first)))
                }
                if action == .prompt(.allocationLimit(0)) { action = .prompt(.allocationLimit(1)) }
                let work = Input.type(key, into: &typed)
                _ = Reducer.reduce(&reduced, action)
                let logged = work.compactMap { if case .log(let action) = $0 { action } else { nil } }
                #expect(logged == (action.isLogged ? [action] : []), "\(key.notation) on \(screen)")
                #expect(typed.overlay == reduced.overlay && typed.message == reduced.message)
                #expect(typed.shouldQuit == (action == .quit) && typed.clipboard == reduced.clipboard)
                #expect(typed.preferences.mouse == reduced.preferences.mouse && typed.screen == reduced.screen)
            }
            // Any other key says that it means nothing.
            var state = base
            state.screen = screen
            #expect(Input.type(.character("!"), into: &state).isEmpty)
            #expect(state.message == "! means nothing here; ? shows the keys")
        }
    }

    /// Tab goes through the screens and round, BackTab the other way.
    @Test func tabsGoRound() throws {
        var state = WorkbenchState(title: "t")
        var seen: [Screen] = []
        for _ in Screen.allCases where seen.last != .experiment {
            _ = Input.type(.tab, into: &state)
            seen.append(state.screen)
        }
        #expect(seen == [.trees, .cohorts, .policy, .front, .models, .allocate, .budget, .online, .experiment])
        _ = Input.type(.backTab, into: &state)
        #expect(state.screen == .online)
        _ = Input.type(.backTab, into: &state)
        #expect(state.screen == .budget)
    }

    /// Before the effects are there what needs them says so, and asks for nothing.
    @Test(arguments: [
        Action.policy(.addCandidate), .front(.togglePick), .front(.hideCandidate), .front(.pickBest(2)),
        .front(.setReference(nil)), .note("x"), .policy(.holdLimits),
        .front(.search),
        .models(.judge(all: false)), .models(.searchSettings), .policy(.turn(steps: 1)), .policy(.set(.weight(1), 1)),
        .policy(.reset), .policy(.pin), .front(.tune),
        .cycleEstimator, .front(.fit), .export(path: "p"), .report(path: "p"), .prompt(.pickCount),
        .front(.cycleAxis(vertical: true)),
    ]) func whatNeedsEffectsWaitsForThem(action: Action) {
        var state = WorkbenchState(title: "t")
        let jobs = Reducer.reduce(&state, action)
        #expect(state.message == "effects are still being estimated")
        #expect(state.overlay == .none && state.screen == .experiment)
        #expect(
            jobs.allSatisfy { if case .log = $0 { true } else { false } } && state.history.past.isEmpty)
    }
}
