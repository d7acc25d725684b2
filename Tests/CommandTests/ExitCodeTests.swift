import Foundation
import Testing

/// What a script or a timer learns from how the command ends.
@Suite struct ExitCodeTests {
    private static let apply = "deevnet apply dvntm --root $ROOT"
    private static let tree = "$ROOT/provisioner-ph01"
    private static let changed = "sed -i s/02:de:20:01:01:01/02:de:20:01:01:99/ inventory/hosts/hv01.yml"

    private func applied() async throws -> Sandbox {
        let sandbox = try await Sandbox(.samples)
        try await sandbox.mustRun("\(Self.apply) --auto-approve")
        return sandbox
    }

    @Test func `0 when there is nothing to do, and when changes are merely shown`() async throws {
        let sandbox = try await applied()
        #expect(try await sandbox.run("deevnet plan dvntm --root $ROOT --detailed-exitcode").status == 0)
        #expect(try await sandbox.run("\(Self.apply) --auto-approve").status == 0)
        try await sandbox.mustRun(Self.changed)
        #expect(try await sandbox.run("deevnet plan dvntm --root $ROOT").status == 0)
    }

    @Test func `1 when the inventory has an error`() async throws {
        let sandbox = try await applied()
        try await sandbox.mustRun("sed -i s/02:de:20:01:01:01/nonsense/ inventory/hosts/hv01.yml")
        for command in [
            "validate", "plan dvntm --root $ROOT --detailed-exitcode", "apply dvntm --root $ROOT --auto-approve", "graph dvntm",
        ] {
            #expect(try await sandbox.run("deevnet \(command)").status == 1, "\(command)")
        }
    }

    @Test func `2 when changes are pending and the question was asked`() async throws {
        let sandbox = try await applied()
        try await sandbox.mustRun(Self.changed)
        #expect(try await sandbox.run("deevnet plan dvntm --root $ROOT --detailed-exitcode").status == 2)
    }

    @Test func `3 when nobody agreed, and nothing is written`() async throws {
        let sandbox = try await applied()
        try await sandbox.mustRun(Self.changed)
        let before = try sandbox.listing()
        #expect(try await sandbox.run(Self.apply).status == 3)
        #expect(try sandbox.listing() == before)
    }

    @Test func `4 while another process holds the target's lock, which is named`() async throws {
        let sandbox = try await applied()
        try await sandbox.mustRun(Self.changed)
        let holder = #"{"host":"hv01","pid":1,"revision":"commit 1234567890","since":"2026-01-01T00:00:00Z","user":"root"}"#
        try await sandbox.mustRun("echo '\(holder)' > \(Self.tree)/run/deevnet/lock")
        let before = try sandbox.listing()
        let output = try await sandbox.run("flock \(Self.tree)/run/deevnet/lock \(Self.apply) --auto-approve")
        #expect(output.status == 4, "\(output.complaints)")
        #expect(output.complaints.contains("error[DVN1201]"))
        #expect(
            output.complaints.contains("root@hv01, process 1, since 2026-01-01T00:00:00Z, applying commit 1234567890"),
            "\(output.complaints)")
        #expect(try sandbox.listing() == before)
        // A lock file without a lock keeps nobody out.
        #expect(try await sandbox.run("\(Self.apply) --auto-approve").status == 0)
    }

    @Test func `5 when the service doesn't survive the change`() async throws {
        let sandbox = try await applied()
        try await sandbox.mustRun(Self.changed)
        // What looks like the site's dnsmasq and ends when it is told anything: a dry tree can't start it again.
        let script = """
            tree=\(Self.tree)
            printf '%s\\n' '#!/bin/sh' 'echo $$ > "$2"' 'while :; do sleep 0.05; done' > ../dnsmasq && chmod +x ../dnsmasq
            ../dnsmasq --conf-file="$tree/etc/deevnet/current/dnsmasq/dvntm/dnsmasq.conf" "$tree/run/deevnet/dnsmasq-dvntm.pid" >/dev/null 2>&1 &
            tries=0; until [ -s "$tree/run/deevnet/dnsmasq-dvntm.pid" ] || [ $tries = 100 ]; do tries=$((tries + 1)); sleep 0.02; done
            \(Self.apply) --auto-approve; code=$?
            kill $! 2>/dev/null; exit $code
            """
        let output = try await sandbox.run(script)
        #expect(output.status == 5, "\(output.results)\(output.complaints)")
        #expect(output.complaints.contains("mend: "), "\(output.complaints)")
    }

    @Test(arguments: [
        "frobnicate", "plan --no-such-flag", "validate --format yaml", "plan --ref", "validate --staged --ref HEAD", "plan --root ''",
        "plan --out x",
    ])
    func `64 when the command line can't be understood`(_ words: String) async throws {
        let sandbox = try await Sandbox(.samples)
        let before = try sandbox.listing()
        let output = try await sandbox.run("deevnet \(words)")
        #expect(output.status == 64)
        #expect(output.results.isEmpty)
        #expect(output.complaints.contains("Usage: "))
        #expect(try sandbox.listing() == before)
    }

    @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/etc/deevnet/config.yml"), "this machine is a host of an inventory"))
    func `75 when a target can't be looked at from here`() async throws {
        let sandbox = try await Sandbox(.samples)
        let output = try await sandbox.run("deevnet plan dvntm")
        #expect(output.status == 75)
        #expect(output.results.contains("not reached: provisioner-ph01"))
        // What is known of the rest is told, and can't be saved as if it were all.
        let saved = try await sandbox.run("deevnet plan dvntm --out ../plan.json; code=$?; test -e ../plan.json || exit $code")
        #expect(saved.status == 75)
        #expect(saved.complaints.contains("the plan isn't saved"))
    }

    @Test func `the worst of several sites counts: an error before pending changes`() async throws {
        let sandbox = try await Sandbox(.samples)
        try await sandbox.mustRun("sed -i s/10.20.99.21]/10.20.98.21]/ sites/dvntm/hosts.yml")
        let output = try await sandbox.run("deevnet plan --root $ROOT --detailed-exitcode")
        #expect(output.status == 1)
        #expect(output.results.contains("13 to create"))
    }

    @Test func `without the right to rehearse plan and apply say so, and 0 it is`() async throws {
        let sandbox = try await applied()
        try await sandbox.mustRun(Self.changed)
        // Who isn't root hasn't got it anyway.
        let without = geteuid() == 0 ? "setpriv --inh-caps=-sys_admin --bounding-set=-sys_admin -- " : ""
        let plan = try await sandbox.run("\(without)deevnet plan dvntm --root $ROOT")
        #expect(plan.status == 0, "\(plan)")
        #expect(plan.results.contains("\n    not rehearsed: no namespaces are allowed"), "\(plan)")
        let json = try await sandbox.run("\(without)deevnet plan dvntm --root $ROOT --format json")
        #expect(json.results.contains("\"not_rehearsed\": \"no namespaces"), "\(json)")
        let apply = try await sandbox.run("\(without)\(Self.apply) --auto-approve")
        #expect(apply.status == 0, "\(apply)")
        #expect(apply.results.contains("note: dnsmasq/dvntm was not rehearsed: no namespaces"), "\(apply)")
    }
}

