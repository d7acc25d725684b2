import Foundation
import Testing

/// Two applies at once, and applies that are killed half-way.
@Suite(.needsLab, .site, .serialized)
struct InterruptionTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test func `of two applies at once one wins, and the other says who has the lock`() async throws {
        try await site.settle()
        try await site.commitAddress()
        // A slow checker keeps the first one busy.
        try await site.substituting("[ -z \"$test\" ] || sleep 0.5") {
            let first = try await site.begin(deevnet: ["apply", "dvntm", "--auto-approve"])
            _ = try await eventually("the first apply has the lock") {
                site.text(LabSite.lock).flatMap { $0.contains("\(first.pid)") ? true : nil }
            }
            let second = try await site.apply()
            #expect(second.status == 4, "\(second)")
            #expect(second.complaints.contains("process \(first.pid)") && second.complaints.contains("root@"), "\(second)")
            #expect(try await first.ended().status == 0)
        }
        #expect(try await site.ask("store-ph01.dvntm.deevnet.net").data == ["10.20.99.42"])
        #expect(try await site.plan().status == 0)
    }

    /// Something that can be seen from outside while an apply goes on.
    enum Moment: String, CaseIterable, Comparable, CustomTestStringConvertible {
        case `the lock is taken`, `files are staged`, `the journal is written`, `the link is switched`, `the old process has ended`

        var testDescription: String { rawValue }

        static func < (a: Moment, b: Moment) -> Bool {
            (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
        }

        /// What the machine shows before; the moment has come when it shows something else.
        func sight(_ site: LabSite) -> String? {
            switch self {
            case .`the lock is taken`: site.text(LabSite.lock)
            case .`files are staged`:
                (try? FileManager.default.contentsOfDirectory(atPath: site.root + LabSite.generations).sorted())?.joined()
            case .`the journal is written`: site.text(LabSite.journal)
            case .`the link is switched`: site.liveLink
            case .`the old process has ended`: site.dnsmasq.map(String.init)
            }
        }
    }

    @Test(arguments: Moment.allCases)
    func `an apply that is killed leaves the site served, and the next one brings it where it should be`(moment: Moment) async throws {
        try await site.settle()
        try await site.commitService()
        try await site.commitAddress()
        // Slow steps, so that the moment isn't missed.
        try await site.substituting("sleep 0.2") {
            let before = moment.sight(site)
            let apply = try await site.begin(deevnet: ["apply", "dvntm", "--auto-approve"])
            _ = try await eventually(moment.rawValue) { moment.sight(site) != before ? true : nil }
            kill(apply.pid, SIGKILL)
            #expect(try await apply.ended().status == 128 + SIGKILL)
        }
        // Once the journal is written the old process may have ended by the time of the kill, and nobody answers until the next apply.
        if moment < .`the journal is written` { #expect(try await site.servesTheSamples()) }

        let next = try await site.apply()
        #expect(next.status == 0, "\(next)")
        // What stands in the journal is told when it is finished or undone.
        if moment >= .`the journal is written` { #expect(next.complaints.contains("[DVN1211]"), "\(next)") }
        #expect(try await site.ask("chat.dvntm.deevnet.net").data.last == "10.20.25.11")
        #expect(try await site.ask("store-ph01.dvntm.deevnet.net").data == ["10.20.99.42"])
        #expect(!site.exists(LabSite.journal))
        #expect(try await site.plan().status == 0)
    }

    @Test func `what a killed apply had switched is undone when the inventory went back meanwhile`() async throws {
        try await site.settle()
        try await site.commitService()
        try await site.substituting("sleep 0.2") {
            let before = site.liveLink
            let apply = try await site.begin(deevnet: ["apply", "dvntm", "--auto-approve"])
            _ = try await eventually("the link is switched") { site.liveLink != before ? true : nil }
            kill(apply.pid, SIGKILL)
            #expect(try await apply.ended().status == 128 + SIGKILL)
        }
        try await site.settle()
        #expect(try await site.servesTheSamples())
        #expect(try await site.plan().status == 0)
    }
}
