import Foundation
import Synchronization

/// Keeps a second process from opening the same store: what is live in memory (replay windows above all) has one owner.
/// The kernel lets the lock go when the process ends, however it ends.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    init(beside path: String) throws(StorageError) {
        let name = path + "-lock"
        let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .inaccessible(path: name, detail: "cannot be made: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path: path)
        }
        self.descriptor = Mutex(descriptor)
    }

    func release() {
        descriptor.withLock { held in
            if let number = held { close(number) }
            held = nil
        }
    }

    deinit { release() }
}
