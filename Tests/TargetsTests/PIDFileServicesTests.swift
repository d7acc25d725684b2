import Foundation
import Glibc
import Targets
import Testing

/// A small daemon that backgrounds itself, notes its signals and dies when it is told to.
private final class ShellDaemon: Sendable {
    let scratch: Scratch
    let unit: ServiceUnit

    init(_ behaviour: String = "good") throws {
        scratch = try Scratch()
        try scratch.write(
            """
            #!/bin/sh
            # daemon.sh CONFIG BEHAVIOUR [child]
            dir=$(dirname "$1")
            if [ "$3" = child ]; then
                trap 'echo hup >> "$dir/log"' HUP
                [ "$2" = stubborn ] && trap 'echo term >> "$dir/log"' TERM
                [ "$2" = dying ] && exit 3
                while :; do sleep 0.02; done
            fi
            [ "$2" = refusing ] && { echo "bad option at line 7" >&2; exit 2; }
            [ "$2" = silent ] && exit 0
            setsid /bin/sh "$0" "$1" "$2" child </dev/null >/dev/null 2>&1 &
            echo $! > "$dir/pid"
            """, to: "daemon.sh")
        try scratch.write("", to: "config")
        let chmod = try Process.run(URL(fileURLWithPath: "/bin/chmod"), arguments: ["755", "\(scratch.path)/daemon.sh"])
        chmod.waitUntilExit()
        unit = ServiceUnit(
            name: "deevnet-test@dvntm", command: ["\(scratch.path)/daemon.sh", "\(scratch.path)/config", behaviour],
            pidFile: "\(scratch.path)/pid")
    }

    /// A test that fails leaves nothing running.
    deinit {
        guard let pid, let line = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8), line.contains(scratch.path) else {
            return
        }
        kill(pid, SIGKILL)
    }

    var pid: Int32? { scratch.text("pid").flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) } }
}

@Suite struct `Services with pid files` {
    let services = PIDFileServices(root: "/", canStart: true, patience: .seconds(10))

    @Test func `start, stay the same when reloaded, change when restarted, and stop`() async throws {
        let daemon = try ShellDaemon()
        #expect(await services.status(of: daemon.unit) == .stopped)
        try await services.start(daemon.unit)
        let first = await services.status(of: daemon.unit)
        guard case .running(let pid, let started) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(pid == daemon.pid && started > 0)
        try await services.start(daemon.unit)
        try await services.reload(daemon.unit)
        #expect(try await eventually { daemon.scratch.text("log") == "hup\n" })
        #expect(await services.status(of: daemon.unit) == first)
        try await services.restart(daemon.unit)
        let second = await services.status(of: daemon.unit)
        #expect(second != first && second != .stopped)
        try await services.stop(daemon.unit)
        #expect(await services.status(of: daemon.unit) == .stopped)
        try await services.stop(daemon.unit)
        let error = await #expect(throws: TargetError.self) { try await services.reload(daemon.unit) }
        #expect(error?.kind == .serviceFailed)
    }

    @Test func `that refuse to start are quoted`() async throws {
        let daemon = try ShellDaemon("refusing")
        let error = await #expect(throws: TargetError.self) { try await services.start(daemon.unit) }
        #expect(error?.kind == .serviceFailed)
        #expect(error?.message.contains("status 2: bad option at line 7") == true)
    }

    @Test func `that end after their start are found out`() async throws {
        let daemon = try ShellDaemon("dying")
        let patient = PIDFileServices(root: "/", canStart: true, patience: .seconds(1))
        let error = await #expect(throws: TargetError.self) { try await patient.start(daemon.unit) }
        #expect(error?.kind == .serviceFailed)
        #expect(await services.status(of: daemon.unit) == .stopped)
    }

    @Test func `that write no pid file are found out`() async throws {
        let daemon = try ShellDaemon("silent")
        let quick = PIDFileServices(root: "/", canStart: true, patience: .milliseconds(200))
        let error = await #expect(throws: TargetError.self) { try await quick.start(daemon.unit) }
        #expect(error?.kind == .serviceFailed && error?.message.contains(daemon.unit.pidFile) == true)
    }

