extension BudgetScreen {
    package static var terms: [Explained] {
        [Explained(.area), Explained(.interval), Explained(.limit), Explained(.marks)]
    }
}
