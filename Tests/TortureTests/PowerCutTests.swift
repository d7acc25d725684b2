import Foundation
import Testing

/// The power goes at any call of an apply: the files are old or new, what was reported as done is there, and the next apply works.
///
/// The apply is killed before a call, and what the disk has got by then is all that there is: see `Tools/powercut`.
@Suite(.serialized, .enabled(if: PowerCut.obstacle == nil, Comment(rawValue: PowerCut.obstacle ?? ""))) struct PowerCutTests {
    /// What a power cut left.
    private struct Trial: Sendable {
        var status: Int32
        var root: Bench.Root
        var complaints: [String] = []
    }

    private static let options = ["data=ordered", "data=ordered,noauto_da_alloc", "data=writeback,noauto_da_alloc", "data=journal"]

    @Test func `leaves old or new, and what was reported done is there`() async throws {
        let bench = try await Bench()
        var (points, cuts, done, survived) = (0, 0, 0, 0)
        for (turn, options) in Self.options.enumerated() where Tier.isDeep || turn == 1 {
            for base in Bench.Base.allCases where Tier.isDeep || base == .settled {
                let calls = try await CommandSweepTests.calls(bench, base)
                let image = try await Self.image(bench, base)
                // One past the last: the apply ends well, and then the power goes.
                let chosen = (1...calls.count + 1).filter { Tier.isDeep || $0 % 8 == 5 || $0 == calls.count + 1 }
                let trials = try await each(of: chosen) { number in
                    var trial = try await Self.cut(bench, image, options, fault: "kill@\(number)")
                    let (live, new) = (trial.root.tree.live, Tree.Live.files(bench.new))
                    if live != new, live != bench.kept(base) { trial.complaints.append("neither old nor new: \(live)") }
                    if number <= calls.count, trial.status != 128 + SIGKILL { trial.complaints.append("the point wasn't reached") }
                    if number > calls.count, trial.status != 0 || live != new {
                        trial.complaints.append("what was reported done is lost: \(live)")
                    }
                    trial.complaints += bench.complaints(about: try await bench.apply(to: trial.root), trial.root)
                    return (number, trial)
                }
                for (number, trial) in trials {
                    #expect(trial.complaints == [], "\(options), \(base), before call \(number)")
                    points += 1
                    if trial.complaints.isEmpty { survived += 1 }
                    if trial.status == 0 { done += 1 } else { cuts += 1 }
                }
            }
        }
        #expect(bench.isOutsideUntouched)
        Tier.report("power cut: \(points) points on ext4, \(cuts) in the middle, \(done) just after the end, \(survived) survived")
    }

    @Test func `the harness sees the loss of a writer that syncs nothing, and none of a sound one`() async throws {
        for planted in [Bench.Planted.none, .sync] {
            let bench = try await Bench(planted: planted)
            let image = try await Self.image(bench, .settled)
            let trial = try await Self.cut(bench, image, Self.options[2], fault: nil)
            #expect(trial.status == 0)
            #expect((trial.root.tree.live == .files(bench.new)) == (planted == .none), "\(planted): \(trial.root.tree.live)")
        }
        Tier.report("control, a writer that syncs nothing: what it reported as done is lost")
    }

    /// A disk with a base's tree in the directory `root`.
    private static func image(_ bench: Bench, _ base: Bench.Base) async throws -> String {
        let path = "\(bench.folder)/trees/\(base).ext4"
        let content = "\(path).content"
        try FileManager.default.createDirectory(atPath: content, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: content) }
        let root = try await bench.root(base)
        if base == .settled { try FileManager.default.moveItem(atPath: root.path, toPath: "\(content)/root") }
        try await Command.must(["truncate", "-s", "6M", path])
        try await Command.must(["mkfs.ext4", "-qF", "-d", content, path])
        return path
    }

    /// Applies on a copy of the disk, and takes the power away.
    private static func cut(_ bench: Bench, _ image: String, _ options: String, fault: String?) async throws -> Trial {
        let folder = "\(bench.folder)/trees/cut-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = ["unshare", "--mount", "--propagation", "private", "\(Bench.tools)/powercut", image, folder, options, "--"]
        let mounted = Bench.Root("\(folder)/mount/root")
        let output = try await bench.apply(to: mounted, fault: fault, under: program)
        guard output.status == 0, let status = try? String(contentsOfFile: "\(folder)/status", encoding: .utf8) else {
            throw Trouble(output.description)
        }
        let unreadable = try String(contentsOfFile: "\(folder)/unreadable", encoding: .utf8)
        let root = try await bench.root(.empty)
        if FileManager.default.fileExists(atPath: "\(folder)/after") {
            try FileManager.default.moveItem(atPath: "\(folder)/after", toPath: root.path)
        }
        let isMissing = unreadable.contains("No such file")
        return Trial(
            status: Int32(status.dropLast()) ?? -1, root: root,
            complaints: unreadable.isEmpty || isMissing ? [] : ["unreadable: \(unreadable)"])
    }
}

/// Whether this machine can cut a disk's power.
enum PowerCut {
    /// Why not; nil: it can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "a power cut needs root: loop devices and mounts" }
        let trial = """
            d=$(mktemp -d) && trap 'rm -r $d' EXIT && truncate -s 4M $d/i && PATH=$PATH:/usr/sbin:/sbin && mkfs.ext4 -qF $d/i \
            && unshare --mount sh -c "mount -n -o loop $d/i /mnt"
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", trial]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return "no shell" }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nil : "this machine can't mount ext4 on a loop device"
    }()
}
