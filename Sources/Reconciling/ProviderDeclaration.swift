import Diagnostics
public import InventorySchema
import SiteCompiler

/// What a provider can and can't do.
public struct ProviderDeclaration: Sendable {
    /// What holds when an apply fails half-way.
    public enum Guarantee: String, Sendable {
        /// All or nothing.
        case transaction
        /// Undone unless confirmed.
        case confirmed
        /// Each change by itself.
        case perChange
    }

    /// The roles it can serve.
    public var roles: [Authority.Role]
    /// What holds when an apply fails half-way.
    public var guarantee: Guarantee
    /// What it doesn't do, each with its reason.
    public var limits: [String]
    /// Why its changes aren't rehearsed: tried out with the real daemon before they are live; nil: they are.
    public var unrehearsed: String?

    /// Makes a declaration.
    public init(roles: [Authority.Role], guarantee: Guarantee, limits: [String], unrehearsed: String?) {
        self.unrehearsed = unrehearsed
        self.roles = roles
        self.guarantee = guarantee
        self.limits = limits
    }
}
