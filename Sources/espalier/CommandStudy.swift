import Foundation
import Statistics
import Studies

/// Studies as commands open them: a change of the data is said, never ignored.
enum CommandStudy {
    static func open(_ path: String) throws -> Study {
        let study = try Study(opening: path)
        if study.file.dataIsUnchanged(study.description) == false {
            FileHandle.standardError.write(
                Data(
                    "espalier: \(study.description.dataPath) has changed since the study was fitted; results are those of the old data.\n"
                        .utf8))
        }
        return study
    }
}
