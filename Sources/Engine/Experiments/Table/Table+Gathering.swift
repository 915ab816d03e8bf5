extension Table.Column {
    /// The values of some records in some order, missing for -1; of a column of numbers or levels, any other stays whole.
    func gathered(_ records: [Int32]) -> Table.Column {
        switch self {
        case .numbers(let values): .numbers(records.map { $0 < 0 ? .nan : values[Int($0)] })
        case .levels(let codes, let names): .levels(codes: records.map { $0 < 0 ? -1 : codes[Int($0)] }, names: names)
        case .keys, .identities: self
        }
    }
}
