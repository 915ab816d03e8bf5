import Texts

extension CohortsScreen {
    package static var terms: [Explained] {
        [
            Explained(.cohort) { state in
                "\(NumberText.grouped(CohortRows(state).count)) cohorts are listed."
            }, Explained(.cohortGroup), Explained(.quantileWords), Explained(.leaf), Explained(.honestTree),
            Explained(.interval), Explained(.marks), Explained(.fewEvents),
        ]
    }
}
