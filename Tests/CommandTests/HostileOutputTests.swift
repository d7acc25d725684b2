import Foundation
import Testing

/// No byte of data reaches an output as a control character: whatever stands in the inventory, on a target or on the command line, a terminal or a
/// program is never told by it what to do.
@Suite struct HostileOutputTests {
    /// What terminals obey or hide: colour, a window's title, going back, the bell, C1, bidirectional and invisible text; two alone, then all.
    static let payloads = [
        "\u{1b}[31mred", "a\rb",
        "a\u{1b}]0;title\u{7}\u{8}\u{8}\u{9b}31m\u{85}\u{202e}b\u{2066}b\u{2069}\u{200b}\u{2028}\u{feff}\u{7f}\u{e0041}\tb\r\u{1b}[2J",
    ]

    /// Runs a command line and looks at every byte that it wrote; what it wrote, for a test to see that the payload was told at all.
    @discardableResult
    private func look(_ sandbox: Sandbox, _ line: String, _ variables: [String: String] = [:]) async throws -> String {
        let ended = try await sandbox.run("{ \(line); } >../out 2>../err", variables)
        #expect(ended.status < 128, "\(line) ended with \(ended.status)")
        var all = ""
        for name in ["out", "err"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(sandbox.folder)/\(name)"))
            let text = try #require(String(validatingUTF8Bytes: bytes), "\(line): \(name) isn't UTF-8")
            for (number, written) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let bad = written.unicodeScalars.filter(Self.isControl)
                #expect(bad.isEmpty, "`\(line)`, \(name), line \(number + 1): \(written.debugDescription)")
            }
            all += text
        }
        return all
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static let looks = [
        "validate --notes", "validate --format json", "validate --format sarif", "validate --format github --notes", "plan --root $ROOT",
        "plan --root $ROOT --format json", "plan --root $ROOT --format sarif", "plan --root $ROOT --format github", "graph dvntm",
        "graph dvntm --format dot", "graph dvntm --format json", "explain hv01", "apply --root $ROOT --auto-approve --verbose",
    ]

    // MARK: The inventory

    /// Documents with a `%` where the payload goes, as YAML writes it between double quotes.
    private static let documents = [
        #"hosts: { "hv%": { form: hv } }"#, #"hosts: { hv90: { form: "h%v" } }"#, #"hosts: { hv91: { form: hv, "x%": 1 } }"#,
        #"hosts: { hv92: { form: hv, hardware: "x%" } }"#,
        #"hosts: { hv93: { form: hv, interfaces: { "l%": { mac: "02:de:20:01:09:01" } } } }"#,
        #"hosts: { hv94: { form: hv, interfaces: { lan: { mac: "02:de:%" } } } }"#,
        #"workloads: { w1: { services: [], description: "%" } }"#,
        #"workloads: { "w%": { services: ["s%"] } }"#, #""top%": 1"#,
        #"hardware: { "k%": { display_name: "%", arch: "%", firmware: uefi } }"#,
        #"hosts: { hv95: "{{ % }}" }"#, #"hosts: [ "%" ]"#,
    ]
    private static let siteDocuments = [
        #"services: { "s%": { host: hv01 } }"#, #"services: { s1: { host: "h%" } }"#, #"bindings: { "b%": {} }"#,
        #"bindings: { hv96: { lifecycle: "%", workloads: ["%"], interfaces: { "%": { segment: "%", addresses: ["10.%"] } } } }"#,
        #"segments: { "s%": { vlan: "9%", prefixes: ["10.20.%"], dhcp: { mode: "%" } } }"#,
        #"records: { "r%": { txt: "%" }, r2: { txt: "%", cname: "%" }, r3: { mx: ["10 %"] } }"#, #"aliases: { "a%": { site: "%" } }"#,
        #"firewall: { policies: [ { from: "f%", to: ["t%"], action: "%", ports: ["tcp/%"] } ] }"#,
    ]

    private static func quoted(_ payload: String) -> String {
        payload.unicodeScalars.map {
            "\\U" + String(repeating: "0", count: 8 - String($0.value, radix: 16).count) + String($0.value, radix: 16)
        }
        .joined()
    }

