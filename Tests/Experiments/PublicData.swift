import Foundation

/// Public data beside the checkout, where they are.
enum PublicData {
    static let hillstrom: String? = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let path = folder.appendingPathComponent("shared/data/hillstrom.csv.gz").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
}
