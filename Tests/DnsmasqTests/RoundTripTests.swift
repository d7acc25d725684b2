import Addressing
import Planning
import Targets
import TestSupport
import Testing

@testable import Dnsmasq

@Suite struct RoundTripTests {
    /// The same in every run; a failure names the one it was seen with.
    private static let seeds = 0..<(400 as UInt64)

    @Test func `what is rendered reads back as what it was`() throws {
        for seed in Self.seeds {
            var generator = RandomStates(seed: seed)
            let states = try generator.states()
            let found = ObservedSet(Parsing(Rendering(states).files).states).resources
            let wanted = ObservedSet(states).resources
            guard found != wanted else { continue }
            let missing = wanted.filter { !found.contains($0) }
            let extra = found.filter { !wanted.contains($0) }
            Issue.record("seed \(seed): missing \(missing), too much \(extra)")
            return
        }
    }

    @Test func `what is read renders as the same bytes, whatever the order of the states`() throws {
        for seed in Self.seeds {
            var generator = RandomStates(seed: seed)
            var random = SeededGenerator(seed: seed)
            let states = try generator.states()
            let files = Rendering(states).files
            #expect(Rendering(Parsing(files).states.shuffled(using: &random)).files == files, "seed \(seed)")
        }
    }

    @Test func `no rendered line is longer than dnsmasq reads`() throws {
        for seed in Self.seeds {
            var generator = RandomStates(seed: seed)
            for file in Rendering(try generator.states()).files {
                let longest = file.bytes.split(separator: UInt8(ascii: "\n")).map(\.count).max() ?? 0
                #expect(longest <= Derivation.longestLine, "seed \(seed), \(file.name)")
            }
        }
    }

    @Test func `a changed byte never reads back as the same states`() throws {
        for seed in Self.seeds.prefix(60) {
            var generator = RandomStates(seed: seed)
            var random = SeededGenerator(seed: seed)
            let states = ObservedSet(try generator.states()).resources
            let files = Rendering(states).files
            for _ in 0..<20 {
                var changed = files
                let file = Int.random(in: 0..<files.count, using: &random)
                let index = Int.random(in: 0..<files[file].bytes.count, using: &random)
                changed[file].bytes[index] ^= UInt8.random(in: 1...255, using: &random)
                #expect(ObservedSet(Parsing(changed).states).resources != states, "seed \(seed), \(files[file].name) byte \(index)")
            }
        }
    }

    @Test func `a hundred thousand names and reservations read back in seconds`() throws {
        var states: [DnsmasqState] = []
        let lease = LeaseTime(seconds: 3_600)
        for index in 0..<(100_000 as UInt32) {
            let address = IPv4Address(bits: 0x0A00_0000 + index)
            states.append(.host(HostAddresses(try DomainName("h\(index).example.org"), addresses: [.v4(address)], reverse: [.v4(address)])))
            let octets: InlineArray<6, UInt8> = [2, 0, 0, UInt8(index >> 16), UInt8(index >> 8 & 255), UInt8(index & 255)]
            guard let key = TagText("h\(index).lan"), let name = ClientName("h\(index)") else { continue }
            states.append(.reservation(FixedAddress(key: key, mac: MACAddress(octets: octets), address: address, name: name, lease: lease)))
        }
        #expect(states.count == 200_000)
        let clock = ContinuousClock()
        let files = Rendering(states).files
        var found = 0
        let time = clock.measure { found = Parsing(files).states.count }
        #expect(found == states.count)
        // Far from what a quadratic reader would take, and far from what a debug build takes on a busy machine.
        #expect(time < .seconds(30))
    }
}
