import Foundation

extension LabSite {
    /// The answer and the process that a failed apply must leave as they were, or bring back.
    func servesTheSamples() async throws -> Bool {
        let addresses = try await [ask("hv01.dvntm.deevnet.net").data, ask("store-ph01.dvntm.deevnet.net").data]
        let new = try await ask("chat.dvntm.deevnet.net")
        return addresses == [["10.20.99.21"], ["10.20.99.41"]] && new.status == "NXDOMAIN"
    }

    /// A commit that costs a reload.
    func commitAddress() async throws { try await commit("sites/dvntm/hosts.yml", replacing: "[10.20.99.41]", with: "[10.20.99.42]") }

    /// A commit that costs a restart.
    func commitService() async throws {
        let mail = "  mail: { host: app-vm01 }"
        try await commit("sites/dvntm/services.yml", replacing: mail, with: "\(mail)\n  chat: { host: app-vm01 }")
    }

    /// Puts a script in dnsmasq's place on the builder while something is done. The script sees the real one as $real, and in $conf the
    /// configuration that it is given; $test is set when only the checker is wanted, $rehearsal when it is only tried out. What it doesn't do itself the real one does.
    func substituting(_ script: String, while body: () async throws -> Void) async throws {
        let place = try await run("sh", "-c", "readlink -f $(command -v dnsmasq)").results.trimmingCharacters(in: .whitespacesAndNewlines)
        let made = "\(folder)/substitute"
        // Under its own name, by which its process is known.
        try FileManager.default.createDirectory(atPath: "\(made)/real", withIntermediateDirectories: true)
        try? FileManager.default.copyItem(atPath: place, toPath: "\(made)/real/dnsmasq")
        let text = """
            #!/bin/sh
            real=\(made)/real/dnsmasq conf=/dev/null test= rehearsal=
            for word; do
                case $word in --test) test=1 ;; --keep-in-foreground) rehearsal=1 ;; --conf-file=?*) conf=${word#--conf-file=} ;; esac
            done
            \(script)
            exec $real "$@"
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(made)/dnsmasq"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(made)/dnsmasq")
        try await mounted("mount -n --bind \(made)/dnsmasq \(place)", undo: "umount -n -l \(place)", while: body)
    }

    /// Takes dnsmasq away from the builder while something is done: its directory shows everything else.
    func withoutDnsmasq(while body: () async throws -> Void) async throws {
        let place = try await run("sh", "-c", "dirname $(readlink -f $(command -v dnsmasq))").results.trimmingCharacters(
            in: .whitespacesAndNewlines)
        let (rest, all) = ("\(folder)/without/rest", "\(folder)/without/all")
        let steps = [
            "mkdir -p \(rest) \(all)", "mount -n --bind \(place) \(all)", "ln -s \(all)/* \(rest)", "rm \(rest)/dnsmasq",
            "mount -n --bind \(rest) \(place)",
        ]
        try await mounted(
            steps.joined(separator: " && "), undo: "umount -n -l \(place) && umount -n -l \(all) && rm -r \(folder)/without", while: body)
    }

    /// Does something between two commands on the builder; the second is run however it ends.
    func mounted(_ command: String, undo: String, while body: () async throws -> Void) async throws {
        let made = try await run("sh", "-c", command)
        guard made.status == 0 else { throw Trouble(made.description) }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        let undone = try await run("sh", "-c", undo)
        guard undone.status == 0 else { throw Trouble(undone.description) }
        try result.get()
    }
}
