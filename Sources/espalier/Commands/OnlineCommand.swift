import ArgumentParser

struct OnlineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "online", abstract: "Online tests of policies: what came out against what was promised.",
        subcommands: [
            OnlinePlanCommand.self, OnlineRead.self, OnlineNext.self, OnlineRefit.self, OnlineLaunch.self,
            OnlineMonitor.self,
            OnlineLine.self,
        ])
}
