import Diagnostics
import InventorySchema
import SiteCompiler
import TestSupport
import Testing

/// Every rule of the schema, broken in the sample inventory.
@Suite struct SchemaRefusalTests {
    @Test(arguments: keys + scalars + addresses)
    func `a broken rule is told with its place and its mend`(_ refusal: InventoryCase) async throws { try await refusal.check() }

    @Test func `every rule of the schema has a case`() {
        let tested = Set((Self.keys + Self.scalars + Self.addresses).map(\.code))
        // A hundred findings in one file are LimitTests' matter.
        for code in DiagnosticCode.allCases where code.rawValue.hasPrefix("DVN02") && code != .moreFindings {
            #expect(tested.contains(code), "\(code) \(code.rawValue)")
        }
    }

    @Test func `the sample inventory is right`() async {
        let outcome = await SampleInventory.base.compiled()
        #expect(outcome.findings.isEmpty, Comment(rawValue: outcome.report))
        #expect(outcome.inventory.sites.map(\.name) == ["away", "lab"])
        #expect(outcome.compilation.graphs.map(\.site) == ["away", "lab"])
    }

    static let keys: [InventoryCase] = [
        .init(
            "an unknown key is refused with the nearest known one", .unknownKey, site: nil, mend: "did you mean 'device'?",
            .init("device: eno1", "«devcie»: eno1")),
        .init(
            "an unknown key that is like none is refused with all that there are", .unknownKey, site: nil, mend: "mac, device",
            .init("device: eno1", "«colour»: blue")),
        .init(
            "an unknown key at the top of a file is refused with the nearest known one", .unknownKey, site: nil,
            mend: "did you mean 'hosts'?",
            .init(add: "«hots»: {}\n", to: "inventory/z.yml")),
        .init(
            "a missing key is told where it belongs", .missingKey, site: "away", mend: "segments: [management]",
            .init("{ host: away-ph01, segments: [lan], dns: dnsmasq, dhcp: dnsmasq }", "«{ host: away-ph01, dns: dnsmasq, dhcp: dnsmasq }»")
        ),
        .init(
            "an inventory without its organisation is refused", .missingKey, site: nil, mend: "inventory/deevnet.yml",
            .init("organization: { name: example, root_domain: example.org, management_zone: mgmt.example.org }\n", "")),
        .init(
            "an inventory without its schema is refused", .missingKey, site: nil, mend: "schema: 1", .init("deevnet: { schema: 1 }\n", "")),
        .init(
            "a site's folder without the key 'site' is refused", .missingKey, site: "new", mend: "sites/new/site.yml",
            .init(add: "segments: {}\n", to: "sites/new/segments.yml")),
        .init(
            "one address is no list of addresses", .wrongShape, mend: "[10.1.99.5]",
            .init("addresses: [10.1.99.5]", "addresses: «10.1.99.5»")),
        .init(
            "a list is no mapping", .wrongShape, mend: "without the dashes", .init("  isp: {", "  isp: «[{ description: x }]»\n  other: {")),
        .init("a mapping is no single value", .wrongShape, .init("controller: builder-ph01", "controller: «{ host: builder-ph01 }»")),
        .init("a single value is no list", .wrongShape, .init("internet: [management, trusted]", "internet: «management»")),
        .init(
            "a host that stands twice is refused at the later place", .duplicateEntry, site: nil,
            .init(add: "hosts:\n  «hv01»: { form: hv }\n", to: "inventory/z.yml")),
        .init(
            "two routers that claim one service's name are refused", .duplicateEntry,
            .init(add: "services:\n  «ntp»: { host: core-rt01 }\n", to: "sites/lab/z.yml")),
        .init(
            "a second organisation is refused", .duplicateEntry, site: nil,
            .init(add: "«organization»: { name: other, root_domain: other.example }\n", to: "inventory/z.yml")),
        .init(
            "a second firewall of a site is refused", .duplicateEntry,
            .init(add: "«firewall»: { default: accept }\n", to: "sites/lab/z.yml")),
        .init(
            "a segment that stands twice is refused", .duplicateEntry,
            .init(add: "segments:\n  «iot»: { vlan: 26 }\n", to: "sites/lab/z.yml")),
        .init("a key for later is known and refused", .reservedKey, site: nil, .init(add: "«tenants»: {}\n", to: "inventory/z.yml")),
        .init(
            "a newer schema asks for a newer program", .schemaVersion, site: nil, mend: "newer deevnet", .init("schema: 1", "schema: «2»")),
        .init(
            "bindings don't stand in inventory/", .wrongPlace, site: nil, mend: "sites/NAME/",
            .init(add: "«bindings»: {}\n", to: "inventory/z.yml")),
        .init(
            "hardware doesn't stand in a site's folder", .wrongPlace, mend: "inventory/",
            .init(add: "«hardware»: {}\n", to: "sites/lab/z.yml")),
        .init(
            "a file lies in its site's folder", .wrongPlace, site: nil, mend: "sites/NAME/",
            .init(add: "«s»egments:\n  a: {}\n", to: "sites/z.yml")),
        .init("a site is named as its folder", .siteNameMismatch, site: "away", mend: "name: away", .init("name: away", "name: «awya»")),
    ]

