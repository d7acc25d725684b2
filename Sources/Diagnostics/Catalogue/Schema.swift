extension DiagnosticCode {
    /// The rules about how an inventory file is written.
    static var schemaEntries: [DiagnosticCode: Entry] {
        [schemaShapeEntries, schemaScalarEntries, schemaAddressEntries].reduce(into: [:]) { all, group in
            all.merge(group) { first, _ in first }
        }
    }

    private static var schemaShapeEntries: [DiagnosticCode: Entry] {
        [
            .unknownKey: Entry(
                title: "A mapping has only keys that the schema knows",
                why: "A key that is passed over in silence is a setting that somebody believes in and that does nothing.",
                mend: "correct the key as suggested, or remove it",
                example: "hosts:\n  hv01: { from: hv }"),
            .missingKey: Entry(
                title: "A required key is written",
                why: "Without it the entry has no meaning, and a guess would be found out on the wire.",
                mend: "add the key with a value like the one shown",
                example: "site: { name: lab, domain: lab.example.org }"),
            .wrongShape: Entry(
                title: "A value is a mapping, a list or a single value, as the schema says",
                why: """
                    A list where a mapping belongs, or one address where several may stand, is most often a slip of indentation or a \
                    dash.
                    """,
                mend: "write the shape that is named: `key: value` lines, `[a, b]`, or one value",
                example: "hosts:\n  - hv01"),
            .duplicateEntry: Entry(
                title: "An entry is written once in the whole inventory",
                why: "Files merge, so a host written twice would have two truths and the order of files would choose between them.",
                mend: "remove one of the two, or merge what they say",
                example: "# a.yml: hosts: { hv01: { form: hv } }\n# b.yml: hosts: { hv01: { form: vm } }"),
            .reservedKey: Entry(
                title: "A key that is kept for a later version is not written yet",
                why: "What is written and not read would look as if it were done.",
                mend: "remove the key, or comment it out until a version reads it",
                example: "tenants: {}"),
            .schemaVersion: Entry(
                title: "The inventory's schema is one that this program reads",
                why: "An older program would misread what a newer one wrote, and apply it.",
                mend: "install a newer deevnet",
                example: "deevnet: { schema: 9 }"),
            .wrongPlace: Entry(
                title: "A key stands below inventory/ or below sites/NAME/, where it belongs",
                why: """
                    What a host is belongs to everyone, where it stands belongs to a site; mixed up, an error at one site would stop \
                    the others.
                    """,
                mend: "move the key to the folder that is named",
                example: "# inventory/hosts.yml\nbindings: { hv01: {} }"),
            .siteNameMismatch: Entry(
                title: "A site's name is its folder's name",
                why: "The folder says whose file it is; a copied folder with the old name would claim another site's zones.",
                mend: "correct `site.name`, or rename the folder: git mv sites/OLD sites/NEW",
                example: "# sites/lab/site.yml\nsite: { name: travel }"),
            .emptyValue: Entry(
                title: "A key has a value",
                why: "`key:` with nothing behind it may mean none, the default, or an edit that was interrupted.",
                mend: "write the value, or remove the key",
                example: "hosts:\n  hv01: { form: }"),
            .templateExpression: Entry(
                title: "Nothing in an inventory is evaluated",
                why: "Templates from another tool would reach a daemon's file as they stand.",
                mend: "write the value itself",
                example: "hosts:\n  hv01: { form: \"{{ form }}\" }"),
        ]
    }

    private static var schemaScalarEntries: [DiagnosticCode: Entry] {
        [
            .badBoolean: Entry(
                title: "A switch is `true` or `false`",
                why: "`yes`, `on` and `1` are read differently by different programs; two words leave no doubt.",
                mend: "write `true` or `false`",
                example: "bindings:\n  hv01: { managed: yes }"),
            .badInteger: Entry(
                title: "A number is whole, within its bounds and without leading zeros",
                why: "`010` is ten to some programs and eight to others.",
                mend: "write a plain number within the bounds that are named",
                example: "records:\n  \"@\": { mx: [{ preference: 010, host: mail }] }"),
            .unknownValue: Entry(
                title: "A word is one of those that the schema lists",
                why: "A misspelt mode would fall back on something that nobody chose.",
                mend: "write one of the words that are listed",
                example: "hosts:\n  hv01: { form: hypervisor }"),
            .badText: Entry(
                title: "A text for people is one plain line",
                why: "Control and invisible characters can hide or reorder what a reviewer sees.",
                mend: "write plain text on one line, at most 200 characters; printable ASCII in TXT records",
                example: "segments:\n  iot: { description: \"two\\nlines\" }"),
            .badName: Entry(
                title: "A name is made of lowercase letters, digits and hyphens",
                why: "Names become DNS labels and words in daemons' files, where other characters break the line or mean something else.",
                mend: "write a name such as hv01",
                example: "hosts:\n  HV_01: { form: hv }"),
            .badDuration: Entry(
                title: "A time has its unit",
                why: "`12` may be seconds or hours, and a lease of twelve seconds keeps a network busy.",
                mend: "write 30s, 5m, 12h or 7d",
                example: "site: { dhcp: { lease: 12 } }"),
            .badPath: Entry(
                title: "A path is plain and stays where it starts",
                why: "`..` would serve files that nobody meant to serve, and spaces break the lines that paths are written into.",
                mend: "write letters, digits, `.`, `_`, `-` and `/`, without `..` or `//`",
                example: "site: { netboot: { root: /srv/../etc } }"),
        ]
    }

    private static var schemaAddressEntries: [DiagnosticCode: Entry] {
        [
            .badAddress: Entry(
                title: "An address is a valid IPv4 or IPv6 address in its plain form",
                why: "Leading zeros and short forms such as 10.1 are read as other addresses by some programs.",
                mend: "write an address such as 10.20.99.21 or fd00:20:99::21",
                example: "addresses: [10.20.99.021]"),
            .badPrefix: Entry(
                title: "A prefix is an address with a length",
                why: "Without the length nobody knows how large the segment is.",
                mend: "write a prefix such as 10.20.99.0/24",
                example: "prefixes: [10.20.99.0]"),
            .badRange: Entry(
                title: "A range is two addresses of one family, the lower one first",
                why: "A range the wrong way round would lease nothing.",
                mend: "write a range such as 10.20.99.100-10.20.99.200",
                example: "pool: 10.20.99.200-10.20.99.100"),
            .badDomainName: Entry(
                title: "A domain name is made of valid labels",
                why: "A server refuses the whole zone for one bad name.",
                mend: "write a name such as dvntm.deevnet.net",
                example: "domain: dvntm..deevnet.net"),
            .badVLAN: Entry(
                title: "A VLAN id is a number from 1 to 4094",
                why: "0 and 4095 are reserved by IEEE 802.1Q, and switches drop or refuse them.",
                mend: "write a number from 1 to 4094",
                example: "segments:\n  iot: { vlan: 4095 }"),
            .badDate: Entry(
                title: "A date is a day of the calendar",
                why: "`31.3.27` and `3/4/27` are other days to other people.",
                mend: "write YYYY-MM-DD",
                example: "ignore:\n  - { code: DVN0305, reason: \"The card is ordered\", until: 2027-02-30 }"),
            .moreFindings: Entry(
                title: "The first 100 findings about the keys and values of a file are told",
                why: "Nobody reads thousands, and they mostly have one cause; a file can be made to have any number.",
                mend: "mend those that are told: what is left is told then",
                example: "hosts:\n  H1: {}\n  H2: {}\n  # ... and 99 more"),
            .badPort: Entry(
                title: "A port is a protocol with a number or a range",
                why: "A rule without a valid port would match nothing, or everything.",
                mend: "write tcp/80 or udp/5000-5010",
                example: "ports: [tcp/http]"),
        ]
    }
}
