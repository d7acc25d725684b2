public import Diagnostics
import SiteCompiler

/// What was found on a target: on disk and running. Deletes can be made only of kinds that were observed completely.
public struct ObservedSet<State: ResourceState>: Sendable {
    /// The resources found, sorted.
    public let resources: [State]
    /// What could not be read, with the reason, by kind; a kind that is named here neither gains nor loses anything.
    public let unread: [State.Kind: String]
    /// Kinds that can't exist on this target, with the reason: a dry tree runs no service.
    public let inapplicable: [State.Kind: String]
    /// Things worth telling that are no resources, such as a lease that stands in the way.
    public let remarks: [Remark]
    /// What stands in the way and isn't ours.
    public let strangers: [Stranger]

    /// Something seen on the target that bears on a resource.
    public struct Remark: Sendable {
        /// The resource it bears on.
        public var kind: State.Kind
        /// Its key.
        public var key: String
        /// The finding's code.
        public var code: DiagnosticCode
        /// What was seen, and what follows.
        public var message: String
        /// What to do.
        public var mend: String?

        /// Makes a remark.
        public init(kind: State.Kind, key: String, code: DiagnosticCode, message: String, mend: String? = nil) {
            self.kind = kind
            self.key = key
            self.code = code
            self.message = message
            self.mend = mend
        }
    }

    /// Sorts what was found. Of two with one kind and key the first is kept: a target may hold what we would never write.
    @inlinable
    public init(
        _ resources: [State], unread: [State.Kind: String] = [:], inapplicable: [State.Kind: String] = [:], remarks: [Remark] = [],
        strangers: [Stranger] = []
    ) {
        var unique: [State] = []
        unique.reserveCapacity(resources.count)
        for state in resources.sorted(by: State.precedes) {
            if let last = unique.last, !State.precedes(last, state) { continue }
            unique.append(state)
        }
        self.resources = unique
        self.unread = unread
        self.inapplicable = inapplicable
        self.remarks = remarks
        self.strangers = strangers
    }

    /// Whether everything of a kind was read.
    public func isComplete(_ kind: State.Kind) -> Bool { unread[kind] == nil && inapplicable[kind] == nil }
}