    @Test(arguments: payloads)
    func `names and values of the inventory are told safely`(_ payload: String) async throws {
        let sandbox = try await Sandbox(.samples)
        for (index, text) in Self.documents.enumerated() {
            try sandbox.write(text.replacing("%", with: Self.quoted(payload)) + "\n", to: "inventory/hostile\(index).yml")
        }
        for (index, text) in Self.siteDocuments.enumerated() {
            try sandbox.write(text.replacing("%", with: Self.quoted(payload)) + "\n", to: "sites/dvntm/hostile\(index).yml")
        }
        for command in Self.looks { try await look(sandbox, "deevnet \(command)") }
        // It was there to be told.
        let told = try await sandbox.run("deevnet validate --notes")
        #expect(told.status == 1 && told.complaints.contains("\\u{"), "\(told.complaints)")
    }

    @Test(arguments: payloads)
    func `bytes in comments, texts and names of files are told safely`(_ payload: String) async throws {
        let sandbox = try await Sandbox(.samples)
        let hosts = try sandbox.read("\(sandbox.repository)/inventory/hosts/hv01.yml")
        try sandbox.write("# \(payload)\n" + hosts.replacing("form: hv", with: "form: hw # \(payload)"), to: "inventory/hosts/hv01.yml")
        try sandbox.write("workloads: { w\(payload): {} # \(payload)\n", to: "sites/dvntm/broken.yml")
        for folder in ["inventory", "sites", "sites/dvntm"] { try sandbox.write("x: [\n", to: "\(folder)/f\(payload).yml") }
        try sandbox.write("site: { name: x }\n", to: "sites/s\(payload)/site.yml")
        try await sandbox.mustRun("ln -s /etc/passwd \"inventory/l$P.yml\"", ["P": payload])
        for command in Self.looks { try await look(sandbox, "deevnet \(command)") }
        try await sandbox.mustRun(
            "git add . && git commit -qm \"$P\" && git branch -- \"x$(printf %s \"$P\" | tr -cd a-z)\"", ["P": payload])
        for command in ["validate --ref HEAD --notes", "validate --staged --format sarif", "plan --ref HEAD --root $ROOT"] {
            try await look(sandbox, "deevnet \(command)")
        }
    }

    @Test func `bytes that are no text at all are told safely`() async throws {
        let sandbox = try await Sandbox(.samples)
        for byte in ["233", "200", "377", "000"] {
            try await sandbox.mustRun("printf 'hosts: { hv\\\(byte): 1 }\\n' > inventory/bytes.yml")
            for command in Self.looks.prefix(5) { try await look(sandbox, "deevnet \(command)") }
        }
        try await sandbox.mustRun("rm inventory/bytes.yml; touch \"inventory/$(printf 'n\\233m').yml\"")
        for command in Self.looks { try await look(sandbox, "deevnet \(command)") }
    }

    // MARK: The command line

    @Test(arguments: payloads)
    func `what was typed is told safely`(_ payload: String) async throws {
        let sandbox = try await Sandbox(.samples)
        for command in [
            "validate --ref \"$P\"", "validate --format \"$P\"", "validate -C \"$P\"", "plan \"$P\" --root $ROOT",
            "plan --root \"$ROOT/$P\"",
            "plan --root $ROOT --out \"$ROOT/x$P.json\"", "plan --root $ROOT --out \"$ROOT/none/$P.json\"", "apply \"$P.json\"",
            "apply \"$P\" --root $ROOT", "apply dvntm --root \"$ROOT/$P\" --auto-approve --verbose", "apply --allow \"$P\" --root $ROOT",
            "explain \"$P\"", "explain \"dvntm/$P\"", "graph \"$P\"", "graph \"dvntm\" --format \"$P\"", "\"$P\"", "plan \"--$P\"",
            "init --site \"$P\"", "init --organization \"$P\"", "init --domain \"$P\"", "init -C \"$ROOT/$P\"",
        ] {
            try await look(sandbox, "deevnet \(command)", ["P": payload])
        }
        #expect(try await look(sandbox, "deevnet explain \"$P\"", ["P": payload]).contains("\\u{"))
        #expect(try await look(sandbox, "deevnet plan --root $ROOT --out \"$ROOT/x$P.json\"", ["P": payload]).contains("\\u{"))
    }

