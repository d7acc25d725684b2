import Addressing
import TestSupport
import Testing

@testable import Dnsmasq

@Suite struct DNSMessageTests {
    private let question = DNSQuestion(id: 0x1234, name: Marker.configurationName, type: .txt)

    @Test func `a question is a header, a name, a type and a class`() {
        let bytes = DNSQuestion(id: 0x0102, name: Marker.zone, type: .aaaa).bytes
        var expected: [UInt8] = [1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        for label in ["loaded", "deevnet", "invalid"] { expected += [UInt8(label.utf8.count)] + Array(label.utf8) }
        #expect(bytes == expected + [0, 0, 28, 0, 1])
    }

    @Test func `an answer's text is read`() throws {
        let answer = try #require(DNSAnswer(response(to: question.bytes, [[3] + "abc".utf8]), to: question))
        #expect(answer.text == "abc")
        #expect(answer.address == nil)
    }

    @Test func `an answer's address is read`() throws {
        let question = DNSQuestion(id: 7, name: Marker.reloadableName, type: .aaaa)
        let data: [UInt8] = [0xfd, 1] + [UInt8](repeating: 0, count: 13) + [9]
        let answer = try #require(DNSAnswer(response(to: question.bytes, [data]), to: question))
        #expect(answer.address?.description == "fd01::9")
        #expect(answer.text == nil)
    }

    @Test func `names are compared without case`() throws {
        var message = response(to: question.bytes, [[1, 0x61]])
        message[13] = UInt8(ascii: "S")
        #expect(DNSAnswer(message, to: question)?.text == "a")
    }

    @Test func `no answer is two answers, or none`() throws {
        #expect(DNSAnswer(response(to: question.bytes, []), to: question)?.text == nil)
        #expect(DNSAnswer(response(to: question.bytes, [[1, 0x61], [1, 0x62]]), to: question)?.text == nil)
        #expect(DNSAnswer(response(to: question.bytes, [[5, 0x61]]), to: question)?.text == nil)
        #expect(DNSAnswer(response(to: question.bytes, [[1, 0x07]]), to: question)?.text == nil)
    }

    @Test(arguments: [
        ("another id", 0, 0xFF), ("a question, not an answer", 2, 0x05), ("truncated", 2, 0x87), ("a server failure", 3, 0x82),
        ("two questions", 5, 2), ("more answers than there are", 7, 9), ("another name", 13, 0x78), ("a label beyond the end", 12, 63),
        ("a reserved label type", 12, 0x80),
    ])
    func `a message that isn't the answer is none`(_ what: String, _ index: Int, _ byte: UInt8) {
        var message = response(to: question.bytes, [[1, 0x61]])
        message[index] = byte
        #expect(DNSAnswer(message, to: question) == nil, "\(what)")
    }

    @Test func `a name that points to itself or forward ends`() {
        let start = question.bytes.count
        for target in [start, start + 2, 0x3FFF] {
            var message = response(to: question.bytes, [[1, 0x61]])
            message[start] = 0xC0 | UInt8(target >> 8)
            message[start + 1] = UInt8(target & 0xFF)
            #expect(DNSAnswer(message, to: question) == nil)
        }
    }

    @Test func `every prefix of an answer is refused`() {
        let message = response(to: question.bytes, [[1, 0x61]])
        for count in 0..<message.count { #expect(DNSAnswer(Array(message.prefix(count)), to: question) == nil) }
        #expect(DNSAnswer(message, to: question) != nil)
    }

    @Test func `random and damaged messages never end the process`() {
        for seed in 0..<(20_000 as UInt64) {
            var random = SeededGenerator(seed: seed)
            var message = response(to: question.bytes, [[3, 0x61, 0x62, 0x63], [0]])
            if seed.isMultiple(of: 4) {
                message = (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            } else {
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    message[Int.random(in: 0..<message.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            }
            let answer = DNSAnswer(message, to: question)
            #expect(answer.map { $0.data.count <= message.count } ?? true, "seed \(seed)")
        }
    }

    @Test func `a name goes over the wire and back`() throws {
        for text in ["a", "_sip._tcp.lab.example.org", String(repeating: "x.", count: 126) + "y"] {
            let name = try DomainName(underscored: text)
            #expect(DomainName(wireHex: name.wireHex) == name)
        }
        for hex in ["", "0", "00", "0161", "016100ff", "4061", "01zz00", "c00c", "012e00"] {
            #expect(DomainName(wireHex: hex) == nil, "\(hex)")
        }
    }
}
