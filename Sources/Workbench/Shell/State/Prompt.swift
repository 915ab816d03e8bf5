extension Action {
    /// What a line at the bottom asks for.
    package struct Prompt: Sendable {
        let line: any PromptLine

        init(_ line: some PromptLine) { self.line = line }
    }
}

/// A line at the bottom that asks for something: what it says, what it starts with, and what the answer means.
protocol PromptLine: Sendable, Equatable {
    func question(_ state: WorkbenchState) -> String
    func start(_ state: WorkbenchState) -> String
    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer
    /// Why there is nothing to ask now; nil where there is.
    func refusal(_ state: WorkbenchState) -> String?
    /// Whether the answer counts while it is typed; leaving the line takes it back.
    var isLive: Bool { get }
}

extension PromptLine {
    /// Most lines ask for something that effects are needed for.
    func refusal(_ state: WorkbenchState) -> String? { state.facts.workspace == nil ? Reducer.notReady : nil }

    var isLive: Bool { false }
}

extension Reducer {
    /// Opens the line, or says why there is nothing to ask now.
    static func ask(_ prompt: Action.Prompt, in state: inout WorkbenchState) {
        if let refusal = prompt.line.refusal(state) {
            state.message = refusal
        } else {
            state.overlay = .prompt(prompt, text: prompt.line.start(state))
        }
    }
}

enum PromptAnswer {
    case right(Action)
    /// Why it means nothing.
    case wrong(String)
}

extension Action.Prompt: Equatable {
    package static func == (a: Action.Prompt, b: Action.Prompt) -> Bool {
        func equals<Line: PromptLine>(_ line: Line) -> Bool { (b.line as? Line) == line }
        return equals(a.line)
    }
}

/// A prompt concerns this terminal alone and is never logged.
extension Action.Prompt: Codable {
    package init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "a log holds no prompts"))
    }

    package func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(
            self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "a log holds no prompts"))
    }
}
