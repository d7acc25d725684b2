/// A provider's kind of resource. Kinds are ordered as they should be shown and applied.
public protocol ResourceKind: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
    /// The place of the kind among its provider's kinds.
    var order: Int { get }
    /// How resources of the kind are owned.
    var ownership: Ownership { get }
    /// Whether the kind follows from all others of its provider, as what a process has loaded follows from its files: what changes it is what
    /// changes them.
    var followsFromOthers: Bool { get }
}

extension ResourceKind {
    /// Most kinds stand for themselves.
    public var followsFromOthers: Bool { false }
}
