import Dnsmasq
import FoundationEssentials
import Reconciling

extension ProviderRegistry {
    /// Every provider that there is: adding one is adding its folder and a line here.
    static var standard: ProviderRegistry {
        ProviderRegistry([
            DnsmasqProvider(now: { UInt64(Date().timeIntervalSince1970) })
        ])
    }
}
