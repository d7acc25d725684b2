public import Diagnostics

/// Something on a target that stands in a plan's way and isn't ours: an apply refuses until it is gone, or somebody adopts it by its address.
public struct Stranger: Sendable, Hashable {
    /// What an apply does to it once it is adopted.
    public enum Fate: String, Sendable {
        /// It is as it should be, and is ours from then on.
        case kept
        /// What should be there stands in its place.
        case replaced
        /// It is taken away.
        case removed
    }

    /// Its kind, as addresses have it: `file`, `process`.
    public var kind: String
    /// Its key.
    public var key: String
    /// What it is, in one phrase.
    public var what: String
    /// What becomes of it; nil: it can't be adopted, and has to go.
    public var fate: Fate?
    /// What to do where it can't be adopted.
    public var mend: String?

    /// Makes a stranger.
    public init(kind: String, key: String, what: String, fate: Fate?, mend: String? = nil) {
        self.kind = kind
        self.key = key
        self.what = what
        self.fate = fate
        self.mend = mend
    }
}

extension Stranger {
    /// The finding that an apply refuses with.
    public func diagnostic(at address: ResourceAddress) -> Diagnostic {
        Diagnostic(
            .notOurs, "\(address) isn't ours: \(what)",
            mend: fate.map { "move it away, or have it \($0.rawValue) with --adopt \(address)" } ?? mend ?? "take it away",
            site: address.site)
    }
}
