import Diagnostics

/// What stands in our place and isn't what we write: a line, a whole file, or what is wrong with one.
public struct ForeignLine: Hashable, Sendable {
    /// The file's name, escaped for display.
    public let file: String
    /// `file:line`; for a whole file its name, or `file:` and what is wrong.
    public let key: String
    /// The text, escaped for display, at most 200 characters of it.
    public let text: String

    /// A line of a file, counted from 1.
    public init(file: String, line: Int, _ text: String) { self.init(file, ":\(line)", text) }

    /// A file that we don't write.
    public init(file: String) { self.init(file, "", "a file that isn't deevnet's") }

    /// Something in the place that is no file.
    public init(stray name: String, noun: String) { self.init(name, "", "\(noun) that isn't deevnet's") }

    /// Something that is wrong with a file as a whole.
    init(file: String, aspect: String, _ text: String) { self.init(file, ":\(aspect)", text) }

    private init(_ file: String, _ place: String, _ text: String) {
        self.file = escapedForDisplay(file)
        key = self.file + place
        self.text = escapedForDisplay(text.count > 200 ? text.prefix(200) + "…" : text)
    }
}
