import Foundation
import Testing

/// Whatever goes wrong in an apply, the old service runs, or runs again.
@Suite(.needsLab, .site(on: .small(2048)), .serialized)
struct FaultTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    /// The change is made once the fault is gone.
    private func converge(_ location: SourceLocation = #_sourceLocation) async throws {
        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)", sourceLocation: location)
        let plan = try await site.plan()
        #expect(plan.status == 0, "\(plan)", sourceLocation: location)
    }

    // MARK: Files

    @Test func `no space: nothing is changed`() async throws {
        try await site.settle()
        try await site.commitAddress()
        let before = site.dnsmasq
        try await site.mounted("dd if=/dev/zero of=/etc/deevnet/filler bs=4k 2> /dev/null || true", undo: "rm /etc/deevnet/filler") {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.contains("space"), "\(applied)")
            #expect(try await site.servesTheSamples())
            #expect(site.dnsmasq == before)
        }
        try await converge()
    }

    @Test(arguments: ["/etc/deevnet", "/var/lib/deevnet", "/run/deevnet"])
    func `a read-only directory: nothing is changed`(directory: String) async throws {
        try await site.settle()
        try await site.commitAddress()
        let before = site.dnsmasq
        // A second view of it, laid over the first: dnsmasq writes its leases through the first.
        let cover = "mount -n --bind \(directory) \(directory) && mount -n -o remount,bind,ro \(directory)"
        try await site.mounted(cover, undo: "umount -n \(directory)") {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.lowercased().contains("read-only"), "\(applied)")
            #expect(applied.complaints.contains(directory), "\(applied)")
            #expect(try await site.servesTheSamples())
            #expect(site.dnsmasq == before)
        }
        try await converge()
    }

    @Test func `a file where a directory should be: nothing is changed`() async throws {
        let directory = LabSite.generations
        try await site.settle()
        try await site.commitAddress()
        let before = site.dnsmasq
        try await site.mounted(
            "mv \(directory) \(directory).away && echo x > \(directory)", undo: "rm \(directory) && mv \(directory).away \(directory)"
        ) {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.contains(directory), "\(applied)")
            #expect(try await site.servesTheSamples())
            #expect(site.dnsmasq == before)
        }
        try await converge()
    }

    @Test(arguments: [LabSite.journal, LabSite.lock, "/var/lib/deevnet/last-generation"])
    func `a directory where a file should be: nothing is changed`(file: String) async throws {
        try await site.settle()
        try await site.commitAddress()
        let before = site.dnsmasq
        try await site.mounted("rm -f \(file) && mkdir \(file)", undo: "rmdir \(file)") {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.contains(file), "\(applied)")
            #expect(try await site.servesTheSamples())
            #expect(site.dnsmasq == before)
        }
        try await converge()
    }

    // MARK: The checker

    @Test func `a checker that refuses: nothing is changed, and what it said is told`() async throws {
        try await site.settle()
        try await site.commitService()
        let before = site.dnsmasq
        try await site.substituting("if [ \"$test\" ] && grep -q ^cname=chat $conf; then echo 'bad option at line 9' >&2; exit 1; fi") {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.contains("error[DVN1104]"), "\(applied)")
            #expect(applied.complaints.contains("bad option at line 9"), "\(applied)")
            #expect(try await site.servesTheSamples())
            #expect(site.dnsmasq == before)
        }
        try await converge()
    }

    @Test func `a missing checker: nothing is changed, and it is named`() async throws {
        try await site.settle()
        try await site.commitAddress()
        let before = site.dnsmasq
        try await site.withoutDnsmasq {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.contains("error[DVN1103]"), "\(applied)")
            #expect(applied.complaints.contains("dnsmasq isn't there"), "\(applied)")
            #expect(applied.complaints.contains("mend: apt-get install dnsmasq-base"), "\(applied)")
            #expect(try await site.servesTheSamples())
            #expect(site.dnsmasq == before)
        }
        try await converge()
    }

    // MARK: The daemon

    @Test func `a dnsmasq that doesn't start: the old one runs again`() async throws {
        try await site.settle()
        try await site.commitService()
        try await site.substituting("if [ -z \"$test$rehearsal\" ] && grep -q ^cname=chat $conf; then echo 'not today' >&2; exit 3; fi") {
            let applied = try await site.apply()
            #expect(applied.status == 5, "\(applied)")
            #expect(applied.complaints.contains("not today"), "\(applied)")
            #expect(try await site.servesTheSamples())
            #expect(try await site.rawLease(on: "hv01")?.address == "10.20.99.21")
        }
        #expect(!site.exists(LabSite.journal))
        try await converge()
    }

    @Test(arguments: ["0.05", "0.3", "1"])
    func `a dnsmasq that dies some time after its start: the old one runs again`(seconds: String) async throws {
        try await site.settle()
        try await site.commitService()
        let script = """
            if [ -z "$test$rehearsal" ] && grep -q ^cname=chat $conf; then
                $real "$@" || exit
                (sleep \(seconds); kill -9 $(cat \(LabSite.pidFile))) > /dev/null 2>&1 &
                exit 0
            fi
            """
        try await site.substituting(script) {
            let applied = try await site.apply()
            #expect(applied.status == 5, "\(applied)")
            #expect(try await site.servesTheSamples())
        }
        try await converge()
    }

    @Test func `a dnsmasq that never starts: it is told that bringing back failed, and the next apply mends it`() async throws {
        try await site.settle()
        try await site.commitService()
        try await site.substituting("if [ -z \"$test$rehearsal\" ]; then echo 'not today' >&2; exit 3; fi") {
            let applied = try await site.apply()
            #expect(applied.status == 5, "\(applied)")
            #expect(applied.complaints.contains("DVN1208") && applied.complaints.contains("not today"), "\(applied)")
        }
        try await converge()
        #expect(try await site.ask("chat.dvntm.deevnet.net").data.last == "10.20.25.11")
    }

    @Test func `somebody else on port 53: they are named, nothing is tried, and the next apply after they left serves again`() async throws
    {
        try await site.settle()
        try await site.killDnsmasq()
        let squat = "import socket, time; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('0.0.0.0', 53)); time.sleep(300)"
        let started = try await site.lab(["start", "builder", "squatter", "--ready", "udp:53", "--", "python3", "-c", squat])
        try #require(started.status == 0, "\(started)")
        let applied = try await site.apply()
        _ = try await site.lab(["stop", "builder", "squatter"])
        #expect(applied.status == 3, "\(applied)")
        #expect(applied.complaints.contains("DVN1218") && applied.complaints.contains("listens on udp 0.0.0.0:53"), "\(applied)")
        #expect(site.dnsmasq == nil && !site.exists(LabSite.journal))
        try await converge()
        #expect(try await site.servesTheSamples())
    }
}
