import Foundation
import Testing
import VirtualTerminal

/// What shells complete and what `man` shows, asked of the shells and of man themselves where they are installed.
@Suite struct CompletionTests {
    private static func isInstalled(_ program: String) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let isThere = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
        if !isThere { print("skipped: \(program) is not installed") }
        return isThere
    }

    /// What a line of a shell prints, in the folder of a study called s.espalier with a candidate A.
    private func output(_ command: [String], _ text: String, in folder: URL) throws -> String {
        let script = folder.appendingPathComponent("script")
        try text.write(to: script, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command + [script.path]
        process.currentDirectoryURL = folder
        let binary = URL(fileURLWithPath: try BuiltProduct.path("espalier")).deletingLastPathComponent().path
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = binary + ":" + (environment["PATH"] ?? "")
        environment["TERM"] = "xterm"
        environment["HOME"] = folder.path
        process.environment = environment
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private func withStudy(_ body: (URL) throws -> Void) throws {
        let small = try SmallStudy()
        defer { try? FileManager.default.removeItem(at: small.folder) }
        let study = small.folder.appendingPathComponent("s.espalier").path
        _ = try SmallStudy.run(["copy", small.fitted, study])
        _ = try SmallStudy.run(["add", study, "--weight", "ctr=1"])
        try body(small.folder)
    }

    @Test func bashCompletesCommandsFilesAndNames() throws {
        guard Self.isInstalled("bash") else { return }
        try withStudy { folder in
            let found = try output(
                ["bash", "--norc"],
                """
                source <(espalier --generate-completion-script bash)
                try() {
                    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
                    $(complete -p espalier | sed 's/.*-F \\([^ ]*\\).*/\\1/') espalier "${@: -1}" "${@: -2:1}"
                    printf '%s:' "${COMPREPLY[@]}"; echo
                }
                try espalier eva
                try espalier evaluate s
                try espalier evaluate s.espalier --candidate ''
                try espalier tree s.espalier --arm cap_l
                try espalier tree s.espalier --outcome ''
                try espalier evaluate s.espalier --weight c
                """, in: folder)
            #expect(
                found.split(separator: "\n") == [
                    "evaluate:", "s.espalier:", "A:", "cap_low:", "sessions:ctr:disables:", "ctr=:",
                ])
        }
    }

    @Test func zshCompletesFilesAndNames() throws {
        guard Self.isInstalled("zsh") else { return }
        try withStudy { folder in
            let found = try output(
                ["zsh", "-f"],
                """
                zmodload zsh/zpty
                mkdir -p functions; espalier --generate-completion-script zsh > functions/_espalier
                zpty shell zsh -f -i
                zpty -w shell "fpath=($PWD/functions \\$fpath); autoload -Uz compinit; compinit -u -D; cd $PWD"
                sleep 1
                for line in 'espalier evaluate s.e' 'espalier evaluate s.espalier --candidate ' \\
                    'espalier tree s.espalier --arm cap_l'; do
                    zpty -w -n shell "$line"$'\\t'; sleep 2
                    zpty -w shell $'\\x01'"echo '"$'\\x05'"'"; sleep 0.3
                done
                sleep 0.5
                while zpty -r -t shell text; do print -r -- "$text"; done
                zpty -d shell
                """, in: folder)
            let lines = found.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(lines.contains("espalier evaluate s.espalier"), "\(lines)")
            #expect(lines.contains("espalier evaluate s.espalier --candidate A"), "\(lines)")
            #expect(lines.contains("espalier tree s.espalier --arm cap_low"), "\(lines)")
        }
    }

    @Test func fishCompletesCommandsAndFiles() throws {
        guard Self.isInstalled("fish") else { return }
        try withStudy { folder in
            let found = try output(
                ["fish", "--no-config"],
                """
                espalier --generate-completion-script fish | source
                complete -C 'espalier eval'
                complete -C 'espalier evaluate s.e'
                """, in: folder)
            let words = found.split(separator: "\n").map { $0.split(separator: "\t")[0] }
            #expect(words == ["evaluate", "s.espalier"], "\(found)")
            // Names are asked for by a shell at a terminal only.
            let binary = URL(fileURLWithPath: try BuiltProduct.path("espalier")).deletingLastPathComponent().path
            let shell = try VirtualTerminal(
                executable: "/usr/bin/env",
                arguments: [
                    "fish", "--no-config", "-C",
                    "cd \(folder.path); espalier --generate-completion-script fish | source",
                ],
                environment: [
                    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": folder.path,
                    "PATH": binary + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
                ], size: (160, 24))
            shell.type("espalier tree s.espalier --arm cap_l\t")
            try shell.waitFor("--arm cap_low")
            shell.type("--outcome c\t")
            try shell.waitFor("--outcome ctr")
            shell.hangUp()
        }
    }

    @Test func theManualHasEveryCommandAndOption() throws {
        let page = try SmallStudy.run(["manual"])
        for command in ["evaluate", "online plan", "assign", "copy"] {
            #expect(page.contains(".SS \"espalier \(command.replacing("-", with: "\\-"))"), "\(command)")
        }
        #expect(page.contains("\\fB\\-\\-candidate\\fR \\fIcandidate\\fR") && page.contains(".SH LIMITS"))
        guard Self.isInstalled("man") else { return }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).1")
        defer { try? FileManager.default.removeItem(at: file) }
        try page.write(to: file, atomically: true, encoding: .utf8)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let shown = try output(["sh"], "MANWIDTH=80 man --warnings -l \(file.path) 2>&1", in: folder)
        // Lines are filled with blanks.
        let words = shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("espalier - A workbench") && shown.contains("threshold: {relative: -0.02}"))
        #expect(!shown.contains("warning:"), "\(shown.split(separator: "\n").filter { $0.contains("warning:") })")
    }
}
