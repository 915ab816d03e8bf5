import Pooling
import Testing

struct TaskSumsTests {
    @Test func widthIsKept() { #expect(TaskSums(width: 3, outcomeCount: 1).width == 3) }
}
