import Addressing
import Planning
import Reconciling
import Targets

/// Asks a dnsmasq in a room for all that changes: every name and record, and every card.
struct DnsmasqRehearsal {
    private let states: [DnsmasqState]
    private let changes: [(before: DnsmasqState?, after: DnsmasqState?)]
    private let network: RehearsalNetwork
    private let servers: [IPv4Address]
    private let marker: Marker?
    private let room: any RehearsalRoom
    private let patience: Duration

    /// Prepares the questions. `marker` is nil where the daemon serves no DNS.
    init(
        _ rehearsal: Rehearsal<DnsmasqState>, network: RehearsalNetwork, servers: [IPv4Address], marker: Marker?,
        in room: any RehearsalRoom, patience: Duration
    ) {
        states = rehearsal.desired.resources.map(\.state)
        changes = rehearsal.changes
        self.network = network
        self.servers = servers
        self.marker = marker
        self.room = room
        self.patience = patience
    }

    func run() async -> RehearsalOutcome {
        var asked = 0
        do throws(TargetError) {
            if let problem = try await askNames(&asked) { return problem }
            if let problem = try await askLeases(&asked) { return problem }
        } catch {
            return room.hasEnded ? ended : .notPossible(error.message)
        }
        if asked == 0, let problem = await start() { return problem }
        return room.hasEnded ? ended : .passed(asked: asked)
    }

    private var ended: RehearsalOutcome {
        let told = room.output.split(whereSeparator: \.isNewline).suffix(3).joined(separator: "; ")
        return .failed(what: "dnsmasq", wanted: "a process that stays", got: told.isEmpty ? "one that ended" : told)
    }

    /// Where there is nothing to ask it for, it tells that it has started.
    private func start() async -> RehearsalOutcome? {
        let clock = ContinuousClock()
        let deadline = clock.now + patience * 6
        while !room.output.contains("started, version") {
            if room.hasEnded { return ended }
            if Task.isCancelled || clock.now >= deadline {
                return .failed(what: "dnsmasq", wanted: "a process that starts", got: "nothing")
            }
            try? await clock.sleep(for: .milliseconds(5))
        }
        return nil
    }

    /// Starting on very many names and reservations takes a daemon longer than answering.
    private func conversation(over channel: any MessageChannel, isFirst: Bool) -> Conversation {
        Conversation(room: room, channel: channel, patience: isFirst ? patience * 6 : patience)
    }

    // MARK: Names

    private func askNames(_ asked: inout Int) async throws(TargetError) -> RehearsalOutcome? {
        guard let marker else { return nil }
        // It must listen at each of the server's addresses, and have loaded these very files.
        let text = [UInt8(marker.configuration.utf8.count)] + Array(marker.configuration.utf8)
        let marks: [(DomainName, DNSQuestion.RecordType, NameQuestion.Expected)] = [
            (Marker.configurationName, .txt, .data([text], aliases: [])),
            (Marker.reloadableName, .aaaa, .data([marker.reloadable.octets], aliases: [])),
        ]
        for host in [0x7F00_0001] + servers.map(\.bits) {
            if let problem = try await ask(marks, at: host, &asked) { return problem }
        }
        return try await ask(nameQuestions(), at: 0x7F00_0001, &asked)
    }

    private func ask(
        _ list: [(DomainName, DNSQuestion.RecordType, NameQuestion.Expected)], at host: UInt32, _ asked: inout Int
    ) async throws(TargetError) -> RehearsalOutcome? {
        guard !list.isEmpty else { return nil }
        let questions = list.enumerated().map { index, item in
            NameQuestion(
                question: DNSQuestion(id: UInt16(truncatingIfNeeded: index), name: item.0, type: item.1), expected: item.2)
        }
        let channel = try room.datagrams(to: host, port: 53)
        let replies = await conversation(over: channel, isFirst: asked == 0).replies(to: questions)
        asked += questions.count
        for (question, reply) in zip(questions, replies) {
            guard let got = question.problem(reply) else { continue }
            return reply == nil && room.hasEnded ? ended : .failed(what: question.what, wanted: question.wanted, got: got)
        }
        return nil
    }

