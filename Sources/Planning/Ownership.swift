/// How a provider knows that something on a target is its own, and what becomes of it when it is no longer desired.
public enum Ownership: String, Sendable, CaseIterable {
    /// By where it stands (a directory, a zone, a table): what isn't desired is removed.
    case place
    /// By a mark it carries with the site in it (a comment, a tag): what isn't desired is removed.
    case mark
    /// One attribute of somebody else's thing: reset to a declared rest value.
    case attribute
    /// Removed only by a command of its own.
    case keep
}
