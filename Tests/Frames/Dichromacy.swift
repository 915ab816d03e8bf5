import Foundation
import Frames

/// How colours look to people who lack a type of cone: Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
enum Dichromacy: CaseIterable {
    case protanopia, deuteranopia, tritanopia

    private var matrix: [[Double]] {
        switch self {
        case .protanopia:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        case .deuteranopia:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .tritanopia:
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    }

    /// The colour as it is seen, in CIE 1976 L*a*b* (D65).
    func lab(of colour: RGB) -> [Double] {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        let light = [colour.red, colour.green, colour.blue].map(linear)
        let seen = matrix.map { row in min(max(zip(row, light).reduce(0) { $0 + $1.0 * $1.1 }, 0), 1) }
        func stimulus(_ red: Double, _ green: Double, _ blue: Double, white: Double) -> Double {
            let value = (red * seen[0] + green * seen[1] + blue * seen[2]) / white
            return value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
        }
        let x = stimulus(0.4124, 0.3576, 0.1805, white: 0.95047)
        let y = stimulus(0.2126, 0.7152, 0.0722, white: 1)
        let z = stimulus(0.0193, 0.1192, 0.9505, white: 1.08883)
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }

    static func difference(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}
