extension OnlineScreen {
    package static var terms: [Explained] {
        [
            Explained(.line), Explained(.maxT), Explained(.probabilityBest), Explained(.sampleRatio),
            Explained(.sequence), Explained(.limit), Explained(.marks),
        ]
    }
}
