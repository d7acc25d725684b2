import Foundation
import TestSupport
import Testing

/// Real shells complete real names.
@Suite struct CompletionTests {
    @Test(arguments: InteractiveShell.allCases)
    func `the completions on disk are those of the command`(_ shell: InteractiveShell) async throws {
        let sandbox = try await Sandbox(.none)
        var script = try await sandbox.run("deevnet --generate-completion-script \(shell.rawValue)").results
        if shell == .bash { script += try sandbox.read("\(Project.folder)/packaging/completions/colons.bash") }
        expectGolden(script, at: "../../packaging/completions/\(shell.file)")
    }

    /// What is typed before TAB, and the last word after it.
    static let words = [
        ("deevnet explain hv01.dvntm.d", "hv01.dvntm.deevnet.net"), ("deevnet explain 02:de:20:01:02:", "02:de:20:01:02:01"),
        ("deevnet explain 10.20.99.9", "10.20.99.95"), ("deevnet explain artifacts.dvntm", "artifacts.dvntm.deevnet.net"),
        ("deevnet explain iot_v", "iot_vendor"), ("deevnet explain DVN123", "DVN1230"), ("deevnet schema --site dvntm", "dvntm"),
        ("deevnet explain dvntm/provisioner-ph01/dnsmasq/reservation/hv01", "dvntm/provisioner-ph01/dnsmasq/reservation/hv01.mgmt"),
    ]

    @Test(.enabled(if: InteractiveShell.bash.isInstalled, "bash isn't installed"), arguments: words)
    func `bash completes live names`(_ typed: String, _ completed: String) async throws { try await check(.bash, typed, completed) }

    @Test(.enabled(if: InteractiveShell.zsh.isInstalled, "zsh isn't installed: scripts/setup --test"), arguments: words)
    func `zsh completes live names`(_ typed: String, _ completed: String) async throws { try await check(.zsh, typed, completed) }

    @Test(.enabled(if: InteractiveShell.fish.isInstalled, "fish isn't installed: scripts/setup --test"), arguments: words)
    func `fish completes live names`(_ typed: String, _ completed: String) async throws { try await check(.fish, typed, completed) }

    @Test(arguments: InteractiveShell.allCases.filter(\.isInstalled))
    func `what could be adopted is completed`(_ shell: InteractiveShell) async throws {
        let sandbox = try await Sandbox(.samples)
        let place = "\(sandbox.root)/provisioner-ph01/etc/deevnet/current"
        // Somebody made this generation: its records name nothing of ours.
        let make =
            "deevnet apply dvntm --root $ROOT --auto-approve && sed -i '/dnsmasq.dvntm/d' \(place)/records.json && echo theirs > \(place)/dnsmasq/dvntm/notes"
        #expect(try await sandbox.run(make).status == 0)
        let addresses = "dvntm/provisioner-ph01/dnsmasq/file"
        let typed = "deevnet apply dvntm --root \(sandbox.root) --adopt \(addresses)"
        #expect(try await shell.complete("\(typed)/n", in: sandbox) == "\(addresses)/notes")
        #expect(try await shell.complete("\(typed)/notes --adopt \(addresses)/no", in: sandbox) == "\(addresses)/no")
    }

    private func check(_ shell: InteractiveShell, _ typed: String, _ completed: String) async throws {
        let sandbox = try await Sandbox(.samples)
        #expect(try await shell.complete(typed, in: sandbox) == completed)
    }

    @Test func `nothing is offered where there is no inventory`() async throws {
        let sandbox = try await Sandbox(.none)
        let output = try await sandbox.run("deevnet ---completion explain -- positional@0 2 1 deevnet explain h", ["SAP_SHELL": "bash"])
        #expect(output.status == 0)
        #expect(output.results.trimmingCharacters(in: .whitespacesAndNewlines) == "")
        #expect(output.complaints == "")
    }

    /// A person waits for TAB. What is counted is the processor's time, since other programs may keep it from this one.
    @Test(arguments: ["hv", "02:de:20", "dvntm/"])
    func `names are found in less than 50 ms`(_ typed: String) async throws {
        let sandbox = try await Sandbox(.samples)
        let once = "time deevnet ---completion explain -- positional@0 2 \(typed.count) deevnet explain \(typed) >/dev/null"
        let output = try await sandbox.run(
            "bash -c 'TIMEFORMAT=\"%U %S\"; for i in 1 2 3 4 5; do \(once); done'", ["SAP_SHELL": "bash"])
        let times = output.complaints.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) }.reduce(0, +) }
        #expect(times.count == 5)
        #expect(try #require(times.min()) < 0.05)
    }
}
