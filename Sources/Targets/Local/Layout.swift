/// Where deevnet's own files stand on a target; the first slash is left out, since they are opened below the root.
enum Layout {
    /// What holds the live link and the generations.
    static let base = "etc/deevnet"
    /// The generations, by number.
    static let generations = "etc/deevnet/generations"
    /// The name of the one link that says which generation is live.
    static let current = "current"
    /// A generation's list of what was applied, written last: a generation without it is incomplete.
    static let records = "records.json"
    /// What must survive a reboot but isn't configuration.
    static let state = "var/lib/deevnet"
    /// The journal of an apply under way.
    static let journal = "journal.json"
    /// The highest number ever given to a generation.
    static let counter = "last-generation"
    /// The files that are replaced there.
    static let stateFiles = [journal, counter]
    /// What need not survive a reboot.
    static let run = "run/deevnet"
    /// The lock, which also says who holds it.
    static let lock = "lock"

    /// The most that is read of a place.
    static let placeLimit = 256 << 20

    /// A generation's number; nil for any other name, such as `07` or `+7`.
    static func number(_ name: some StringProtocol) -> UInt64? {
        guard let number = UInt64(name), String(number) == name else { return nil }
        return number
    }
}
