/// Files joined to the first one on the unit (`data:` as a list).
package struct JoinSpec: Sendable, Equatable, Codable {
    /// Column of the first file that holds each unit's date of exposure.
    package var exposure: String?
    package var files: [JoinedFile]
    /// How the first file's rows become units where each unit has several; nil where it has one.
    package var log: ExposureLog?

    package init(exposure: String? = nil, files: [JoinedFile], log: ExposureLog? = nil) {
        self.exposure = exposure
        self.files = files
        self.log = log
    }
}

extension ExperimentSpec {
    /// All data files, the one with units and treatment first, relative to the spec's folder.
    package var dataFiles: [String] { [data] + (join?.files.map(\.file) ?? []) }
}
