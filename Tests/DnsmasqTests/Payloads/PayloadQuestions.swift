import Addressing
import Planning
import Reconciling
import Synchronization
import Targets

@testable import Dnsmasq

extension PayloadBench.Insertion {
    /// What a daemon must answer for the value, worked out from the value as it was written and from nothing that was made of it.
    var question: (name: String, type: DNSQuestion.RecordType, data: [UInt8])? {
        guard let value = payload.meaning, let form = form(of: value) else { return nil }
        func own(_ text: String) -> String { PayloadTemplate.numbered(text, number) }
        let zone = "qzdom.example.org"
        let record = own("qzrec№n.\(zone)")
        func bytes(_ address: String) -> [UInt8] { own(address).split(separator: ".").compactMap { UInt8($0) } }
        func wire(_ name: String) -> [UInt8] {
            name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
        }
        func octets(_ numbers: Int...) -> [UInt8] { numbers.flatMap { [UInt8($0 >> 8 & 255), UInt8($0 & 255)] } }
        let (preference, priority, weight, port) = (20_000 + number, 30_000 + number, 40_000 + number, 50_000 + number)
        let count = Int(form) ?? 0
        let (mx, srv) = (wire(own("qzmx№n.example.net")), wire(own("qzsrv№n.example.net")))
        return switch field.path {
        case "site/records.*.txt": (record, .txt, [UInt8(value.utf8.count)] + Array(value.utf8))
        case "site/records.*" where form != "@": (form + ".\(zone)", .a, bytes("10.1.№48"))
        case "site/records.*.addresses" where !form.contains(":"): (record, .a, bytes(form))
        case "site/records.*.mx.host": (record, .mx, octets(preference) + wire(form))
        case "site/records.*.mx.preference": (record, .mx, octets(count) + mx)
        case "site/records.*.srv.host": (record, .srv, octets(priority, weight, port) + wire(form))
        case "site/records.*.srv.priority": (record, .srv, octets(count, weight, port) + srv)
        case "site/records.*.srv.weight": (record, .srv, octets(priority, count, port) + srv)
        case "site/records.*.srv.port": (record, .srv, octets(priority, weight, count) + srv)
        case "site/records.*.ns": (record, .ns, wire(form))
        case "site/hosts.*": ("\(form).lab.qzmgmt.example.org", .a, bytes("10.1.№16"))
        case "inventory/hosts.*": ("\(form).lab.qzmgmt.example.org", .a, bytes("10.1.№32"))
        case "site/services.*": ("\(form).\(zone)", .a, bytes("10.1.0.5"))
        case "inventory/workloads.*.services": ("\(form).\(zone)", .a, bytes("10.1.№32"))
        case "inventory/aliases.*", "site/aliases.*": (form, .a, bytes("10.1.0.5"))
        default: nil
        }
    }
}

/// Asks the real daemon, in a room of its own, for what was taken.
enum PayloadDaemon {
    /// What the daemon says that it shouldn't, and how many questions that took. First all that it has to say is asked for, cards too; then each
    /// value for itself.
    static func complaints(
        _ desired: DesiredSet<DnsmasqState>, _ files: [PlaceFile], _ insertions: [PayloadBench.Insertion], askingAll: Bool = true
    ) async throws -> (complaints: [String], asked: Int) {
        let bench = try RehearsalBench(servers: PayloadBench.servers.map(\.description))
        let staged = try bench.stage(files)
        let changes = (askingAll ? desired.resources : []).map { (before: DnsmasqState?.none, after: Optional($0.state)) }
        let rooms = AskingRooms(insertions.compactMap(\.question))
        let outcome = await bench.mechanism.rehearse(Rehearsal(staged: staged, desired: desired, changes: changes), in: rooms)
        let own = rooms.problems.withLock { $0 }
        // The marks are those of what is desired, so another writer's files fail by them alone.
        if !askingAll { return (own, rooms.questions.count) }
        switch outcome {
        case .passed(let asked): return (own, asked + rooms.questions.count)
        case .failed(let what, let wanted, let got): return (own + ["\(what): wanted \(wanted), got \(got)"], 0)
        case .notPossible(let reason): return (own + ["it can't be tried out: \(reason)"], 0)
        }
    }

    /// Rooms in which questions of our own are asked, after the others.
    private final class AskingRooms: RehearsalRooms {
        let questions: [(name: String, type: DNSQuestion.RecordType, data: [UInt8])]
        let problems = Mutex<[String]>([])

        init(_ questions: [(name: String, type: DNSQuestion.RecordType, data: [UInt8])]) { self.questions = questions }

        func obstacle() -> String? { LocalRehearsals().obstacle() }

        func open(
            _ setup: RehearsalSetup, while body: @escaping @Sendable (any RehearsalRoom) async -> RehearsalOutcome
        ) async -> RehearsalOutcome {
            await LocalRehearsals().open(setup) { room in
                let outcome = await body(room)
                await self.ask(in: room)
                return outcome
            }
        }

        private func ask(in room: any RehearsalRoom) async {
            do {
                let channel = try room.datagrams(to: 0x7F00_0001, port: 53)
                let list = try questions.enumerated().map { index, item in
                    NameQuestion(
                        question: DNSQuestion(id: UInt16(index), name: try DomainName(underscored: item.name), type: item.type),
                        expected: .data([item.data], aliases: []))
                }
                let replies = await Conversation(room: room, channel: channel, patience: .seconds(5)).replies(to: list)
                for (question, reply) in zip(list, replies) {
                    let found = reply?.records.filter { $0.type == question.question.type.rawValue }.map(\.plainData) ?? []
                    guard case .data(let wanted, _) = question.expected, found.count != 1 || Set(found) != wanted else { continue }
                    problems.withLock {
                        $0.append("\(question.what): wanted only \(question.wanted), got \(question.problem(reply) ?? "\(found)")")
                    }
                }
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
        }
    }
}
