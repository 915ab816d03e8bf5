import Frames
import Testing

@Suite struct FrameTests {
    @Test(arguments: [(0, 0), (1, 1), (-3, 5), (2, 0), (80, 24), (Int.max, 1)])
    func nothingTrapsAtAnySize(width: Int, height: Int) {
        for glyphs in [GlyphSet.unicode, .ascii] {
            var frame = Frame(width: width, height: height, glyphs: glyphs)
            for place in [Int.min, -1, 0, 1, 79, Int.max] {
                frame.write("漢字 text", x: place, y: place, overflow: .ellipsis)
                frame.write("漢字 text", in: Rect(x: place, y: place, width: place, height: place), align: .right)
                frame.fill(Rect(x: place, y: 0, width: Int.max, height: Int.max))
                frame.apply(.bold, in: Rect(x: place, y: place, width: 9, height: 9))
                frame.horizontalRule(y: place, from: place, to: Int.max)
                frame.verticalRule(x: place, from: Int.min, to: place)
                frame.box(Rect(x: place, y: place, width: 5, height: 3), title: "title")
            }
            #expect(frame.cells.count == frame.width * frame.height)
            #expect(frame.text.split(separator: "\n", omittingEmptySubsequences: false).count == frame.height + 1)
        }
    }

    @Test func textIsAlignedAndCut() {
        var frame = Frame(width: 10, height: 5)
        let area = Rect(x: 1, y: 0, width: 8, height: 5)
        frame.write("left", in: area, row: 0)
        frame.write("right", in: area, row: 1, align: .right)
        frame.write("mid", in: area, row: 2, align: .centre)
        frame.write("much too long", in: area, row: 3)
        frame.write("much too long", in: area, row: 4, overflow: .cut)
        #expect(frame.text == " left\n    right\n   mid\n much to…\n much too\n")
    }

    @Test func clippingHoldsOnEverySide() {
        var frame = Frame(width: 6, height: 1)
        let after = frame.write("abcdefgh", x: -2, y: 0, in: Rect(x: 1, y: 0, width: 3, height: 1))
        #expect(frame.text == " def\n")
        #expect(after == 6)
    }

    @Test func halvesOfWideCharactersNeverStandAlone() {
        var frame = Frame(width: 4, height: 1)
        frame.write("漢字", x: 0, y: 0)
        frame.write("x", x: 1, y: 0)
        #expect(frame.text == " x字\n")
        frame.write("y", x: 2, y: 0)
        #expect(frame.text == " xy\n")
        frame.write("漢", x: 3, y: 0)
        #expect(frame[3, 0].scalar == " ")
        #expect(!frame.cells.contains { $0.isContinuation })
    }

    @Test func linesJoinWhereTheyMeet() {
        var frame = Frame(width: 7, height: 5)
        frame.box(frame.bounds)
        frame.horizontalRule(y: 2, from: 0, to: 6)
        frame.verticalRule(x: 3, from: 0, to: 2)
        frame.verticalRule(x: 5, from: 0, to: 4)
        #expect(frame.text == "┌──┬─┬┐\n│  │ ││\n├──┴─┼┤\n│    ││\n└────┴┘\n")
    }

    @Test func linesJoinInASCII() {
        var frame = Frame(width: 5, height: 3, glyphs: .ascii)
        frame.box(frame.bounds)
        frame.verticalRule(x: 2, from: 0, to: 2)
        #expect(frame.text == "+-+-+\n| | |\n+-+-+\n")
    }

    @Test func rolesMirrorTheText() {
        var frame = Frame(width: 8, height: 2)
        frame.write("ab", x: 0, y: 0, style: .good)
        frame.write("c", x: 2, y: 0, style: .bad.bold)
        frame.write("字", x: 4, y: 0, style: .series(2))
        frame.write("d", x: 6, y: 0, style: .series(0).dimmed)
        frame.write("t", x: 0, y: 1)
        #expect(frame.roles == "ggX 33!\nt\n")
    }

    @Test func everyRoleHasLettersOfItsOwn() {
        let letters = Role.allCases.flatMap { [$0.letter, $0.shiftedLetter] }
        #expect(Set(letters).count == letters.count)
    }

    @Test func asciiFramesHoldNothingElse() {
        var frame = Frame(width: 30, height: 2, glyphs: .ascii)
        frame.write("é ± × α ✓ ✗ ▲ 漢 ⠿ → “x” ñ", x: 0, y: 0)
        frame.write("日本", x: 28, y: 1)
        #expect(frame.text == "e ~ x a Y N ^ ?  . > \"x\" n\n                            ?\n")
        #expect(frame.cells.allSatisfy { $0.scalar.isASCII && $0.scalar.value >= 0x20 })
    }

    @Test func rectanglesSplitWithoutLoss() {
        let rect = Rect(x: 2, y: 3, width: 80, height: 24)
        let (left, rest) = rect.splitLeft(36)
        #expect(left.width + rest.width == 80 && rest.x == 38)
        #expect(rect.splitTop(100).rest.isEmpty && rect.splitBottom(-1).bottom.isEmpty)
        let columns = rect.columns([1, 2, 1], gap: 1)
        #expect(columns.map(\.width).reduce(0, +) == 78)
        #expect(columns.last?.maxX == rect.maxX)
        #expect(rect.rows([.nan, 1]).map(\.height) == [0, 24])
        #expect(rect.inset(x: 50, y: 1).isEmpty)
        #expect(rect.centred(width: 10, height: 4) == Rect(x: 37, y: 13, width: 10, height: 4))
    }
}
