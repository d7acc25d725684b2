import Addressing

/// A DNS question with what a daemon that has loaded the desired states answers.
struct NameQuestion: RehearsalQuestion {
    /// What must come back.
    enum Expected: Equatable {
        /// Exactly these data, reached along these aliases; nothing, if there are none.
        case data(Set<[UInt8]>, aliases: Set<[UInt8]>)
        /// That there is no such name: it isn't asked of anybody else.
        case noSuchName
    }

    let question: DNSQuestion
    let expected: Expected

    var message: [UInt8] { question.bytesForLongReplies }
    var number: UInt32 { UInt32(question.id) }
    var mustBeAnswered: Bool { true }

    static func number(of message: [UInt8]) -> UInt32? { message.count > 12 ? UInt32(message[0]) << 8 | UInt32(message[1]) : nil }
    func reply(in message: [UInt8]) -> DNSReply? { DNSReply(message, to: question) }

    /// What is asked, for people.
    var what: String { "\(question.name) \(question.type)".uppercasedType }

    /// What should come back, for people.
    var wanted: String {
        switch expected {
        case .noSuchName: "no such name"
        case .data(let data, _): text(data)
        }
    }

    /// What came back instead, for people; nil: what should.
    func problem(_ reply: DNSReply?) -> String? {
        guard let reply else { return "no answer" }
        let found = Set(reply.records.filter { $0.type == question.type.rawValue }.map(\.plainData))
        switch expected {
        case .noSuchName: return reply.code == 3 ? nil : found.isEmpty ? "code \(reply.code)" : text(found)
        case .data(let data, let aliases):
            // Of a long answer only a part fits a datagram.
            if reply.isTruncated { return found.isSubset(of: data) ? nil : text(found) }
            let along = Set(reply.records.filter { $0.type == DNSQuestion.RecordType.cname.rawValue }.map(\.plainData))
            if found != data { return found.isEmpty ? "nothing (code \(reply.code))" : text(found) }
            return data.isEmpty || along == aliases ? nil : "\(text(found)) by other aliases"
        }
    }

    private func text(_ data: Set<[UInt8]>) -> String {
        data.isEmpty ? "nothing" : data.map { DNSReply.text(of: question.type, $0) }.sorted().joined(separator: ", ")
    }
}

extension String {
    /// `hv01.example.org AAAA`: the type as people write it.
    fileprivate var uppercasedType: String {
        guard let space = lastIndex(of: " ") else { return self }
        return self[..<space] + self[space...].uppercased()
    }
}

extension DNSReply {
    /// A record's data for people.
    static func text(of type: DNSQuestion.RecordType, _ data: [UInt8]) -> String {
        func name(_ start: Int) -> String { DomainName(wire: Array(data.dropFirst(start)))?.description ?? "\(data)" }
        func number(_ index: Int) -> String { data.count > index + 1 ? "\(Int(data[index]) << 8 | Int(data[index + 1]))" : "" }
        return switch type {
        case .a where data.count == 4: IPv4Address(bits: data.reduce(0) { $0 << 8 | UInt32($1) }).description
        case .aaaa where data.count == 16: IPv6Address(bits: data.reduce(0) { $0 << 8 | UInt128($1) }).description
        case .ns, .cname, .ptr: name(0)
        case .mx: "\(number(0)) \(name(2))"
        case .srv: "\(number(0)) \(number(2)) \(number(4)) \(name(6))"
        case .txt: "\"\(String(decoding: data.dropFirst(), as: UTF8.self))\""
        case .a, .aaaa: "\(data)"
        }
    }
}
