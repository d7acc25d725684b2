import Foundation
import Testing

/// Where the lab and the command under test are, and whether this machine can have a lab.
enum Lab {
    /// The folder that this target's folder stands in.
    static let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent().path
    /// The folder with the sample inventory.
    static let repository = URL(fileURLWithPath: tests).deletingLastPathComponent().path
    static let program = "\(tests)/Lab/lab"
    static let enter = "\(tests)/Lab/enter"

    /// The command under test: beside the test's own program, or where DEEVNET_BINARY says.
    static let deevnet: String = {
        if let named = ProcessInfo.processInfo.environment["DEEVNET_BINARY"] { return named }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("deevnet").path
    }()

    /// The programs that the tests use.
    private static let tools = ["dnsmasq", "dig", "udhcpc", "dhclient", "ip", "nsenter", "git", "python3"]

    /// Why there can be no lab here; nil: there can.
    ///
    /// With DEEVNET_REQUIRE_LAB in the environment nothing is ever skipped: where a lab must be possible, its absence is a failure.
    static let obstacle: String? = {
        if ProcessInfo.processInfo.environment["DEEVNET_REQUIRE_LAB"] != nil { return nil }
        guard geteuid() == 0 else { return "the lab needs root: network namespaces, mounts and port 53" }
        let trial = "ip link add lab-a type veth peer name lab-b && mount -t tmpfs trial /mnt"
        do {
            let made = try RunningCommand(["unshare", "--mount", "--net", "sh", "-c", trial]).endedNow()
            guard made.status == 0 else { return "this machine allows no namespaces: \(made.complaints)" }
            let look = "for tool in \(tools.joined(separator: " ")); do command -v $tool > /dev/null || echo $tool; done"
            let missing = try RunningCommand(["sh", "-c", look]).endedNow().results.split(separator: "\n").joined(separator: ", ")
            guard missing.isEmpty else { return "the lab needs what isn't installed (scripts/setup --test installs it): \(missing)" }
        } catch {
            return "the lab can't be run: \(error)"
        }
        return nil
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips, with the reason, where there can be no lab.
    static var needsLab: Self { .enabled(if: Lab.obstacle == nil, Comment(rawValue: Lab.obstacle ?? "")) }
}
