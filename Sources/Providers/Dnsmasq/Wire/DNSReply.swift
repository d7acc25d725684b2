import Addressing

/// A reply to a question with all records of its answer section, those on the way along aliases among them.
///
/// The message may come from anyone: nothing is read beyond its end.
struct DNSReply {
    /// A record of class IN.
    struct Record: Hashable {
        /// The name it stands at, as on the wire, in lower case.
        var owner: [UInt8]
        /// Its type.
        var type: UInt16
        /// Its data, as it came.
        var data: [UInt8]
        /// Its data with the names in it spelled out and in lower case, so that equal data have equal bytes.
        var plainData: [UInt8]
    }

    /// The name that was asked for.
    let owner: [UInt8]
    /// 0, or what went wrong: 3 there is no such name, 5 refused (RFC 1035 §4.1.1).
    let code: UInt16
    /// Whether it didn't fit the datagram.
    let isTruncated: Bool
    /// The answers.
    let records: [Record]

    /// Reads a message; nil when it is broken or replies to something else.
    init?(_ message: [UInt8], to question: DNSQuestion) {
        var reader = MessageReader(bytes: message)
        guard reader.number() == question.id, let flags = reader.number(), flags & 0x8000 != 0 else { return nil }
        guard reader.number() == 1, let count = reader.number(), reader.number() != nil, reader.number() != nil else { return nil }
        owner = Array(question.name.wire)
        guard reader.name() == owner, reader.number() == question.type.rawValue, reader.number() == 1 else { return nil }
        var records: [Record] = []
        for _ in 0..<count {
            guard let name = reader.name(), let type = reader.number(), let network = reader.number() else { return nil }
            guard reader.number() != nil, reader.number() != nil, let length = reader.number() else { return nil }
            var plain = reader
            guard let data = reader.take(Int(length)) else { return nil }
            guard let spelled = plain.data(of: type, length: Int(length)) else { return nil }
            if network == 1 { records.append(Record(owner: name, type: type, data: data, plainData: spelled)) }
        }
        self.records = records
        code = flags & 0x000F
        isTruncated = flags & 0x0200 != 0
    }
}

extension MessageReader {
    /// A record's data with its names spelled out; other types' data as they are.
    fileprivate mutating func data(of type: UInt16, length: Int) -> [UInt8]? {
        let end = index + length
        // What stands before the name in NS, CNAME and PTR (RFC 1035 §3.3), MX, and SRV (RFC 2782).
        let before: Int? =
            switch DNSQuestion.RecordType(rawValue: type) {
            case .ns, .cname, .ptr: 0
            case .mx: 2
            case .srv: 6
            case .a, .txt, .aaaa, nil: nil
            }
        guard let before else { return take(length) }
        guard let start = take(before), let name = name(), index == end else { return nil }
        return start + name
    }
}
