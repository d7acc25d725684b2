/// Where a provider acts: this machine, a machine behind SSH, an appliance's API.
///
/// A target offers what it can; a provider says what it needs. Nothing above this module knows whether files are local.
public protocol Target: Sendable {
    /// The host that the target is, as the inventory names it.
    var host: String { get }
    /// How the target is reached, for people: `local, root /srv/dry/provisioner-ph01`.
    var summary: String { get }
    /// Whether it is reached over the network, which a change there may cut.
    var isRemote: Bool { get }
    /// Files that switch together; nil where there are none.
    var files: (any FileStore)? { get }
    /// Services that load those files; nil where they can't be controlled.
    var services: (any ServiceControl)? { get }
    /// Checkers and other short-lived programs; nil where none can run.
    var programs: (any ProgramRunner)? { get }
    /// Rooms in which a daemon can be tried out on staged files; nil where there are none.
    var rehearsals: (any RehearsalRooms)? { get }
    /// An appliance's API; nil where there is none.
    var calls: (any CallChannel)? { get }
}