    // MARK: Targets

    @Test(arguments: payloads)
    func `what stands on a target is told safely`(_ payload: String) async throws {
        let sandbox = try await Sandbox(.samples)
        try await sandbox.mustRun("deevnet apply dvntm --root $ROOT --auto-approve")
        let tree = "\(sandbox.root)/provisioner-ph01"
        let place = "\(tree)/etc/deevnet/current/dnsmasq/dvntm"
        let script = """
            for file in dnsmasq.conf hosts reservations options; do printf 'x%s=%s # %s\\n' "$P" "$P" "$P" >> "\(place)/$file"; done
            printf '10.20.99.77 h%s\\ntxt-record=x,"%s"\\n' "$P" "$P" >> "\(place)/hosts"
            echo foreign > "\(place)/f$P"
            mkdir -p "\(tree)/etc/deevnet/generations/g$P" "\(tree)/var/lib/deevnet"
            now=$(($(date +%s) + 9999))
            for lease in $(find "\(tree)" -name '*leases*'); do printf '%s 02:de:99:99:99:99 10.20.99.21 %s %s\\n' $now "$P" "$P" >> $lease; done
            """
        try await sandbox.mustRun(script, ["P": payload])
        let text = try await look(sandbox, "deevnet plan dvntm --root $ROOT --all --diff")
        #expect(text.contains("foreign/") && text.contains("\\u{"), "\(text)")
        let json = try await look(sandbox, "deevnet plan dvntm --root $ROOT --format json")
        #expect(json.contains("\\u") || json.contains("\\t") || json.contains("\\r"))
        for command in ["--format sarif", "--format github", "--out $ROOT/plan.json --verbose"] {
            try await look(sandbox, "deevnet plan dvntm --root $ROOT \(command)")
        }
        try await look(sandbox, "cat $ROOT/plan.json")
        try await look(sandbox, "deevnet apply dvntm --root $ROOT --auto-approve --verbose --all")
    }

    @Test(arguments: payloads)
    func `what other programs left in deevnet's own files is told safely`(_ payload: String) async throws {
        let sandbox = try await Sandbox(.samples)
        try await sandbox.mustRun(
            "deevnet plan dvntm --root $ROOT --out $ROOT/plan.json && deevnet apply dvntm --root $ROOT --auto-approve")
        let escaped = payload.utf16.map { "\\u" + String(repeating: "0", count: 4 - String($0, radix: 16).count) + String($0, radix: 16) }
            .joined()
        let tree = "\(sandbox.root)/provisioner-ph01"
        let files = ["\(tree)/etc/deevnet/current/records.json", "\(tree)/run/deevnet/lock", "\(sandbox.root)/plan.json"]
        let originals = try files.map { try sandbox.read($0) }
        #expect(originals[0].contains("\"dvntm\""), "\(originals[0])")
        for (file, original) in zip(files, originals) {
            for text in [
                original.replacing("\"dvntm\"", with: "\"d\(escaped)\""), original.replacing("root", with: escaped),
                original.replacing("dnsmasq", with: escaped), String(original.dropLast(9)) + payload,
            ] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                try await look(sandbox, "deevnet plan --root $ROOT")
                try await look(sandbox, "flock \(tree)/run/deevnet/lock deevnet apply dvntm --root $ROOT --auto-approve --verbose")
                try await look(sandbox, "deevnet apply $ROOT/plan.json --root $ROOT")
            }
            try Data(original.utf8).write(to: URL(fileURLWithPath: file))
        }
    }
}

extension String {
    /// The text of bytes; nil where they are no UTF-8.
    fileprivate init?(validatingUTF8Bytes bytes: Data) {
        guard let text = String(data: bytes, encoding: .utf8) else { return nil }
        self = text
    }
}