    static let scalars: [InventoryCase] = [
        .init("'no' is no switch", .badBoolean, site: nil, mend: "write 'false'", .init("gpu: false", "gpu: «no»")),
        .init("a number with a leading zero is refused", .badInteger, .init("preference: 10", "preference: «010»")),
        .init("a number out of bounds is refused", .badInteger, mend: "from 1 to 65535", .init("port: 5060", "port: «65536»")),
        .init(
            "an unknown word is refused with the nearest known one", .unknownValue, mend: "did you mean 'drop'?",
            .init("default: drop", "default: «drup»")),
        .init(
            "a word that is neither addresses nor a way to get them is refused", .unknownValue,
            .init("wan: { addresses: dhcp }", "wan: { addresses: «dchp» }")),
        .init(
            "an invisible character in a text is refused", .badText, .init("\"Cameras and sensors\"", "«\"Cameras\\u200b and sensors\"»")),
        .init(
            "a text longer than 200 characters is refused", .badText,
            .init("\"Cameras and sensors\"", "«\"\(String(repeating: "a", count: 201))\"»")),
        .init("a TXT record is printable ASCII", .badText, .init("[\"v=spf1 -all\"]", "[«\"grüß\"»]")),
        .init(
            "a name with capital letters is refused", .badName, mend: "write 'hv02'",
            .init(add: "hosts:\n  «HV02»: { form: hv }\n", to: "sites/lab/z.yml")),
        .init("a name with a space is refused", .badName, .init("artifacts: { host", "«my files»: { host")),
        .init("a segment's name begins with a letter or digit", .badName, .init("  blackhole:", "  «_hole»:")),
        .init(
            "an empty device name is refused", .badName, site: nil, .init("device: eno1", "device: «\"\"»")),
        .init(
            "a device name longer than Linux allows is refused", .badName, site: nil, .init("device: eno1", "device: «enp0s31f6n000000»")),
        .init("a device has a name", .badName, site: nil, .init("device: eno1", "device: «\"\"»")),
        .init("a time without a unit is refused", .badDuration, .init("ttl: 5m", "ttl: «5»")),
        .init("an infinite TTL is refused", .badDuration, .init("ttl: 5m", "ttl: «infinite»")),
        .init("a template expression is refused", .templateExpression, .init("root: /srv/tftp", "root: «\"{{ tftp_root }}\"»")),
        .init("an empty value is refused", .emptyValue, .init("controller: builder-ph01", "controller: «~»")),
        .init("a path that leaves its place is refused", .badPath, .init("path: /boot.ipxe", "path: «/../boot.ipxe»")),
        .init("a path with a space is refused", .badPath, .init("bios: undionly.kpxe", "bios: «undi only»")),
    ]

    static let addresses: [InventoryCase] = [
        .init(
            "a date that no calendar has is refused", .badDate, mend: "YYYY-MM-DD",
            .init(add: "ignore: [{ code: DVN0305, reason: known, until: «2027-02-29» }]\n", to: "sites/lab/z.yml")),
        .init("an address with a leading zero is refused", .badAddress, .init("upstreams: [192.0.2.53]", "upstreams: [«192.0.2.053»]")),
        .init("a prefix without its length is refused", .badPrefix, site: "away", .init("blocks: [10.2.0.0/16]", "blocks: [«10.2.0.0»]")),
        .init("a range the wrong way round is refused", .badRange, site: "away", .init("10.2.1.100-10.2.1.200", "«10.2.1.200-10.2.1.100»")),
        .init(
            "a domain with an empty label is refused", .badDomainName, site: "away",
            .init("domain: away.example.org", "domain: «away..example.org»")),
        .init("a VLAN id that IEEE 802.1Q reserves is refused", .badVLAN, .init("vlan: 25", "vlan: «4095»")),
        .init("a port range the wrong way round is refused", .badPort, .init("udp/5000-5010", "«udp/5010-5000»")),
    ]
}
