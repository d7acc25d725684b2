import Diagnostics
import SiteCompiler
import TestSupport
import Testing

/// No name can break out of the line it will be rendered into, or look like another name: in every field that holds a name, every character that
/// ends a line, opens a quote or a comment, separates values or isn't seen is refused.
@Suite struct HostileNameTests {
    /// A field of the sample inventory, with `%` where the name goes.
    struct Field: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let old: String
        let new: String
        var path: String?

        init(_ name: String, _ old: String, _ new: String, in path: String? = nil) {
            (testDescription, self.old, self.new, self.path) = (name, old, new, path)
        }
    }

    /// Characters as YAML writes them between double quotes.
    static let hostile = [
        #"\n"#, #"\r"#, #"\""#, "#", "=", ",", " ", ";", #"\\"#, #"\x01"#, #"\x7f"#, #"\u0085"#, #"\u2028"#, #"\u202e"#, #"\u200b"#,
        #"\ufeff"#, "é", "/",
    ]

    @Test(arguments: shared + site + bindings + services)
    func `a name with a hostile character is refused`(_ field: Field) async throws {
        let isPath = field.testDescription.hasSuffix("path")
        let lead = field.testDescription.hasSuffix("absolute path") ? "/" : ""
        // A path may hold a slash.
        for character in Self.hostile where !isPath || character != "/" {
            var inventory = SampleInventory.base
            try inventory.replace(field.old, with: field.new.replacing("%", with: "«\"\(lead)a\(character)b\"»"), in: field.path)
            let mark = try inventory.takeMark()
            let outcome = await inventory.compiled()
            let report = outcome.report
            #expect(outcome.findings.contains { $0.severity == .error && outcome.place($0.span) == mark }, "\(character): \(report)")
            #expect(outcome.compilation.graph(of: "lab") == nil, "\(character): \(report)")
            #expect(report.split(separator: "\n").allSatisfy { escapedForDisplay(String($0)) == String($0) }, "\(character): \(report)")
        }
    }

    /// What makes the test above worth something: without a hostile character the same fields take a name.
    @Test(arguments: shared + site + bindings + services)
    func `a plain name is read`(_ field: Field) async throws {
        let plain = [
            "a block": "fd00:1::/32", "an upstream": "192.0.2.1", "an address": "10.1.99.22", "a pool": "10.1.10.50-10.1.10.60",
            "a MAC": "02:de:10:01:00:09",
            "a provider": "knot", "a policy's port": "tcp/1",
        ]
        let lead = field.testDescription.hasSuffix("absolute path") ? "/" : ""
        var inventory = SampleInventory.base
        try inventory.replace(
            field.old, with: field.new.replacing("%", with: "«\"\(plain[field.testDescription] ?? "\(lead)ab")\"»"), in: field.path)
        let mark = try inventory.takeMark()
        let outcome = await inventory.compiled()
        #expect(
            !outcome.findings.contains {
                $0.code.rawValue.hasPrefix("DVN02") && $0.code != .siteNameMismatch && outcome.place($0.span) == mark
            }, Comment(rawValue: outcome.report))
    }

    static let shared: [Field] = [
        Field("the organisation", "name: example", "name: %"),
        Field("the root domain", "root_domain: example.org", "root_domain: %"),
        Field("the management zone", "management_zone: mgmt.example.org", "management_zone: %"),
        Field("a hardware type", "  opti: {", "  %: {"),
        Field("a host's hardware", "hardware: opti", "hardware: %"),
        Field("a management interface", "management_nic: mgmt", "management_nic: %"),
        Field("a boot disk's absolute path", "boot_disk: /dev/nvme0n1", "boot_disk: %"),
        Field("a shared host", "  hv01:\n    form", "  %:\n    form"),
        Field("a former name", "    form: rt\n", "    form: rt\n    formerly: %\n", in: "inventory/hosts.yml"),
        Field("an interface", "      lan: { mac: \"02:de:10:01:00:02\"", "      %: { mac: \"02:de:10:01:00:02\""),
        Field("a device", "device: eno1", "device: %"),
        Field("a MAC", "\"02:de:10:01:00:01\"", "%"),
        Field("a workload", "  sdr: {", "  %: {"),
        Field("a workload's service", "[radio]", "[%]"),
    ]

    static let site: [Field] = [
        Field("the site", "name: lab", "name: %"),
        Field("the domain", "domain: lab.example.org", "domain: %"),
        Field("a block", "fd00:1::/32", "%"),
        Field("the controller", "controller: builder-ph01", "controller: %"),
        Field("the management segment", "management_segment: management", "management_segment: %"),
        Field("the builder", "{ host: builder-ph01, segments: [management]", "{ host: %, segments: [management]"),
        Field("a bootstrap segment", "segments: [management]", "segments: [%]"),
        Field("the uplink", "uplink: wan", "uplink: %"),
        Field("a server", "dhcp: { host: core-rt01", "dhcp: { host: %"),
        Field("a provider", "provider: unbound", "provider: %"),
        Field("an upstream", "[192.0.2.53]", "[%]"),
        Field("a time server", "ntp: [ntp]", "ntp: [%]"),
        Field("a search domain", "search: [mgmt.example.org]", "search: [%]"),
        Field("the TFTP root's absolute path", "root: /srv/tftp", "root: %"),
        Field("a boot file's path", "bios: undionly.kpxe", "bios: %"),
        Field("the chain's service", "{ service: artifacts, path", "{ service: %, path"),
        Field("the chain's absolute path", "path: /boot.ipxe", "path: %"),
        Field("a segment", "  blackhole:", "  %:"),
        Field("a pool", "10.1.10.100-10.1.10.200", "%"),
        Field("a segment of 'internet'", "internet: [management, trusted]", "internet: [%]"),
        Field("a policy's source", "from: trusted,", "from: %,"),
        Field("a policy's port", "tcp/1883", "%"),
    ]

    static let bindings: [Field] = [
        Field("a site's host", "  builder-ph01:\n    form", "  %:\n    form"),
        Field("a binding", "  edge-rt01: { managed", "  %: { managed"),
        Field("a bound interface", "{ lan1: {", "{ %: {"),
        Field("an assigned workload", "workloads: [sdr]", "workloads: [%]"),
        Field("a bound segment", "wan: { segment: isp", "wan: { segment: %"),
        Field("a trunk's segment", "trusted: { addresses: gateway }", "%: { addresses: gateway }"),
        Field("an address", "[10.1.99.21]", "[%]"),
    ]

    static let services: [Field] = [
        Field("a service", "  ntp: { host", "  %: { host"),
        Field("a service's host", "ntp: { host: builder-ph01 }", "ntp: { host: % }"),
        Field("a service's interface", "interface: mgmt", "interface: %"),
        Field("a service's target", "files: { service: artifacts }", "files: { service: % }"),
        Field("an owner of records", "  mail: {", "  %: {"),
        Field("a mail exchanger", "preference: 10, host: mail", "preference: 10, host: %"),
        Field("a service location", "port: 5060, host: mail", "port: 5060, host: %"),
        Field("a name server", "ns: builder-ph01", "ns: %"),
        Field("an alias", "  files.example.org:", "  %:"),
        Field("an alias's site", "{ site: lab, service: files }", "{ site: %, service: files }"),
        Field("an alias's service", "{ site: lab, service: files }", "{ site: lab, service: % }"),
    ]
}
