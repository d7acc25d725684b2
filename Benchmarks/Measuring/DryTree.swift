import FoundationEssentials
import Reconciling
import SiteCompiler
import Targets

/// Dry trees below a root, a directory for each host and site, as `deevnet plan --root` has them.
struct DryTree: TargetDirectory {
    let root: String

    func target(for placement: Placement, isSiteOwn: Bool) throws(TargetError) -> any Target {
        LocalTarget(host: placement.hostName, root: "\(root)/\(placement.hostName)@\(placement.site)")
    }

    func known() -> [any Target] {
        let directories = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return directories.sorted().map { LocalTarget(host: String($0.split(separator: "@")[0]), root: "\(root)/\($0)") }
    }
}
