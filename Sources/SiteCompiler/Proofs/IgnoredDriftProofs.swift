import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// An address of another site or of a host that isn't here would ignore nothing, and look as if it did.
    mutating func proveIgnoredDrift() {
        for entry in site.ignoredDrift {
            if entry.site != site.name {
                report(
                    .badDriftAddress, "the address '\(entry.address.value)' is one of site '\(entry.site)'", at: entry.address.span,
                    mend: "write it in sites/\(entry.site)/, or begin it with \(site.name)/")
            } else if host(Located(entry.host, at: entry.address.span), "the address '\(entry.address.value)'", .badDriftAddress) != nil {
                if !graph.placements.contains(where: { $0.hostName == entry.host && $0.provider == entry.provider }) {
                    // Not an error: in the site's other mode it may be there.
                    report(
                        .badDriftAddress,
                        "'\(entry.address.value)' ignores nothing: '\(entry.host)' has no provider '\(entry.provider.rawValue)' now",
                        at: entry.address.span,
                        mend: "copy the address from `deevnet plan --format json`, or remove the entry of ignore_drift",
                        severity: .warning)
                }
                graph.ignoredDrift.append(entry)
            }
        }
    }
}
