/// A target in memory, with whatever a test gives it.
public struct InMemoryTarget: Target {
    /// The host that it stands for.
    public var host: String
    /// How it is reached.
    public var summary: String { "in memory" }
    /// Whether it counts as reached over the network.
    public var isRemote: Bool
    /// Its files.
    public var files: (any FileStore)?
    /// Its daemons.
    public var services: (any ServiceControl)?
    /// Its programs.
    public var programs: (any ProgramRunner)?
    /// Its rooms.
    public var rehearsals: (any RehearsalRooms)?
    /// Its API.
    public var calls: (any CallChannel)?

    /// Makes a target of parts.
    public init(
        host: String, isRemote: Bool = false, files: (any FileStore)? = nil, services: (any ServiceControl)? = nil,
        programs: (any ProgramRunner)? = nil, rehearsals: (any RehearsalRooms)? = nil,
        calls: (any CallChannel)? = nil
    ) {
        self.host = host
        self.isRemote = isRemote
        self.files = files
        self.services = services
        self.programs = programs
        self.rehearsals = rehearsals
        self.calls = calls
    }
}

/// Programs in memory: a function answers in their place; nil says that the program isn't there.
public struct InMemoryPrograms: ProgramRunner {
    private let answer: @Sendable ([String]) -> ProgramResult?

    /// Makes programs; without a function each ends well and says nothing.
    public init(_ answer: @escaping @Sendable ([String]) -> ProgramResult? = { _ in ProgramResult(status: 0, output: "") }) {
        self.answer = answer
    }

    /// What the function answers.
    public func run(_ command: [String], within seconds: Int) async throws(TargetError) -> ProgramResult {
        guard let result = answer(command) else { throw TargetError(.programMissing, "\(command.first ?? "") isn't there") }
        return result
    }
}
