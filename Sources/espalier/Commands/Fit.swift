import ArgumentParser
import Experiments
import Foundation
import Studies
import Warehouses

struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Estimate effects, trees and cohorts; write a study.")

    @Argument(help: "The experiment's spec.", completion: .spec)
    var spec: String
    @Option(name: .shortAndLong, help: "The study to write; default: the spec's name, beside it.")
    var output: String?
    @Flag(
        name: .customLong("print-sql"),
        help: "Where the units stay in an engine, print each query on stderr before it runs.")
    var printSQL = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        let path = output ?? StudyPlace.beside(spec: spec)
        try ChangedSpec.settle(spec: spec, study: path, mayAsk: true)
        let former = try? StudyFile(opening: path).description().pooled
        let reservation = try StudyReservation(path)
        let log = printSQL ? QueryLog { Diagnostics.write($0 + ";\n") } : QueryLog()
        let fit = try StudyFit.run(specPath: spec, log: log, context: common.context)
        ProgressLine.clear()
        let study = try Study.create(in: reservation, fit: fit, workers: common.workers)
        try Output.write(FitText.summary(study, fit, path: path))
        if let former {
            let rounds = former.rounds.map(String.init).joined(separator: ", ")
            Diagnostics.write(
                "espalier: the fit before held round \(rounds), too; read the results again and `espalier online refit` holds them.\n"
            )
        }
    }
}

enum FitText {
    /// What a fit has made, and what is to be known of it.
    static func summary(_ study: Study, _ fit: StudyFit, path: String) throws -> String {
        let description = fit.description
        return "\(path): \(description.unitCount) units, \(description.space.armCount) arms, "
            + "\(fit.trees.trees.count) trees, \(fit.trees.cohorts.rows.count) cohorts, fit \(try study.file.fitNumber())\n"
            + (fit.notes + [description.sampleCaveat].compactMap { $0 }).map { "note: \($0)\n" }.joined()
    }
}

/// Where a study goes when nobody says.
enum StudyPlace {
    /// experiment.yaml -> experiment.espalier, in the same folder.
    static func beside(spec: String) -> String {
        let url = URL(fileURLWithPath: spec)
        let name = url.deletingPathExtension().lastPathComponent + ".espalier"
        return spec.contains("/") ? url.deletingLastPathComponent().appendingPathComponent(name).path : name
    }
}
