import Foundation

/// Prints the report with WeasyPrint, where it is installed. It is given a file that refers to nothing else, and a time to be done in.
public struct PDFPrinter: Sendable {
    /// What became of a print.
    enum Outcome: Equatable, Sendable {
        case printed
        case failed(String)
    }

    let executable: URL
    let timeout: Duration

    /// Nil where there is no WeasyPrint in the search path.
    public init?(searchPath: String? = ProcessInfo.processInfo.environment["PATH"], timeout: Duration = .seconds(180)) {
        let folders = (searchPath ?? "/usr/bin").split(separator: ":").filter { $0.hasPrefix("/") }
        let found = folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent("weasyprint") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else { return nil }
        executable = found
        self.timeout = timeout
    }

    /// Prints a page into a file that is there only when this succeeds.
    ///
    /// - Parameter seconds: the time that the document is given as its own, since 1970, so that the same page gives the same bytes.
    func print(_ page: URL, to document: URL, at seconds: Int64) -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = ["--quiet", "--encoding", "utf-8", page.path, document.path]
        process.environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": page.deletingLastPathComponent().path, "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": String(max(0, seconds)), "PYTHONHASHSEED": "0",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch { return .failed("WeasyPrint did not start: \(error)") }
        let limit = timeout.components.seconds
        if ended.wait(timeout: .now() + .seconds(Int(clamping: limit))) == .timedOut {
            process.terminate()
            if ended.wait(timeout: .now() + .seconds(5)) == .timedOut { kill(process.processIdentifier, SIGKILL) }
            try? FileManager.default.removeItem(at: document)
            return .failed("WeasyPrint took longer than \(limit) s")
        }
        guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: document.path) else {
            try? FileManager.default.removeItem(at: document)
            return .failed("WeasyPrint ended with \(process.terminationStatus)")
        }
        return .printed
    }
}
