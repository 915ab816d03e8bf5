/// A learner under the name that specs, reports and tables give it.
package struct NamedLearner: Sendable {
    package let name: String
    package let learner: any Learner

    package init(_ name: String, _ learner: any Learner) {
        self.name = name
        self.learner = learner
    }
}