    @Test func `that don't end when asked are killed`() async throws {
        let daemon = try ShellDaemon("stubborn")
        try await services.start(daemon.unit)
        let quick = PIDFileServices(root: "/", canStart: true, patience: .milliseconds(300))
        // The shell sets its trap after it has started.
        try await services.reload(daemon.unit)
        try await quick.stop(daemon.unit)
        #expect(await services.status(of: daemon.unit) == .stopped)
    }

    @Test func `aren't mistaken for whoever has their process id now`() async throws {
        let daemon = try ShellDaemon()
        let stranger = try Process.run(URL(fileURLWithPath: "/bin/sleep"), arguments: ["60"])
        defer { stranger.terminate() }
        try daemon.scratch.write("\(stranger.processIdentifier)\n", to: "pid")
        #expect(await services.status(of: daemon.unit) == .stopped)
        try await services.stop(daemon.unit)
        #expect(stranger.isRunning)
    }

    @Test func `that somebody started with other files are theirs to end and to replace`() async throws {
        let daemon = try ShellDaemon()
        try await services.start(daemon.unit)
        let before = await services.status(of: daemon.unit)
        var other = daemon.unit
        other.command[1] = "\(daemon.scratch.path)/other"
        #expect(await services.status(of: other) == before)
        try await services.restart(other)
        let after = await services.status(of: other)
        #expect(after != before && after != .stopped)
        try await services.stop(other)
    }

    @Test func `aren't mistaken for the same program of somebody else that has their process id now`() async throws {
        let daemon = try ShellDaemon()
        try await services.start(daemon.unit)
        var other = daemon.unit
        other.command[1] = "/etc/other"
        other.pidFile = "\(daemon.scratch.path)/stale"
        try daemon.scratch.write("\(try #require(daemon.pid))\n", to: "stale")
        // Written long before that process began.
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: other.pidFile)
        #expect(await services.status(of: other) == .stopped)
        try await services.stop(other)
        #expect(await services.status(of: daemon.unit) != .stopped)
        try await services.stop(daemon.unit)
    }

    @Test(arguments: ["x", "-1", "0", "12 34x"]) func `with a pid file that holds no id are unknown`(_ text: String) async throws {
        let daemon = try ShellDaemon()
        try daemon.scratch.write(text, to: "pid")
        let status = await services.status(of: daemon.unit)
        guard case .unknown = status else {
            Issue.record("\(status)")
            return
        }
    }

    @Test func `in a dry tree are not started, but reloaded and stopped where they run`() async throws {
        let daemon = try ShellDaemon()
        let dry = PIDFileServices(root: daemon.scratch.path, canStart: false)
        var inside = daemon.unit
        inside.pidFile = "/pid"
        let error = await #expect(throws: TargetError.self) { try await dry.start(inside) }
        #expect(error?.kind == .serviceFailed && error?.message.contains("dry tree") == true)
        try await services.start(daemon.unit)
        try await dry.reload(inside)
        #expect(try await eventually { daemon.scratch.text("log") == "hup\n" })
        #expect(await dry.status(of: inside) == services.status(of: daemon.unit))
        try await dry.stop(inside)
        #expect(await services.status(of: daemon.unit) == .stopped)
    }

    @Test func `count their signals and starts as calls that can fail`() async throws {
        let daemon = try ShellDaemon()
        let gate = SystemGate(isRecording: true)
        let counted = PIDFileServices(root: "/", gate: gate, canStart: true, patience: .seconds(10))
        try await counted.start(daemon.unit)
        try await counted.reload(daemon.unit)
        try await counted.stop(daemon.unit)
        #expect(gate.calls.map(\.call) == [.spawn, .kill, .kill, .kill])
        let failing = PIDFileServices(root: "/", gate: SystemGate(injector: FaultPlan(.fail(EMFILE), at: 1)), canStart: true)
        let error = await #expect(throws: TargetError.self) { try await failing.start(daemon.unit) }
        #expect(error?.kind == .failed(errno: EMFILE))
        #expect(await services.status(of: daemon.unit) == .stopped)
    }
}

