public import Diagnostics
import Targets

/// The text differences of the files that a plan would write, with three lines around each.
public enum FileDiff {
    /// Files with more lines than this are compared by their counts alone.
    static let comparedLines = 20_000

    /// All files of a target's plan.
    public static func render(_ runs: [any PlacementRun], style: TerminalStyle) -> String {
        var text = ""
        for run in runs {
            guard case .files(let work) = run.work else { continue }
            let names = Set(work.current.map(\.name) + work.wanted.map(\.name)).sorted()
            for name in names {
                let old = work.current.first { $0.name == name }.map { lines($0.bytes) } ?? []
                let new = work.wanted.first { $0.name == name }.map { lines($0.bytes) } ?? []
                if old != new { text += render("\(work.place)/\(escapedForDisplay(name))", old, new, style) }
            }
        }
        return text
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func render(_ name: String, _ old: [String], _ new: [String], _ style: TerminalStyle) -> String {
        var result = ["", style(.strong, "--- \(name)"), style(.strong, "+++ \(name)")]
        guard old.count + new.count <= comparedLines else {
            return (result + ["    \(old.count) lines → \(new.count) lines"]).joined(separator: "\n") + "\n"
        }
        let marked = mark(old, new)
        var last = -1
        for (index, line) in marked.enumerated() {
            let isNear = marked[max(0, index - 3)...min(marked.count - 1, index + 3)].contains { $0.sign != " " }
            guard isNear else { continue }
            if last != index - 1, last >= 0 { result.append(style(.faint, "…")) }
            last = index
            let text = "\(line.sign)\(escapedForDisplay(line.text))"
            result.append(line.sign == " " ? text : style(line.sign == "+" ? .added : .removed, text))
        }
        return result.joined(separator: "\n") + "\n"
    }

    /// The lines of both texts in one order, each with its sign.
    private static func mark(_ old: [String], _ new: [String]) -> [(sign: Character, text: String)] {
        var removed = Set<Int>()
        var inserted = Set<Int>()
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var result: [(sign: Character, text: String)] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                result.append(("-", old[i]))
                i += 1
            } else if j < new.count, inserted.contains(j) {
                result.append(("+", new[j]))
                j += 1
            } else {
                result.append((" ", old[i]))
                i += 1
                j += 1
            }
        }
        return result
    }
}
