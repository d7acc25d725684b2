import Diagnostics
import FoundationEssentials
import YAMLSyntax

/// Which host of the inventory this machine is, by its own word and by its cards.
public struct ThisMachine: Sendable {
    /// The file in which the machine says who it is: `self: HOST`.
    public static let configurationPath = "/etc/deevnet/config.yml"

    /// What the machine calls itself; nil: it doesn't say.
    public let name: String?
    /// The hardware addresses of its interfaces, as text in canonical form.
    public let hardwareAddresses: Set<String>

    /// Makes a machine, for tests.
    public init(name: String?, hardwareAddresses: Set<String>) {
        self.name = name
        self.hardwareAddresses = hardwareAddresses
    }

    /// Looks at this machine. A configuration that can't be read is an error: a machine must not guess who it is.
    public static func current() throws(TargetError) -> ThisMachine {
        var addresses: Set<String> = []
        for interface in (try? FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")) ?? [] {
            guard let text = try? String(contentsOfFile: "/sys/class/net/\(interface)/address", encoding: .utf8) else { continue }
            addresses.insert(text.split(separator: "\n").first.map(String.init) ?? "")
        }
        return ThisMachine(name: try configuredName(), hardwareAddresses: addresses)
    }

    private static func configuredName() throws(TargetError) -> String? {
        guard FileManager.default.fileExists(atPath: configurationPath) else { return nil }
        guard let data = FileManager.default.contents(atPath: configurationPath) else {
            throw TargetError(
                .failed(errno: 13), "\(configurationPath) can't be read", mend: "make it readable for this user, or run as root")
        }
        var findings = DiagnosticList()
        var parser = YAMLParser()
        guard let tree = parser.parse([UInt8](data), file: FileID(rawValue: 0), into: &findings), let root = tree.root else {
            let reason = findings.all.first?.message ?? "it is empty"
            throw TargetError(.unexpectedShape, "\(configurationPath) can't be understood: \(reason)", mend: "write `self: HOST`")
        }
        for (key, value) in tree.pairs(of: root) where tree.text(key) == "self" && tree.kind(value) == .scalar { return tree.text(value) }
        return nil
    }

    /// Why this machine may not be taken for a host with these cards; nil: it is that host.
    public func refusal(asHost host: String, hardwareAddresses expected: [String]) -> String? {
        guard let name else { return "this machine doesn't say which host it is: \(Self.configurationPath) has no `self:`" }
        guard name == host else { return "this machine says it is '\(name)', and the plan is for '\(host)'" }
        guard !expected.isEmpty else { return "no MAC of '\(host)' is known, so this machine can't prove that it is '\(host)'" }
        guard hardwareAddresses.isDisjoint(with: expected) else { return nil }
        return "this machine says it is '\(host)', and has none of its MACs (\(expected.sorted().joined(separator: ", ")))"
    }
}
