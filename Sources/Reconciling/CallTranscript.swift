import Targets

/// The calls made so far, with what undoes each.
struct CallTranscript: Sendable {
    private var made: [(call: UndoableCall, id: String)] = []

    var isEmpty: Bool { made.isEmpty }

    mutating func record(_ call: UndoableCall, id: String) { made.append((call, id)) }

    /// The inverses in the order to make them: the last call's first, with the id that the server gave.
    var inverses: [(call: ApplianceCall, inverse: ApplianceCall?)] {
        made.reversed().map { entry in
            var inverse = entry.call.inverse
            if entry.call.call.verb == .create { inverse?.id = entry.id }
            return (entry.call.call, inverse)
        }
    }
}
