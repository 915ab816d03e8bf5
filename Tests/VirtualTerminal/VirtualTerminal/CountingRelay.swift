import Foundation
import Glibc
import Synchronization

/// Takes TCP connections on the loopback interface, passes them on to another port there, and counts what comes back.
final class CountingRelay: Sendable {
    let port: UInt16
    private let target: UInt16
    private let listener: Int32
    private let count = Atomic<Int>(0)

    var bytesFromServer: Int { count.load(ordering: .relaxed) }

    init(to target: UInt16) throws {
        self.target = target
        (listener, port) = try Self.listen()
        Thread.detachNewThread { [self] in accept() }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// A port nobody listens on at the moment.
    static func freePort() throws -> UInt16 {
        let (descriptor, port) = try listen()
        close(descriptor)
        return port
    }

    /// Waits until the target accepts.
    func waitForServer() throws {
        for _ in 0..<200 {
            if let descriptor = connectToTarget() {
                close(descriptor)
                return
            }
            usleep(50_000)
        }
        throw VirtualTerminalError(description: "the server on port \(target) did not start in 10 s")
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            guard let server = connectToTarget() else {
                close(client)
                continue
            }
            Thread.detachNewThread { [self] in pass(from: server, to: client, counting: true) }
            Thread.detachNewThread { [self] in pass(from: client, to: server, counting: false) }
        }
    }

    private func pass(from source: Int32, to target: Int32, counting: Bool) {
        var block = [UInt8](repeating: 0, count: 65536)
        while true {
            let received = read(source, &block, block.count)
            guard received > 0 else { break }
            if counting { count.add(received, ordering: .relaxed) }
            var sent = 0
            while sent < received {
                let written = block.withUnsafeBytes {
                    send(target, $0.baseAddress?.advanced(by: sent), received - sent, Int32(MSG_NOSIGNAL))
                }
                guard written > 0 else { break }
                sent += written
            }
        }
        shutdown(target, Int32(SHUT_WR))
        // The descriptors end with the process: a test has few, and the other direction may still use them.
    }

    private func connectToTarget() -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let connected = Self.withAddress(port: target) { connect(descriptor, $0, $1) }
        guard connected == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func listen() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withAddress(port: 0) { bind(descriptor, $0, $1) }
        let named = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard bound == 0, named == 0, Glibc.listen(descriptor, 8) == 0 else {
            throw VirtualTerminalError(description: "no port can be opened: \(String(cString: strerror(errno)))")
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    private static func withAddress(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
