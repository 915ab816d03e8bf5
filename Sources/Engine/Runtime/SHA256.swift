import CCrypto

/// SHA-256 (FIPS 180-4), by which data files and specs are told apart; libcrypto's, which uses what the processor has for it.
///
/// - Complexity: O(bytes), about a second for two gigabytes where the processor has instructions for it.
package struct SHA256: ~Copyable {
    private let context: OpaquePointer

    package init() {
        // Fails only where there is no memory left for a few hundred bytes: SHA-256 is in every libcrypto, its FIPS provider too.
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            fatalError("libcrypto cannot begin a SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// The digest of bytes held in memory, as 64 lower-case hexadecimal digits.
    package static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        let hash = SHA256()
        Array(bytes).withUnsafeBytes { hash.update($0) }
        return hash.finish()
    }

    /// Takes in the next bytes of the message.
    package borrowing func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// Closes the message and returns its digest as 64 lower-case hexadecimal digits.
    package consuming func finish() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &digest, nil)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
