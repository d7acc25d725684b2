/// A call to an appliance: a verb, a kind, a server-made id where there is one, and named values.
public struct ApplianceCall: Sendable, Hashable, Codable {
    /// What is asked.
    public enum Verb: String, Sendable, Codable {
        case create, update, delete
    }

    /// What is asked.
    public var verb: Verb
    /// The kind of thing.
    public var kind: String
    /// The server's id; nil for a create.
    public var id: String?
    /// The values, by name.
    public var values: [String: String]

    /// Makes a call.
    public init(_ verb: Verb, kind: String, id: String? = nil, values: [String: String] = [:]) {
        self.verb = verb
        self.kind = kind
        self.id = id
        self.values = values
    }
}

/// A thing as an appliance lists it.
public struct ApplianceObject: Sendable, Hashable {
    /// The server's id.
    public var id: String
    /// The kind of thing.
    public var kind: String
    /// The values, by name.
    public var values: [String: String]

    /// Makes an object.
    public init(id: String, kind: String, values: [String: String]) {
        self.id = id
        self.kind = kind
        self.values = values
    }
}

/// An appliance's API: what is there, and one call at a time; no set of calls is atomic.
public protocol CallChannel: Sendable {
    /// All things of a kind, and whether the list is complete.
    func list(_ kind: String) async throws(TargetError) -> (objects: [ApplianceObject], isComplete: Bool)
    /// Makes one call; returns the id of what it made or changed.
    func perform(_ call: ApplianceCall) async throws(TargetError) -> String
}
