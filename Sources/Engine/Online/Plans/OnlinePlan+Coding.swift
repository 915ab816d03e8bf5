import Foundation
import Policies
import Runtime

extension OnlinePlan: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, version, name, arms, outcomes, policies, users, slice, assignment, power, provenance
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(Int.self, forKey: .version)
        name = try container.decode(String.self, forKey: .name)
        arms = try container.decode([String].self, forKey: .arms)
        outcomes = try container.decode([Outcome].self, forKey: .outcomes)
        policies = try container.decode([Entry].self, forKey: .policies)
        users = try container.decode(Int.self, forKey: .users)
        slice = try container.decode(Double.self, forKey: .slice)
        assignment = try container.decode(Draws.self, forKey: .assignment)
        power = try container.decode(Double.self, forKey: .power)
        provenance = try container.decode(PolicyDocument.Provenance.self, forKey: .provenance)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.kind, forKey: .kind)
        try container.encode(version, forKey: .version)
        try container.encode(name, forKey: .name)
        try container.encode(arms, forKey: .arms)
        try container.encode(outcomes, forKey: .outcomes)
        try container.encode(policies, forKey: .policies)
        try container.encode(users, forKey: .users)
        try container.encode(slice, forKey: .slice)
        try container.encode(assignment, forKey: .assignment)
        try container.encode(power, forKey: .power)
        try container.encode(provenance, forKey: .provenance)
    }

    /// The JSON text, keys in order, with a final newline.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    private struct Head: Decodable {
        let kind: String
        let version: Int?
    }

    /// Whether a JSON text calls itself a plan.
    package static func isPlan(_ json: Data) -> Bool {
        (try? JSONDecoder().decode(Head.self, from: json))?.kind == kind
    }

    /// Reads and checks a plan.
    /// - Throws: `EspalierError` (.data) that says what is wrong.
    package init(json: Data, file: String) throws {
        let remedy = "plan the round again with `espalier online plan`"
        guard let head = try? JSONDecoder().decode(Head.self, from: json), head.kind == Self.kind else {
            throw EspalierError(.data, "this is no plan of an online test", file: file, remedy: remedy)
        }
        let version = head.version ?? 0
        guard (1...Self.currentVersion).contains(version) else {
            throw EspalierError(
                .data, "the plan has version \(version), which is not known here", file: file,
                remedy: version > Self.currentVersion ? "update espalier" : remedy)
        }
        do {
            self = try JSONDecoder().decode(OnlinePlan.self, from: json)
            try check()
        } catch let error as EspalierError {
            throw EspalierError(.data, error.message, file: file, remedy: error.remedy)
        } catch {
            throw EspalierError(
                .data, "the plan lacks something, or has it in another form", file: file, remedy: remedy)
        }
    }

    /// Tells plans apart, whatever they are written to: 16 hexadecimal digits.
    package func digest() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(SHA256.hexadecimal(of: try encoder.encode(summary)).prefix(16))
    }
}
