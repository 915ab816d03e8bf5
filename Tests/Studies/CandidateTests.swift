import Studies
import Testing

@Suite struct CandidateTests {
    @Test func namesAreShortAndNeverRepeat() {
        #expect(
            [1, 2, 26, 27, 52, 53, 702, 703].map { Candidate.name(of: $0) } == [
                "A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
            ])
        #expect(Set((1...2_000).map { Candidate.name(of: $0) }).count == 2_000)
    }
}