/// With a terminal the command asks. `script` gives it one.
@Suite(.enabled(if: Project.installed("script") != nil, "util-linux's script isn't installed"))
struct TerminalTests {
    private static let apply = "deevnet apply dvntm --root $ROOT"

    @Test func `yes applies, anything else doesn't`() async throws {
        let sandbox = try await Sandbox(.samples)
        let before = try sandbox.listing()
        for answer in ["no", "y", "YES", ""] {
            let output = try await sandbox.run(#"printf '\#(answer)\n' | script -qec '\#(Self.apply)' /dev/null"#)
            #expect(output.status == 3, "\(answer): \(output.results)")
            #expect(output.results.contains("not approved, nothing was changed"))
            #expect(try sandbox.listing() == before)
        }
        let output = try await sandbox.run(#"printf 'yes\n' | script -qec '\#(Self.apply)' /dev/null"#)
        #expect(output.status == 0, "\(output.results)")
        #expect(output.results.contains("117 changes applied"))
    }

    @Test func `130 when it is interrupted while it asks, and nothing is written`() async throws {
        let sandbox = try await Sandbox(.samples)
        let before = try sandbox.listing()
        // The interrupt is typed when the question stands on the terminal.
        let script = """
            asked() { grep -q "Only 'yes' does it" ../shown 2>/dev/null; }
            { tries=0; until asked || [ $tries = 400 ]; do tries=$((tries + 1)); sleep 0.05; done; printf '\\003'; } |
                timeout 40 script -qefc '\(Self.apply)' ../shown >/dev/null
            """
        let output = try await sandbox.run(script)
        #expect(output.status == 130, "\(output.results)\(output.complaints)")
        #expect(try sandbox.listing() == before)
    }

    @Test func `a terminal has colour, unless NO_COLOR or a dumb terminal says otherwise`() async throws {
        let sandbox = try await Sandbox(.samples)
        func shown(_ variables: [String: String]) async throws -> Bool {
            let output = try await sandbox.run(
                "script -qec 'deevnet plan dvntm --root $ROOT' /dev/null", variables.merging(["TERM": "xterm"]) { old, _ in old })
            return output.results.contains("\u{1b}[")
        }
        #expect(try await shown([:]))
        #expect(try await !shown(["NO_COLOR": "1"]))
        #expect(try await !shown(["TERM": "dumb"]))
        #expect(try await shown(["NO_COLOR": ""]))
    }
}
