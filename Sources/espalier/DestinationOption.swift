import ArgumentParser

/// Where a result goes.
struct DestinationOption: ParsableArguments {
    @Option(name: .shortAndLong, help: "Where to write; default: standard output.", completion: .file())
    var output: String?
    @OptionGroup var overwriting: OverwriteOption

    func validate() throws { OutputStyle.current.destination = output == "-" ? nil : output }
}

/// Whether a file that is there already may be replaced.
struct OverwriteOption: ParsableArguments {
    @Flag(help: "Replace a file that is there already.")
    var force = false

    func validate() throws { OutputStyle.current.mayOverwrite = force }
}