    private func nameQuestions() -> [(DomainName, DNSQuestion.RecordType, NameQuestion.Expected)] {
        let expected = ExpectedNames(states)
        var told: Set<DNSQuestion> = []
        var questions: [(DomainName, DNSQuestion.RecordType, NameQuestion.Expected)] = []
        func ask(_ name: DomainName, _ type: DNSQuestion.RecordType) {
            guard told.insert(DNSQuestion(id: 0, name: name, type: type)).inserted else { return }
            questions.append((name, type, expected.answer(name, type)))
        }
        for state in changes.flatMap({ [$0.before, $0.after] }) {
            switch state {
            case .host(let host):
                ask(host.name, .a)
                ask(host.name, .aaaa)
                for address in host.addresses { ask(address.reverseName, .ptr) }
            case .alias(let alias):
                ask(alias.owner, .a)
                ask(alias.owner, .aaaa)
            case .record(let record): ask(record.owner, record.content.recordType)
            case .zone, .setting, .range, .option, .boot, .reservation, .service, .foreign, nil: break
            }
        }
        for case .zone(let apex) in changes.lazy.map(\.after) {
            // A name that nobody has. Were the zone not ours alone, others would be asked.
            if let name = try? DomainName(label: "rehearsal-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))", in: apex) {
                questions.append((name, .a, .noSuchName))
            }
        }
        return questions
    }

    // MARK: Leases

    private func askLeases(_ asked: inout Int) async throws(TargetError) -> RehearsalOutcome? {
        let expected = ExpectedLeases(states, servers: servers)
        var questions: [TagText: [LeaseQuestion]] = [:]
        for case .reservation(let reservation) in changes.lazy.map(\.after) where !servers.contains(reservation.address) {
            guard let (segment, question) = expected.question(reservation) else {
                return .failed(
                    what: "DHCP for \(reservation.mac) (\(reservation.key))", wanted: "\(reservation.address)", got: "no segment")
            }
            questions[segment, default: []].append(question)
        }
        if changes.contains(where: { ($0.after ?? $0.before)?.kind == .boot }) {
            for (segment, question) in expected.bootQuestions() { questions[segment, default: []].append(question) }
        }
        for case .range(let range) in changes.lazy.map(\.after) {
            if let question = expected.question(strangerIn: range) { questions[range.segment, default: []].append(question) }
        }
        for case .option(let option) in changes.lazy.map({ $0.after ?? $0.before }) where questions[option.segment] == nil {
            if let range = expected.range(option.segment), let question = expected.question(someoneIn: range) {
                questions[option.segment] = [question]
            }
        }
        for case .reservation(let reservation) in changes.lazy.map(\.before) {
            guard let (segment, question) = expected.question(former: reservation) else { continue }
            questions[segment, default: []].append(question)
        }
        for (segment, list) in questions.sorted(by: { $0.key < $1.key }) {
            if let problem = try await ask(list, in: segment, expected, &asked) { return problem }
        }
        return nil
    }

    private func ask(
        _ list: [LeaseQuestion], in segment: TagText, _ expected: ExpectedLeases, _ asked: inout Int
    ) async throws(TargetError) -> RehearsalOutcome? {
        guard let range = expected.range(segment), let interface = network.interface(of: segment) else {
            return .failed(what: "DHCP in \(segment)", wanted: "an interface", got: "none")
        }
        var questions: [LeaseQuestion] = []
        var isTold = true
        for question in list {
            questions.append(question)
            isTold = question.mustBeAnswered
            // The next answer tells that those before it were heard too.
            if !isTold, questions.count.isMultiple(of: 32), let someone = expected.question(someoneIn: range) { questions.append(someone) }
        }
        if !isTold, let someone = expected.question(someoneIn: range) { questions.append(someone) }
        for index in questions.indices { questions[index].discover.transaction = UInt32(truncatingIfNeeded: index) }
        let channel = try room.frames(on: interface)
        let replies = await conversation(over: channel, isFirst: asked == 0).replies(to: questions)
        asked += questions.count
        for (question, reply) in zip(questions, replies) {
            guard let problem = question.problem(reply) else { continue }
            return reply == nil && room.hasEnded ? ended : .failed(what: question.what, wanted: problem.wanted, got: problem.got)
        }
        return nil
    }
}
