import Runtime
import Testing

@Suite struct MD5Tests {
    /// RFC 1321's own examples, and lengths around a block's end, whose digests are those of Python's hashlib.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (String(repeating: "x", count: 55), "04364420e25c512fd958a70738aa8f72"),
        (String(repeating: "x", count: 56), "668a72d5ba17f08e62dabcafad6db14b"),
        (String(repeating: "x", count: 64), "c1bb4f81d892b2d57947682aeb252456"),
    ])
    func digests(text: String, digest: String) {
        let words = MD5.words(of: text)
        let digits = [words.first, words.second, words.third, words.fourth].map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 8 - text.count) + text
        }
        #expect(digits.joined() == digest)
    }
}
