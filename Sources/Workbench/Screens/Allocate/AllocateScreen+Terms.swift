extension AllocateScreen {
    package static var terms: [Explained] {
        [
            Explained(.plugIn), Explained(.corrected), Explained(.folds), Explained(.splits), Explained(.price),
            Explained(.cohort), Explained(.limit), Explained(.marks),
        ]
    }
}
