/// What a plan is limited to. Outside of it nothing is observed, changed or removed.
public struct PlanScope: Sendable, Hashable {
    /// The hosts; empty: every host.
    public let hosts: [String]
    /// The providers; empty: every provider.
    public let providers: [String]

    /// Makes a scope; without names it is whole.
    public init(hosts: [String] = [], providers: [String] = []) {
        self.hosts = Set(hosts).sorted()
        self.providers = Set(providers).sorted()
    }

    /// Whether nothing is left out.
    public var isWhole: Bool { hosts.isEmpty && providers.isEmpty }

    /// Whether a host is inside.
    public func includes(host: String) -> Bool { hosts.isEmpty || hosts.contains(host) }

    /// Whether a provider is inside.
    public func includes(provider: String) -> Bool { providers.isEmpty || providers.contains(provider) }
}
