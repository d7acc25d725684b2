import Targets

/// The calls made so far, with what undoes each.
struct CallTranscript: Sendable {
    /// What can be done about a call.
    enum Undo: Sendable {
        /// This call undoes it.
        case call(ApplianceCall)
        /// Nothing undoes it.
        case nothing
        /// Nobody knows whether it was made, and what would undo it would do harm if it wasn't.
        case unknown
    }

    private var made: [(call: UndoableCall, id: String?)] = []

    var isEmpty: Bool { made.isEmpty }

    /// Notes a call that was answered.
    mutating func record(_ call: UndoableCall, id: String) { made.append((call, id)) }

    /// Notes a call whose answer was lost.
    mutating func lose(_ call: UndoableCall) { made.append((call, nil)) }

    /// The inverses in the order to make them: the last call's first, with the id that the server gave.
    var inverses: [(call: ApplianceCall, undo: Undo)] { made.reversed().map { ($0.call.call, Self.undo($0.call, id: $0.id)) } }

    private static func undo(_ call: UndoableCall, id: String?) -> Undo {
        // To write the old values is right whether the new ones were written or not.
        if id == nil, call.call.verb != .update { return .unknown }
        guard var inverse = call.inverse else { return .nothing }
        if call.call.verb == .create { inverse.id = id }
        return .call(inverse)
    }
}
