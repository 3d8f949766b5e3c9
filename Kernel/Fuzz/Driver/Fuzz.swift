import FuzzTargets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// The fuzzer of every target, so that one build serves all: the environment's FUZZ_TARGET names it, and the arguments are
// libFuzzer's, whose main this runs under. With FUZZ_SEEDS it writes what the target begins with to that folder, and ends.

private let target: FuzzTarget = {
    guard let name = getenv("FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
        print("FUZZ_TARGET must be one of: " + FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))
        exit(2)
    }
    return target
}()

@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<Int32>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> Int32 {
    guard let folder = getenv("FUZZ_SEEDS") else { return 0 }
    for (index, seed) in target.seeds.enumerated() {
        let path = "\(String(cString: folder))/seed-\(index)"
        guard let file = fopen(path, "wb") else {
            print("cannot write \(path)")
            exit(1)
        }
        fwrite(seed, 1, seed.count, file)
        fclose(file)
    }
    exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    do {
        try target.run([UInt8](UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
        fatalError("\(error)")
    }
    return 0
}
