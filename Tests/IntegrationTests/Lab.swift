import Foundation
import Testing

/// Where the lab and the command under test are, and whether this machine can have a lab.
enum Lab {
    /// The folder that this target's folder stands in.
    static let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
        .path
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
        if isRequired { return nil }
        guard geteuid() == 0 else { return "the lab needs root: network namespaces, mounts and port 53" }
        let trial = "ip link add lab-a type veth peer name lab-b && mount -t tmpfs trial /mnt"
        guard succeeds("unshare --mount --net sh -c '\(trial)'") else {
            return "this machine allows no namespaces of its network and mounts"
        }
        let missing = tools.filter { !succeeds("command -v \($0)") }
        guard missing.isEmpty else {
            return "the lab needs what isn't installed (scripts/setup --test installs it): \(missing.joined(separator: ", "))"
        }
        return nil
    }()

    /// Why there can be no machine with a kernel and a systemd of its own here; nil: there can.
    static let machineObstacle: String? = {
        if isRequired { return nil }
        if let obstacle { return obstacle }
        let missing = ["qemu-system-x86_64", "busybox", "/lib/systemd/systemd"].filter { !succeeds("command -v \($0)") }
        guard missing.isEmpty else {
            return "a machine needs what isn't installed (scripts/setup --test installs it): \(missing.joined(separator: ", "))"
        }
        guard succeeds("'\(program)' kernel") else {
            return "a machine needs Debian's kernel: `Tests/Lab/lab kernel --fetch` downloads it, or says why it can't"
        }
        return nil
    }()

    private static let isRequired = ProcessInfo.processInfo.environment["DEEVNET_REQUIRE_LAB"] != nil

    private static func succeeds(_ command: String) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "PATH=$PATH:/usr/sbin:/sbin; \(command)"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips, with the reason, where there can be no lab.
    static var needsLab: Self { .enabled(if: Lab.obstacle == nil, Comment(rawValue: Lab.obstacle ?? "")) }

    /// Skips, with the reason, where no machine can be booted.
    static var needsMachine: Self { .enabled(if: Lab.machineObstacle == nil, Comment(rawValue: Lab.machineObstacle ?? "")) }
}
