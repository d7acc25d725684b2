import Foundation
import Testing

/// Files that are small and would be large when read: each is refused by the limit that it breaks, with little memory and few words.
@Suite(.serialized) struct BombTests {
    struct Bomb: Sendable {
        let name: String
        let code: String
        let bytes: [UInt8]

        init(_ name: String, _ code: String, _ text: String) { self.init(name, code, Array(text.utf8)) }
        init(_ name: String, _ code: String, _ bytes: [UInt8]) { (self.name, self.code, self.bytes) = (name, code, bytes) }
    }

    private static func times(_ count: Int, _ text: (Int) -> String) -> String { (0..<count).map(text).joined() }
    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
    private static func laughs(_ levels: Int, _ open: String, _ item: (Int) -> String, _ close: String) -> String {
        "a0: &a0 lol\n"
            + times(levels) { level in
                "a\(level + 1): &a\(level + 1) \(open)" + times(9) { "\($0 > 0 ? "," : "")\(item(level))" } + "\(close)\n"
            }
    }

    static let bombs: [Bomb] = [
        Bomb("a billion laughs", "DVN0016", laughs(10, "[", { "*a\($0)" }, "]")),
        Bomb(
            "laughs in block style", "DVN0016", "a0: &a0 [x, x]\n" + times(30) { l in "a\(l + 1): &a\(l + 1)\n" + times(9, "  - *a\(l)\n") }
        ),
        Bomb("twice as much each time", "DVN0016", "- &a0 [x, x]\n" + times(60) { "- &a\($0 + 1) [*a\($0), *a\($0)]\n" }),
        Bomb("an anchor used a million times", "DVN0016", "- &a [" + times(2_000, "x, ") + "x]\n- [" + times(10_000, "*a, ") + "*a]\n"),
        Bomb("an alias to itself", "DVN0011", "a: &a [*a]\n"),
        Bomb("an alias to what holds it", "DVN0011", "a: &a { b: { c: [*a] } }\n"),
        Bomb("an alias as a key", "DVN0016", "a: &a [" + times(5_000, "x, ") + "x]\nb: [" + times(5_000, "*a, ") + "*a]\n"),
        Bomb("many anchors", "DVN0201", times(20_000) { "k\($0): &a x\n" }),
        Bomb("a chain of anchors", "DVN0013", "- &a0 [x]\n" + times(200) { "- &a\($0 + 1) [[*a\($0)]]\n" }),
        Bomb("a million brackets", "DVN0013", times(1_000_000, "[")),
        Bomb("a million braces", "DVN0013", times(1_000_000, "{a: ")),
        Bomb("a million dashes", "DVN0013", times(1_000_000, "- ")),
        Bomb("a million question marks", "DVN0013", times(1_000_000, "? ")),
        Bomb("a staircase", "DVN0013", times(300) { times($0, " ") + "a:\n" }),
        Bomb("a plain text of 10 MB", "DVN0015", "a: " + times(10 << 20, "x")),
        Bomb("a quoted text of 10 MB", "DVN0015", "a: \"" + times(10 << 19, "x\n") + "\""),
        Bomb("a block of 10 MB", "DVN0015", "a: |\n" + times(1 << 20, "  xxxxxxx\n")),
        Bomb("a comment of 10 MB", "DVN0015", "a: 1\n#" + times(10 << 20, "x")),
        Bomb("blanks of 10 MB", "DVN0015", "a:" + times(10 << 20, " ") + "b"),
        Bomb("empty lines of 10 MB", "DVN0015", "a:" + times(10 << 20, "\n") + "b"),
        Bomb("an anchor's name of 10 MB", "DVN0015", "a: &" + times(10 << 20, "x")),
        Bomb("a tag of 10 MB", "DVN0015", "a: !" + times(10 << 20, "x")),
        Bomb("a key of 100 kB", "DVN0001", times(100_000, "x") + ": 1\n"),
        Bomb("escapes of 10 MB", "DVN0015", "a: \"" + times(1 << 20, "\\U00000041") + "\""),
        Bomb("many documents", "DVN0007", times(100_000, "---\na: 1\n")),
        Bomb("tags", "DVN0008", times(20_000) { "k\($0): !!python/object:os.system x\n" }),
        Bomb("merge keys", "DVN0009", "a: &a { x: 1 }\n" + times(5_000) { "k\($0): { <<: *a }\n" }),
        Bomb("the same key", "DVN0005", times(20_000, "hosts: {}\n")),
        Bomb("mistakes", "DVN0211", "hosts:\n" + times(20_000) { "  H \($0): 1\n" }),
        Bomb("unknown keys", "DVN0201", times(20_000) { "k\($0): 1\n" }),
        Bomb("UTF-16", "DVN0108", [0xFF, 0xFE] + Array(repeating: [0x61, 0x00], count: 100_000).flatMap { $0 }),
        Bomb("marks of byte order", "DVN0015", Array(repeating: [0xEF, 0xBB, 0xBF], count: 100_000).flatMap { $0 }),
        Bomb("what is no UTF-8", "DVN0003", Array(repeating: 0xFF, count: 1 << 20)),
        Bomb("nothing but NUL", "DVN0108", Array(repeating: 0, count: 20 << 20)),
        Bomb("a file of 65 MiB", "DVN0012", Array(repeating: 0x0A, count: 65 << 20)),
        Bomb("a directive", "DVN0008", times(1_000) { "%TAG !e\($0)! tag:x,2000:\n" } + "---\na: 1\n"),
    ]

    @Test func `a bomb is refused by the limit that it breaks, with little memory and few words`() async throws {
        let folder = NSTemporaryDirectory() + "deevnet-bombs-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let make = "mkdir -p $0; cd $0; git init -q -b main; $1 init --organization sample --domain deevnet.net --site home > /dev/null"
        try await Command.must(["sh", "-ec", make, folder, Bench.program("deevnet")])
        var (most, longest) = ((0, ""), (0, ""))
        for bomb in Self.bombs {
            try Data(bomb.bytes).write(to: URL(fileURLWithPath: "\(folder)/sites/home/bomb.yml"))
            let output = try await Command.run(["\(Bench.tools)/peak", Bench.program("deevnet"), "validate", "-C", folder])
            #expect(output.status == 1, "\(bomb.name): \(output.status) \(output.complaints.suffix(300))")
            #expect(output.complaints.contains("error[\(bomb.code)]"), "\(bomb.name): \(output.complaints.prefix(300))")
            #expect(output.complaints.utf8.count < 1 << 20, "\(bomb.name)")
            let figures = output.complaints.split(separator: "\n").last?.split(separator: " ").compactMap { Int($0) } ?? []
            try #require(figures.count == 2)
            #expect(figures[0] < 64 << 10, "\(bomb.name): \(figures[0]) KiB")
            if figures[0] > most.0 { most = (figures[0], bomb.name) }
            if figures[1] > longest.0 { longest = (figures[1], bomb.name) }
        }
        Tier.report(
            "bombs: \(Self.bombs.count) refused; at most \(most.0 >> 10) MiB (\(most.1)), \(longest.0) ms of the processor (\(longest.1)), the program's start included"
        )
    }
}
