import Diagnostics

/// Text from a repository between quotes, with everything that a terminal might act on, or a reader can't see, spelled out.
func quoted(_ text: String) -> String { "'" + escapedForDisplay(text) + "'" }

/// Bytes as one line of text: bytes that aren't UTF-8 appear as `\xNN`.
func printable(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return escapedForDisplay(text) }
    return bytes.map { byte in
        let digits = String(byte, radix: 16)
        return (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : "\\x" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
}

/// A path as one word of a command line. A mend is made to be copied, and a path may have been chosen by someone who hopes for that.
func shellWord(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "/._-+@%:,".utf8.contains(byte)
        }
    }
    if isPlain, !path.isEmpty, !path.hasPrefix("-") { return path }
    return "'" + escapedForDisplay(path).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
