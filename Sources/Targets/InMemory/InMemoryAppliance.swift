/// An appliance in memory: things are made by calls, get ids from the server, and no set of calls is atomic.
public actor InMemoryAppliance: CallChannel {
    /// When a call goes wrong.
    public enum Moment: Sendable {
        /// Nothing has changed.
        case before
        /// The change was made, but the caller hears of a failure.
        case after
    }

    private var things: [String: ApplianceObject] = [:]
    private var made = 0
    private var incomplete: Set<String> = []
    private var failure: (number: Int, moment: Moment)?

    /// The calls that were made, failed ones included.
    public private(set) var calls: [ApplianceCall] = []

    /// Makes an empty appliance.
    public init() {}

    /// Puts a thing there that nobody asked for; returns its id.
    @discardableResult
    public func plant(_ kind: String, _ values: [String: String]) -> String { make(kind, values) }

    /// Makes the list of a kind incomplete (it shows all but the last thing), or complete again.
    public func setIncomplete(_ kind: String, _ isIncomplete: Bool) {
        if isIncomplete { incomplete.insert(kind) } else { incomplete.remove(kind) }
    }

    /// Makes the n-th call from now fail, once.
    public func fail(call number: Int, _ moment: Moment = .before) { failure = (calls.count + number, moment) }

    /// All things of a kind by id, and whether that is all.
    public func list(_ kind: String) async throws(TargetError) -> (objects: [ApplianceObject], isComplete: Bool) {
        let all = things.values.filter { $0.kind == kind }.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) }
        return incomplete.contains(kind) ? (all.dropLast(), false) : (all, true)
    }

    /// Makes one call; an update replaces the values that it names.
    public func perform(_ call: ApplianceCall) async throws(TargetError) -> String {
        calls.append(call)
        let isFailing = failure?.number == calls.count
        let moment = failure?.moment
        if isFailing { failure = nil }
        if isFailing, moment == .before {
            throw TargetError(.refused, "\(call.verb.rawValue) of a \(call.kind) was refused: the test says so")
        }
        let id = try apply(call)
        if isFailing {
            throw TargetError(.unreachable, "\(call.verb.rawValue) of a \(call.kind): the connection was lost before the answer")
        }
        return id
    }

    private func apply(_ call: ApplianceCall) throws(TargetError) -> String {
        if call.verb == .create {
            guard call.id == nil else { throw TargetError(.refused, "ids are made by the server") }
            return make(call.kind, call.values)
        }
        guard let id = call.id, var thing = things[id], thing.kind == call.kind else {
            throw TargetError(.refused, "there is no \(call.kind) with the id '\(call.id ?? "")'")
        }
        if call.verb == .delete {
            things[id] = nil
        } else {
            thing.values.merge(call.values) { $1 }
            things[id] = thing
        }
        return id
    }

    private func make(_ kind: String, _ values: [String: String]) -> String {
        made += 1
        let id = "\(kind)-\(made)"
        things[id] = ApplianceObject(id: id, kind: kind, values: values)
        return id
    }
}
