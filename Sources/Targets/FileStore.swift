/// The files of a target: generations of places, of which one is live. The switch between two generations is one rename.
///
/// Whoever changes anything holds the lock first; reading needs none.
public protocol FileStore: Sendable {
    /// Takes the target's lock or throws `lockHeld` with the holder.
    func lock(_ holder: LockHolder) async throws(TargetError) -> any TargetLock
    /// The live generation; nil before the first apply.
    func live() async throws(TargetError) -> Generation?
    /// What a place of the live generation holds; empty and complete before the first apply.
    func read(_ place: Place) async throws(TargetError) -> PlaceContents
    /// What a place of any generation holds, read back from the disk. What can't be read is named and never hides the rest.
    func read(_ place: Place, of generation: UInt64) async throws(TargetError) -> PlaceContents
    /// Writes a new, complete, durable generation that isn't live: the given places replaced (an empty list removes a place), all else as in the live one.
    /// Files whose bytes and mode are equal are carried over untouched. `records` is the whole new list, of all sites.
    /// Throws `unexpectedShape`, and leaves nothing, when a place that would be carried over holds something other than files.
    func stage(_ places: [Place: [PlaceFile]], records: [AppliedRecord]) async throws(TargetError) -> Generation
    /// Makes a complete generation live in one step, durably; nil: none is live (a first apply undone).
    ///
    /// `expected` is the generation that the caller believes to be live. Any other is refused with `overtaken`, so that a writer who overslept
    /// changes nothing; undoing a switch names the two the other way round. When the generation is live already, it is made durable once more.
    func makeLive(_ generation: UInt64?, replacing expected: UInt64?) async throws(TargetError)
    /// Removes a generation that isn't live; one that isn't there is fine.
    func discard(_ generation: UInt64) async throws(TargetError)
    /// The journal left by an apply that did not end; nil when there is none.
    func journal() async throws(TargetError) -> Journal?
    /// Writes the journal durably; nil removes it.
    func write(_ journal: Journal?) async throws(TargetError)
    /// Removes what dead applies left behind: half-written generations, those newer than the live one, and all but the last `keep` before it.
    /// The live generation, those that its records call a baseline, and those that a journal names stay. Not between `stage` and `makeLive`.
    func sweep(keep: Int) async throws(TargetError)
    /// Whether `sweep` would remove something. It only reads, so what another writer has at work counts too.
    func hasLeftovers(keep: Int) async throws(TargetError) -> Bool
    /// A file that a daemon keeps below `/var/lib/deevnet`, by its path there; nil when it isn't there. It may change while it is read.
    func readState(_ path: String) async throws(TargetError) -> [UInt8]?
    /// The directory of a place as the target names it: below the live link, or below a numbered generation.
    func path(of place: Place, in generation: UInt64?) -> String
    /// The same directory as programs that the target's `ProgramRunner` runs see it: in a dry tree, with the root before it.
    func hostPath(of place: Place, in generation: UInt64?) -> String
}
