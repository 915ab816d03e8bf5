import Foundation

extension TerminalSession {
    /// Asks the terminal (OSC 52) to put text on the user's clipboard, which also works over SSH. There is no answer:
    /// true means that it was sent. Nothing is sent to terminals outside the xterm family or beyond 74,994 bytes of
    /// base64, where some terminals stop.
    @discardableResult
    package func copyToClipboard(_ text: String) -> Bool {
        let payload = Data(text.utf8).base64EncodedString()
        guard capabilities.isXtermLike, payload.utf8.count <= 74_994 else { return false }
        let request = "\u{1B}]52;c;\(payload)\u{07}"
        send(request)
        if environment["TMUX"]?.isEmpty == false {
            // tmux obeys the request itself or passes it on, according to its options; one of the two arrives.
            send("\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\")
        } else if environment["STY"]?.isEmpty == false {
            sendThroughScreen(request)
        }
        return true
    }

    /// screen passes strings on in pieces of at most 768 bytes.
    private func sendThroughScreen(_ request: String) {
        var rest = Substring(request)
        while !rest.isEmpty {
            send("\u{1B}P\(rest.prefix(700))\u{1B}\\")
            rest = rest.dropFirst(700)
        }
    }
}
