import Reconciling
import SiteCompiler
import Targets

/// Empty targets in memory: under callgrind, which doesn't know openat2(2), a plan has nothing else to look at.
struct MemoryTargets: TargetDirectory {
    func target(for placement: Placement, isSiteOwn: Bool) throws(TargetError) -> any Target {
        InMemoryTarget(host: placement.hostName, files: InMemoryFileStore())
    }

    func known() -> [any Target] { [] }
}
