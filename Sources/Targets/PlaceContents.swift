/// What a place holds, and whether that is all of it.
public struct PlaceContents: Sendable, Equatable {
    /// The files by name.
    public var files: [PlaceFile]
    /// What stands there and is no file, such as a directory or a link: its name, and what it is. It goes with the next switch.
    public var strays: [Stray]
    /// Why something could not be read; empty when the contents are complete. Deletes are never made from incomplete contents.
    public var unread: [String]

    /// Whether everything could be read.
    public var isComplete: Bool { unread.isEmpty }

    /// Something that is no file.
    public struct Stray: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// What it is: `a directory`, `a symbolic link`.
        public var noun: String

        /// Makes a stray.
        public init(name: String, noun: String) {
            self.name = name
            self.noun = noun
        }
    }

    /// Makes contents.
    public init(files: [PlaceFile] = [], strays: [Stray] = [], unread: [String] = []) {
        self.strays = strays
        self.files = files
        self.unread = unread
    }
}
