/// A resource whose difference is left as it is by choice: an entry of `ignore_drift`.
public struct IgnoredDrift: Sendable {
    /// The resource's address as it is written: `site/host/provider/kind/key`, the key percent-encoded.
    public var address: Located<String>
    /// The site that the address names.
    public var site: String
    /// The host that it names.
    public var host: String
    /// The provider that it names.
    public var provider: ProviderName
    /// Why it is left.
    public var reason: String
}
