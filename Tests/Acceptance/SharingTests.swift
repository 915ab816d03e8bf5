import Foundation
import Testing
import VirtualTerminal

/// Folders whose file systems keep no locks or share no memory, as network homes do: a library put before the C library refuses
/// them.
@Suite struct SharingTests {
    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdarg.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/file.h>
        #include <sys/mman.h>
        static int refuses(const char *what) { return !strcmp(getenv("REFUSED") ? getenv("REFUSED") : "", what); }
        static int control(const char *name, int file, int command, void *argument) {
            if ((command == F_SETLK || command == F_SETLKW || command == F_GETLK) && refuses("locks")) {
                errno = ENOLCK;
                return -1;
            }
            int (*next)(int, int, ...) = (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);
            return next(file, command, argument);
        }
        #define PASS(name) int name(int file, int command, ...) { va_list rest; va_start(rest, command); \
            void *argument = va_arg(rest, void *); va_end(rest); return control(#name, file, command, argument); }
        PASS(fcntl)
        PASS(fcntl64)
        int flock(int file, int operation) {
            if (refuses("locks")) { errno = ENOLCK; return -1; }
            return ((int (*)(int, int))dlsym(RTLD_NEXT, "flock"))(file, operation);
        }
        static void *map(const char *name, void *at, size_t size, int access, int flags, int file, off_t offset) {
            if ((flags & MAP_SHARED) && (access & PROT_WRITE) && file >= 0 && refuses("memory")) {
                errno = ENODEV;
                return MAP_FAILED;
            }
            void *(*next)(void *, size_t, int, int, int, off_t) =
                (void *(*)(void *, size_t, int, int, int, off_t))dlsym(RTLD_NEXT, name);
            return next(at, size, access, flags, file, offset);
        }
        void *mmap(void *a, size_t s, int p, int f, int d, off_t o) { return map("mmap", a, s, p, f, d, o); }
        void *mmap64(void *a, size_t s, int p, int f, int d, off_t o) { return map("mmap64", a, s, p, f, d, o); }
        """

    /// The library, built once; nil where there is no compiler.
    private static let library: String? = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("refusing-\(getpid())")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("refusing.c")
        try? Data(source.utf8).write(to: file)
        let library = folder.appendingPathComponent("refusing.so").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["clang", "-shared", "-fPIC", "-o", library, file.path, "-ldl"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? library : nil
    }()

    @Test(
        .enabled(if: library != nil, "skipped: no compiler to build the refusing library with"),
        arguments: [
            ("memory", "only one process at a time can have a study open in this folder"),
            ("locks", "this folder keeps no locks"),
        ])
    func aStudyIsUsedWithASentence(refused: String, sentence: String) throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        let expected = try SmallStudy.run(["evaluate", study])
        func run(_ arguments: [String]) throws -> (code: Int32, output: String, errors: String) {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try BuiltProduct.path("espalier"))
            process.arguments = arguments
            process.environment = ProcessInfo.processInfo.environment.merging([
                "LD_PRELOAD": try #require(Self.library), "REFUSED": refused,
            ]) { $1 }
            let files = ["out", "errors"].map { small.folder.appendingPathComponent($0) }
            for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
            process.standardOutput = try FileHandle(forWritingTo: files[0])
            process.standardError = try FileHandle(forWritingTo: files[1])
            let start = ContinuousClock.now
            try process.run()
            process.waitUntilExit()
            #expect(ContinuousClock.now - start < .seconds(60))
            let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
            return (process.terminationStatus, texts[0], texts[1])
        }
        let read = try run(["evaluate", study])
        #expect(read.code == 0 && read.output == expected, "\(read.errors)")
        #expect(read.errors.contains(sentence), "\(read.errors)")
        let worked = try run([study, "--keys", "4lla", "--frame", "100x24"])
        #expect(worked.code == 0 && worked.output.contains("1 cand"), "\(worked.errors)\(worked.output)")
        // What was done is in the one file, for everybody.
        let log = try SmallStudy.run(["log", study])
        #expect(log.components(separatedBy: "\"turn\"").count - 1 == 2)
        #expect(try small.frame(study).contains("1 cand"))
    }
}
