import Foundation
import Testing

/// The whole command on a machine with a real dnsmasq, killed before calls of an apply that costs a restart, the ones that reach the daemon among them.
@Suite(.needsLab, .site, .serialized)
struct LabSweepTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    private func apply(fault: String) async throws -> Output {
        try await site.begin(["env", "DEEVNET_FAULT=\(fault)", Lab.deevnet, "apply", "dvntm", "--auto-approve", "-C", site.repository])
            .ended()
    }

    @Test func `an apply that is killed before a call leaves old or new, and the next one makes dnsmasq serve the new`() async throws {
        let isDeep = ProcessInfo.processInfo.environment["DEEVNET_DEEP"] == "1"
        var (number, points) = (isDeep ? 1 : 49, 0)
        while isDeep || points < 2 {
            try await site.settle()
            try await site.commitService()
            let before = try #require(site.text("\(LabSite.place)/dnsmasq.conf"))
            let killed = try await apply(fault: "kill@\(number)")
            guard killed.status == 128 + SIGKILL else {
                #expect(killed.status == 0, "\(killed)")
                break
            }
            #expect(killed.complaints.contains("injected kill@\(number) before"))
            let after = try #require(site.text("\(LabSite.place)/dnsmasq.conf"), "before call \(number): nothing is live")
            #expect(after == before || after.contains("cname=chat"), "before call \(number)")
            let next = try await site.apply()
            #expect(next.status == 0, "before call \(number): \(next)")
            #expect(try await site.ask("chat.dvntm.deevnet.net").data.last == "10.20.25.11", "before call \(number)")
            #expect(!site.exists(LabSite.journal))
            #expect(try await site.plan().status == 0, "before call \(number)")
            points += 1
            number += isDeep ? 1 : 3
        }
        #expect(points >= (isDeep ? 40 : 2))
        print("torture: sweep with dnsmasq: \(points) kills, \(points) survived\(isDeep ? "" : " (quick tier)")")
    }
}
