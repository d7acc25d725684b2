/// How much one file may ask of the machine. An inventory may come from a stranger's pull request, so every number is bounded.
public struct YAMLLimits: Hashable, Sendable {
    /// The largest file. 100,000 hosts with their bindings in a single file take about 25 MiB.
    public var fileBytes = 64 << 20
    /// The deepest nesting, counted with every alias replaced by what it stands for. The schema needs 8.
    public var depth = 64
    /// The most nodes: keys, values, lists, mappings and aliases. 100,000 hosts have about 3,000,000.
    public var nodes = 4_000_000
    /// The longest single key or text, in bytes of UTF-8 after unquoting. The longest honest one is a public key or a description.
    public var scalarBytes = 64 << 10
    /// The most nodes that all aliases of a file may stand for together.
    public var expandedNodes = 4_000_000
    /// The most nodes that aliases may stand for, as a multiple of the nodes that are written.
    public var expansionFactor = 100

    /// The limits for an inventory.
    public static let standard = YAMLLimits()

    /// Makes the standard limits, to be changed field by field.
    public init() {}

    /// How many bytes may pass without a new value before reading stops. libyaml gives a text only when it has all of it, so a text beyond
    /// the limit has to be cut off from outside. An escape such as `\U00000041` takes ten bytes for one; comments count too.
    var stretchBytes: Int { max(1 << 20, scalarBytes.multipliedReportingOverflow(by: 10).partialValue) }
}
