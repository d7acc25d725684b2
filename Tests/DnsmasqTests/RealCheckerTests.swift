import Foundation
import Planning
import Targets
import TestSupport
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

/// Whether the real daemon's checker is here.
private let dnsmasq = ["/usr/sbin/dnsmasq", "/usr/bin/dnsmasq", "/usr/local/sbin/dnsmasq"].first {
    FileManager.default.isExecutableFile(atPath: $0)
}

@Suite(.enabled(if: dnsmasq != nil, "dnsmasq isn't installed")) struct RealCheckerTests {
    /// What the checker's commands say of files that were rendered; empty when each ends with 0.
    private func complaints(_ states: [DnsmasqState]) throws -> [String] {
        let program = try #require(dnsmasq)
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("dnsmasq-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let files = Rendering(states).files
        for file in files { try Data(file.bytes).write(to: directory.appendingPathComponent(file.name)) }
        return try DnsmasqFiles(site: "lab", servesDNS: true).checks(directory: directory.path, files: files).compactMap { command in
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = Array(command.dropFirst())
            process.standardError = pipe
            process.standardOutput = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return process.terminationStatus == 0 ? nil : output
        }
    }

    @Test func `the sample site passes the checker`() throws {
        let graph = try Sample.graph()
        #expect(try complaints(DnsmasqProvider(now: { 0 }).desired(graph, graph.placements[0]).resources.map(\.state)) == [])
    }

    @Test func `every text that a record can have passes the checker`() throws {
        let texts =
            HostileTests.payloads.compactMap(RecordText.init)
            + [RecordText(String((0x20...0x7E).map { Character(Unicode.Scalar($0)) }))].compactMap(\.self)
        let owner = try Sample.name("lab.example.org")
        #expect(texts.count > 15)
        #expect(try complaints(Set(texts).map { .record(OtherRecord(owner, .txt($0))) }) == [])
    }

    @Test func `random states pass the checker`() throws {
        for seed in 0..<(30 as UInt64) {
            var generator = RandomStates(seed: seed)
            // What the compiler proves and the checker wants: no alias twice or in a ring, an account that is there, each address reserved once.
            let states = try generator.states().filter { state in
                switch state {
                case .alias, .setting(.account), .setting(.flag(.dhcpFQDN)): false
                default: true
                }
            }
            let said = try complaints(states)
            #expect(said == [], "seed \(seed): \(said)")
        }
    }

    @Test func `the checker sees what is wrong in a side file`() throws {
        let directory = FileManager.default.temporaryDirectory
        let file = PlaceFile(name: "reservations", bytes: Array("02:zz:00:02:00:01,192.0.2.21,hv01,43200 # x\n".utf8))
        let command = try #require(DnsmasqFiles(site: "lab", servesDNS: true).checks(directory: directory.path, files: [file]).last)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(dnsmasq))
        process.arguments = Array(command.dropFirst())
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
    }
}
