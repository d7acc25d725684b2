/// Changes that follow from one cause, as plans show them: the cause once, its consequences under it.
public struct CauseGroup: Sendable {
    /// The cause that all the changes have first.
    public var cause: Cause?
    /// Why they differ.
    public var reason: Reason
    /// The changes, by address.
    public var changes: [Change]

    /// The gravest risk among the changes.
    public var risk: Risk { changes.lazy.map(\.risk).max() ?? .routine }

    /// Folds changes under their causes: the gravest group first, then by the cause's path.
    public static func fold(_ changes: [Change]) -> [CauseGroup] {
        var index: [Key: Int] = [:]
        var groups: [CauseGroup] = []
        for change in changes {
            let key = Key(path: change.causes.first?.path ?? "", reason: change.reason)
            if let position = index[key] {
                groups[position].changes.append(change)
            } else {
                index[key] = groups.count
                groups.append(CauseGroup(cause: change.causes.first, reason: change.reason, changes: [change]))
            }
        }
        return groups.sorted { a, b in
            if a.risk != b.risk { return a.risk > b.risk }
            return (a.cause?.path ?? "", a.reason.rawValue) < (b.cause?.path ?? "", b.reason.rawValue)
        }
    }

    private struct Key: Hashable {
        var path: String
        var reason: Reason
    }
}
