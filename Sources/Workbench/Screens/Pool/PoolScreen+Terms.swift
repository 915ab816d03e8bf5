extension PoolScreen {
    package static var terms: [Explained] { [Explained(.effectiveRank), Explained(.marks)] }
}
