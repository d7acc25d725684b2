import Diagnostics
import InventorySchema
public import Planning
import SiteCompiler
public import Targets

/// States kept as files of one place. `parse(render(x)) == x`, and `render` gives the same bytes for the same states on any machine.
public protocol FileMechanism<State>: Sendable {
    associatedtype State: ResourceState
    /// The directory it owns.
    var place: Place { get }
    /// The daemon that loads it, named `deevnet-<provider>@<site>` after its place: recovery finds its files by that. Nil: nothing has to be told.
    var service: ServiceUnit? { get }
    /// The files for the states, by name.
    func render(_ desired: DesiredSet<State>) -> [PlaceFile]
    /// The lines that say a state, each with its file; none for what isn't kept in files.
    func lines(of state: State) -> [(file: String, line: String)]
    /// The states in the files; what isn't ours in them comes back as foreign states.
    func parse(_ files: [PlaceFile]) -> ObservedSet<State>
    /// Commands of the daemon's own checker for the files in a directory, run before the switch; each must exit 0.
    func checks(directory: String, files: [PlaceFile]) -> [[String]]
    /// Runs the real daemon on the staged files in a room of its own, and asks it for all that changes. Called only where the provider's
    /// declaration doesn't say why it isn't.
    func rehearse(_ rehearsal: Rehearsal<State>, in rooms: any RehearsalRooms) async -> RehearsalOutcome
    /// What makes a change from one set of files to another live.
    func activation(from old: [PlaceFile], to new: [PlaceFile]) -> Cost
    /// What is left to do once the daemon has loaded the files, so that they take effect at once; what was done, for people. It undoes nothing
    /// and is never worth a rollback.
    func settle(_ files: [PlaceFile], on target: any Target) async -> [String]
    /// Asks the running daemon whether it has loaded the files and answers; nil when it does, else what is wrong.
    func health(_ files: [PlaceFile], on target: any Target) async -> String?
}

extension FileMechanism {
    /// For daemons that can't be tried out.
    public func rehearse(_ rehearsal: Rehearsal<State>, in rooms: any RehearsalRooms) async -> RehearsalOutcome {
        .notPossible("the provider can't")
    }

    /// Most daemons have nothing left to do.
    public func settle(_ files: [PlaceFile], on target: any Target) async -> [String] { [] }
}
