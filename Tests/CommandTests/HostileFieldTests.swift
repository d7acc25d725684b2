import Foundation
import Testing

/// Whatever a field of the inventory holds, it stays in that field: each value that could break out of a line is refused at its place with a way
/// to mend it and nothing is written, or it is rendered and read back as it was.
@Suite struct HostileFieldTests {
    /// A field of site dvntm that reaches a rendered file, with `%` for its value.
    struct Field: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let path: String
        let old: String
        let new: String
        /// What is right there; the payload follows it.
        let right: String

        init(_ name: String, in path: String, _ old: String, _ new: String, _ right: String) {
            testDescription = name
            self.path = path
            self.old = old
            self.new = new
            self.right = right
        }
    }

    /// What follows a right value, as YAML writes it between double quotes.
    static let separators = [#"\nport=5353"#, #"\rb"#, #"\"b"#, "#b", "=b", ",b", #"\u202eb"#, #"\u200bb"#]
    /// More of it, for fields that hold a text; that names refuse every such character is tested where names are decoded.
    static let more = [" #b", " b", #"\\b"#, #"\0b"#, #"\x1b[31mb"#, #"\x7fb"#, #"\u0085b"#, #"\u2028b"#, "é", "/../b"]

    @Test(arguments: texts)
    func `a hostile text is refused where it stands, or comes back as it was`(_ field: Field) async throws {
        try await expectToHold(field, Self.separators + Self.more)
    }

    @Test(arguments: names + addresses + records)
    func `a hostile name or address is refused where it stands`(_ field: Field) async throws {
        try await expectToHold(field, Self.separators)
    }

    private func expectToHold(_ field: Field, _ payloads: [String]) async throws {
        let sandbox = try await Sandbox(.samples)
        let sample = try sandbox.read("\(sandbox.repository)/\(field.path)")
        let parts = sample.components(separatedBy: field.old)
        try #require(parts.count == 2, "'\(field.old)' stands once in \(field.path)")
        let line = parts[0].split(separator: "\n", omittingEmptySubsequences: false).count
        var refused: String?
        for payload in payloads {
            let text = parts.joined(separator: field.new.replacing("%", with: "\"\(field.right)\(payload)\""))
            try sandbox.write(text, to: field.path)
            let output = try await sandbox.run("deevnet validate")
            let comment = Comment(rawValue: "\(payload): \(output.results)\(output.complaints)")
            #expect(output.complaints.unicodeScalars.allSatisfy { !Self.isHidden($0) || $0 == "\n" }, comment)
            if output.status == 0 {
                try await expectCameBack(sandbox, comment)
            } else {
                #expect(output.status == 1, comment)
                let findings = output.complaints.components(separatedBy: "\n\n")
                #expect(
                    findings.contains {
                        $0.hasPrefix("\(field.path):\(line):") && $0.contains(": error[DVN") && $0.contains("\n    mend: ")
                    },
                    comment)
                refused = text
            }
        }
        // One of the refused values goes all the way: nothing comes of it.
        guard let refused else { return }
        try sandbox.write(refused, to: field.path)
        let before = try sandbox.listing()
        let applied = try await sandbox.run("deevnet apply dvntm --root $ROOT --auto-approve")
        #expect(applied.status == 1, "\(applied.complaints)")
        #expect(try sandbox.listing() == before)
    }

    /// Applies what was accepted: it parses back, dnsmasq takes it, the next plan is empty, and no line has become two.
    private func expectCameBack(_ sandbox: Sandbox, _ comment: Comment) async throws {
        let applied = try await sandbox.run("deevnet apply dvntm --root $ROOT --auto-approve")
        #expect(applied.status == 0, "\(comment): \(applied.complaints)")
        let again = try await sandbox.run("deevnet plan dvntm --root $ROOT --detailed-exitcode")
        #expect(again.status == 0, "\(comment): \(again.results)\(again.complaints)")
        for (file, count) in try Self.lineCounts() {
            let text = try sandbox.read("\(sandbox.root)/provisioner-ph01/etc/deevnet/current/dnsmasq/dvntm/\(file)")
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == count, "\(comment): \(file)")
            #expect(text.unicodeScalars.allSatisfy { !Self.isHidden($0) || $0 == "\n" }, "\(comment): \(file)")
        }
    }

    /// The lines of the samples' golden files.
    private static func lineCounts() throws -> [(file: String, count: Int)] {
        try ["dnsmasq.conf", "hosts", "options", "reservations"].map { file in
            let text = try String(contentsOfFile: "\(Project.folder)/plans/dvntm/provisioner-ph01/\(file)", encoding: .utf8)
            return (file, text.split(separator: "\n", omittingEmptySubsequences: false).count)
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// What makes the test above worth something: with nothing after it the same fields' value is taken.
    @Test(arguments: texts + names + addresses + records)
    func `the right value alone is taken`(_ field: Field) async throws {
        let sandbox = try await Sandbox(.samples)
        let sample = try sandbox.read("\(sandbox.repository)/\(field.path)")
        try sandbox.write(sample.replacing(field.old, with: field.new.replacing("%", with: "\"\(field.right)\"")), to: field.path)
        let output = try await sandbox.run("deevnet validate")
        #expect(output.status == 0, "\(output.complaints)")
    }

    private static let site = "sites/dvntm/site.yml"
    private static let segments = "sites/dvntm/segments.yml"
    private static let bindings = "sites/dvntm/hosts.yml"
    private static let services = "sites/dvntm/services.yml"
    private static let other = "sites/dvntm/records.yml"

    static let texts = [
        Field("a TXT record", in: other, #"txt: "v=DMARC1; p=reject""#, "txt: %", "v=DMARC1"),
        Field("a TXT record of several", in: other, #"["v=spf1 mx -all"]"#, "[%]", "v=spf1"),
        Field("a device", in: "inventory/hosts/provisioner-ph01.yml", "device: eth0", "device: %", "eth0"),
        Field("the TFTP root", in: site, "root: /srv/tftp", "root: %", "/srv/tftp"),
        Field("the boot file for BIOS", in: site, "undionly.kpxe", "%", "undionly.kpxe"),
        Field("the boot file for UEFI", in: site, "snponly.efi", "%", "snponly.efi"),
        Field("the boot file for ARM", in: site, "snponly-arm64.efi", "%", "snponly-arm64.efi"),
        Field("the chained script", in: site, "path: /boot.ipxe", "path: %", "/boot.ipxe"),
        Field("the answers' time to live", in: site, "ttl: 5m", "ttl: %", "5m"),
        Field("the lease time", in: site, "lease: 12h", "lease: %", "12h"),
        Field("a description, which reaches no file", in: services, #""Serial consoles of switches and servers""#, "%", "Serial consoles"),
    ]

    static let names = [
        Field(
            "the management zone", in: "inventory/deevnet.yml", "management_zone: mgmt.deevnet.net", "management_zone: %",
            "mgmt.deevnet.net"),
        Field("the site's name", in: site, "name: dvntm", "name: %", "dvntm"),
        Field("the site's domain", in: site, "domain: dvntm.deevnet.net", "domain: %", "dvntm.deevnet.net"),
        Field("a search domain", in: site, "search: [dvntm.mgmt.deevnet.net]", "search: [%]", "dvntm.mgmt.deevnet.net"),
        Field("a segment", in: segments, "  management:\n", "  %:\n", "management"),
        Field("a shared host", in: "inventory/hosts/hv01.yml", "  hv01:\n", "  %:\n", "hv01"),
        Field("a site's host", in: "sites/dvntm/equipment.yml", "  app-vm01:\n", "  %:\n", "app-vm01"),
        Field("an interface", in: "sites/dvntm/equipment.yml", "      storage: {", "      %: {", "storage"),
        Field("a service", in: services, "  mqtt: {", "  %: {", "mqtt"),
        Field("a workload's service", in: "inventory/workloads.yml", "services: [sdr]", "services: [%]", "sdr"),
        Field("an alias", in: services, "  artifacts.deevnet.net: {", "  %: {", "artifacts.deevnet.net"),
    ]

    static let addresses = [
        Field("a MAC", in: "inventory/hosts/hv01.yml", #""02:de:20:01:01:01""#, "%", "02:de:20:01:01:01"),
        Field("an address", in: bindings, "[10.20.99.21]", "[%]", "10.20.99.21"),
        Field("a gateway", in: segments, "gateway: 10.20.99.1 ", "gateway: % ", "10.20.99.1"),
        Field("a prefix", in: segments, "[10.20.10.0/24]", "[%]", "10.20.10.0/24"),
        Field("a pool", in: segments, "10.20.99.100-10.20.99.200", "%", "10.20.99.100-10.20.99.200"),
        Field("an upstream", in: site, "[9.9.9.9, ", "[%, ", "9.9.9.9"),
        Field("a time server", in: site, "ntp: [ntp]", "ntp: [%]", "10.20.99.31"),
    ]

    static let records = [
        Field("an owner", in: other, "  vpn: {", "  %: {", "vpn"),
        Field("an owner with underscores", in: other, "  _mqtt._tcp:\n", "  %:\n", "_mqtt._tcp"),
        Field("an address record", in: other, "[203.0.113.10]", "[%]", "203.0.113.10"),
        Field("a mail exchanger", in: other, "host: app-vm01", "host: %", "app-vm01"),
        Field("a location", in: other, "host: broker-pi01", "host: %", "broker-pi01"),
        Field("a name server", in: other, "ns: [core-rt01]", "ns: [%]", "core-rt01"),
    ]
}
