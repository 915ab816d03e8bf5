/// Where the analyst looks on a screen of which no study keeps anything.
package protocol UnsavedState: ScreenState {}

extension UnsavedState {
    package init(from decoder: any Decoder) throws { self.init() }

    /// Writes an empty object, as for any screen of which nothing is kept.
    package func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: NoKey.self) }
}

private enum NoKey: CodingKey {}
