/// This machine, or a dry tree on it.
public struct LocalTarget: Target {
    /// The host that it is.
    public let host: String
    /// How it is reached: `local`, or `local, root /srv/dry/provisioner-ph01`.
    public let summary: String
    /// Whatever it changes, it stays within reach of itself.
    public var isRemote: Bool { false }
    /// Its files.
    public let files: (any FileStore)?
    /// Its services.
    public let services: (any ServiceControl)?
    /// Its programs.
    public let programs: (any ProgramRunner)?
    /// Rooms to try its daemons out.
    public let rehearsals: (any RehearsalRooms)?
    /// A machine has no appliance's API.
    public var calls: (any CallChannel)? { nil }

    /// How long a service that was started must stay before it counts as running.
    private static let probation = Duration.milliseconds(1500)

    /// Makes a target; the root is `/` for the machine itself. systemd is used where it runs, for the machine itself only. Without
    /// `managesServices` it has files alone.
    public init(
        host: String, root: String = "/", gate: SystemGate = SystemGate(), rehearsals: (any RehearsalRooms)? = LocalRehearsals(),
        managesServices: Bool = true
    ) {
        let store = LocalFileStore(root: root, gate: gate)
        let isMachine = store.root == "/"
        let programs = LocalPrograms()
        self.host = host
        self.programs = programs
        self.rehearsals = rehearsals
        summary = isMachine ? "local" : "local, root \(store.root)"
        files = store
        services =
            if !managesServices {
                nil
            } else if isMachine, SystemdServices.isRunning {
                SystemdServices(programs: programs, gate: gate, probation: Self.probation)
            } else {
                PIDFileServices(root: store.root, gate: gate, canStart: isMachine, probation: Self.probation)
            }
    }
}
