import Frames
import Runtime
import Testing

/// The XDG base directory specification: a variable that is not an absolute path counts for nothing.
@Suite struct UserFolderTests {
    @Test func foldersAreNamedByTheEnvironmentOrLieAtHome() {
        let home = ["HOME": "/home/ann", "XDG_DATA_HOME": "relative"]
        #expect(UserFolder.data.path(environment: home) == "/home/ann/.local/share/espalier")
        #expect(UserFolder.config.path(environment: home) == "/home/ann/.config/espalier")
        #expect(UserFolder.state.path(environment: ["XDG_STATE_HOME": "/var/s"]) == "/var/s/espalier")
        #expect(UserFolder.state.path(environment: [:]) == nil)
    }
}