/// A DNS question for an address, with the id 4660.
private func question(_ name: String) -> [UInt8] {
    let labels = name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    return [0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0] + labels + [0, 0, 1, 0, 1]
}

@Suite(.enabled(if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/dnsmasq"), "needs root and dnsmasq"))
struct `dnsmasq in a namespace` {
    @Test func `is restarted where it ran, and answers there only`() async throws {
        let scratch = try Scratch()
        try scratch.write(
            "port=53\nno-resolv\nno-hosts\nuser=root\nlisten-address=127.0.0.1\nbind-interfaces\naddress=/example.org/192.0.2.7\n",
            to: "conf/dnsmasq.conf")
        // What the daemon knows as /mnt is a directory of the dry tree: only its own mount namespace shows it there.
        let unit = ServiceUnit(
            name: "deevnet-dnsmasq@dvntm", command: ["dnsmasq", "-C", "/mnt/dnsmasq.conf", "--pid-file=/mnt/dnsmasq.pid"],
            pidFile: "/conf/dnsmasq.pid")
        let services = PIDFileServices(root: scratch.path, canStart: false, patience: .seconds(10))
        let script = "ip link set lo up && mount --bind \(scratch.path)/conf /mnt && exec \(unit.command.joined(separator: " "))"
        let begun = try await LocalPrograms().run(["unshare", "--net", "--mount", "sh", "-c", script], within: 10)
        #expect(begun.status == 0, "\(begun.output)")
        #expect(try await eventually { await services.status(of: unit) != .stopped })
        let first = await services.status(of: unit)
        guard case .running(let pid, _) = first else {
            Issue.record("\(first)")
            return
        }
        let network = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/net")
        #expect(network != (try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")))
        let answer = await services.ask(unit, dns: question("host.example.org"), port: 53, within: 2000)
        #expect(answer.map { Array($0.suffix(4)) } == [192, 0, 2, 7])

        try scratch.write(
            "port=53\nno-resolv\nno-hosts\nuser=root\nlisten-address=127.0.0.1\nbind-interfaces\naddress=/example.org/192.0.2.8\n",
            to: "conf/dnsmasq.conf")
        try await services.restart(unit)
        let second = await services.status(of: unit)
        guard case .running(let newPID, _) = second else {
            Issue.record("\(second)")
            return
        }
        #expect(second != first)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(newPID)/ns/net") == network)
        let changed = await services.ask(unit, dns: question("host.example.org"), port: 53, within: 2000)
        #expect(changed.map { Array($0.suffix(4)) } == [192, 0, 2, 8])
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net") != network,
            "the namespace of this process is its own")

        // A bad file: it doesn't start; a good one again: it comes back where it ran, though nothing of it is left there.
        try scratch.write("port=53\nnonsense\n", to: "conf/dnsmasq.conf")
        let error = await #expect(throws: TargetError.self) { try await services.restart(unit) }
        #expect(error?.kind == .serviceFailed && error?.message.contains("nonsense") == true || error?.message.contains("line 2") == true)
        #expect(await services.ask(unit, dns: question("host.example.org"), port: 53, within: 100) == nil)
        try scratch.write(
            "port=53\nno-resolv\nno-hosts\nuser=root\nlisten-address=127.0.0.1\nbind-interfaces\naddress=/example.org/192.0.2.9\n",
            to: "conf/dnsmasq.conf")
        try await services.restart(unit)
        let back = await services.ask(unit, dns: question("host.example.org"), port: 53, within: 2000)
        #expect(back.map { Array($0.suffix(4)) } == [192, 0, 2, 9])
        try await services.stop(unit)
        #expect(await services.status(of: unit) == .stopped)
    }
}
