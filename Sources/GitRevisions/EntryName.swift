import Diagnostics

/// The rules for one part of a path inside an inventory. A name comes from a commit that nobody may have reviewed yet.
struct EntryName {
    /// The name as it was found.
    let bytes: [UInt8]

    /// The name as text, or why it is refused.
    func checked() -> Result<String, NameFault> {
        if isOrdinary { return .success(String(decoding: bytes, as: UTF8.self)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.notUTF8) }
        if bytes.isEmpty { return .failure(.empty) }
        if text == "." || text == ".." { return .failure(.dots) }
        if bytes.count > 255 { return .failure(.tooLong) }
        if bytes.contains(UInt8(ascii: "/")) || bytes.contains(UInt8(ascii: "\\")) { return .failure(.separator) }
        if escapedForDisplay(text) != text { return .failure(.invisible) }
        if bytes.count == 4, text.lowercased() == ".git" { return .failure(.git) }
        return .success(text)
    }

    /// Whether every rule is kept without looking closer: letters, digits, dashes and underscores, with dots after the first.
    private var isOrdinary: Bool {
        guard (1...255).contains(bytes.count), !isHidden else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
            default: false
            }
        }
    }

    /// Whether it is git's own directory.
    var isGit: Bool { bytes.count == 4 && bytes.elementsEqual(".git".utf8) }

    /// Editors, git and desktops keep files of their own under such names; they are nobody's inventory.
    var isHidden: Bool { bytes.first == UInt8(ascii: ".") }

    /// Whether a name ends in `.yml`.
    static func isYAML(_ name: some BidirectionalCollection<UInt8>) -> Bool { name.count >= 4 && name.suffix(4).elementsEqual(".yml".utf8) }

    /// Whether two spellings of the name could differ by case or by how an accent is composed.
    var mayHaveTwin: Bool { bytes.contains { $0 >= 0x80 || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } }
}

/// Why a name is refused.
enum NameFault: Error {
    case notUTF8, empty, dots, tooLong, separator, invisible, git

    /// The rule as the end of a sentence about the name.
    var reason: String {
        switch self {
        case .notUTF8: "is not UTF-8 text"
        case .empty: "has an empty part: the path is absolute or has two slashes in a row"
        case .dots: "would leave its directory"
        case .tooLong: "has a part longer than 255 bytes"
        case .separator: "has a slash or backslash inside a name"
        case .invisible: "has a control or invisible character"
        case .git: "names git's own directory"
        }
    }
}
