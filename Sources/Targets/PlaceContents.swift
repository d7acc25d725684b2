/// What a place holds, and whether that is all of it.
public struct PlaceContents: Sendable, Equatable {
    /// The files by name.
    public var files: [PlaceFile]
    /// Why something could not be read; empty when the contents are complete. Deletes are never made from incomplete contents.
    public var unread: [String]

    /// Whether everything could be read.
    public var isComplete: Bool { unread.isEmpty }

    /// Makes contents.
    public init(files: [PlaceFile] = [], unread: [String] = []) {
        self.files = files
        self.unread = unread
    }
}
