/// One create, update, replace or delete with its reason.
public struct Change: Sendable, Hashable {
    /// The resource.
    public var address: ResourceAddress
    /// What is done to it.
    public var action: Action
    /// What changes of it.
    public var attributes: [AttributeChange]
    /// Why it differs.
    public var reason: Reason
    /// The facts it follows from, the nearest first.
    public var causes: [Cause]
    /// What must be done before it, of the same plan; empty where it was spelled out without an order.
    public var needs: [ResourceAddress]
    /// What else it touches.
    public var blastRadius: BlastRadius
    /// How much it may upset.
    public var risk: Risk
    /// What it takes to make it live.
    public var cost: Cost
}
