/// Our folders for one person, by the XDG base directory specification.
package enum UserFolder: String {
    case config = "XDG_CONFIG_HOME"
    case data = "XDG_DATA_HOME"
    case state = "XDG_STATE_HOME"

    /// Its path; nil where the environment names neither it, absolutely, nor a home.
    package func path(environment: [String: String]) -> String? {
        let named = environment[rawValue].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (named ?? environment["HOME"].map { "\($0)/\(usual)" }).map { $0 + "/espalier" }
    }

    private var usual: String {
        switch self {
        case .config: ".config"
        case .data: ".local/share"
        case .state: ".local/state"
        }
    }
}
