import Foundation
import Testing

/// Before new files are live the real dnsmasq runs on them in a room of its own, and the running one doesn't notice.
@Suite(.needsLab, .site, .serialized)
struct RehearsalTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test func `an apply rehearses, and disturbs nothing of the running dnsmasq`() async throws {
        try await site.settle()
        let stranger = try #require(try await site.rawLease(on: "stranger"))
        let (process, leases) = (try #require(site.dnsmasq), try #require(site.text(LabSite.leaseFile)))
        try await site.commitAddress()
        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(applied.complaints.contains(": rehearse\n"), "\(applied)")
        #expect(!(applied.results + applied.complaints).contains("not rehearsed"), "\(applied)")
        #expect(site.dnsmasq == process)
        #expect(site.text(LabSite.leaseFile) == leases)
        #expect(leases.contains(" \(stranger.address) "))
        #expect(try await site.roomProcesses().isEmpty)
    }

    @Test func `a dnsmasq that loses a name is noticed before it serves: nothing is changed`() async throws {
        try await site.settle()
        try await site.commitService()
        let (process, live) = (site.dnsmasq, site.liveLink)
        let losing = """
            if [ "$rehearsal" ]; then
                grep -v ^cname=chat $conf > /run/lost.conf
                exec $real --keep-in-foreground --log-facility=- --no-ping --conf-file=/run/lost.conf
            fi
            """
        try await site.substituting(losing) {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.contains("error[DVN1105]"), "\(applied)")
            #expect(applied.complaints.contains("chat.dvntm.deevnet.net A should give 10.20.25.11"), "\(applied)")
            #expect(site.dnsmasq == process)
            #expect(site.liveLink == live)
            #expect(try await site.servesTheSamples())
        }
        #expect(try await site.apply().status == 0)
        #expect(try await site.plan().status == 0)
    }

    @Test func `a dnsmasq that ends when it is tried out is told with what it said`() async throws {
        try await site.settle()
        try await site.commitAddress()
        let process = site.dnsmasq
        try await site.substituting("if [ \"$rehearsal\" ]; then echo 'not today' >&2; exit 3; fi") {
            let applied = try await site.apply()
            #expect(applied.status == 1, "\(applied)")
            #expect(applied.complaints.contains("DVN1105") && applied.complaints.contains("not today"), "\(applied)")
            #expect(site.dnsmasq == process)
        }
        #expect(try await site.apply().status == 0)
    }

    @Test func `a room ends with the apply that made it, even when that is killed`() async throws {
        try await site.settle()
        try await site.commitAddress()
        let process = site.dnsmasq
        // It never answers, and doesn't end when it is asked to.
        try await site.substituting("if [ \"$rehearsal\" ]; then trap '' TERM; while :; do sleep 1; done; fi") {
            let apply = try await site.begin(deevnet: ["apply", "dvntm", "--auto-approve"])
            _ = try await eventually("the room is there") { try await site.roomProcesses().count >= 3 ? true : nil }
            kill(apply.pid, SIGKILL)
            #expect(try await apply.ended().status == 128 + SIGKILL)
            _ = try await eventually("the room is gone") { try await site.roomProcesses().isEmpty ? true : nil }
        }
        #expect(site.dnsmasq == process)
        #expect(try await site.servesTheSamples())
        #expect(try await site.apply().status == 0)
    }
}

extension LabSite {
    /// The processes in rooms of the builder: those that know the room's script or the daemon's options by their arguments.
    fileprivate func roomProcesses() async throws -> [String] {
        let pids = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int32($0) != nil }
        return pids.compactMap { pid in
            guard let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return nil }
            let words = String(decoding: line, as: UTF8.self)
            return words.contains("--keep-in-foreground") || words.contains("/etc/deevnet/generations/") ? words : nil
        }
    }
}
