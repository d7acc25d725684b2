/// Reads files that are written the way inventories mostly are, some five times as fast as libyaml does.
///
/// What it knows: printable ASCII; block mappings and lists; keys, texts and flow collections on one line each; texts without quotes that begin
/// with a letter, a digit or one of `_./~+$`; quotes without escapes. Everything else, whatever could be read in two ways, and every file in which
/// the builder finds something, it declines, and libyaml reads the file from its start. So nothing is accepted or refused here: for a file that
/// isn't declined, the builder is given what libyaml's events would have given it, places included.
struct PlainReader {
    /// Why reading ended early.
    private enum Departure: Error { case declined }

    /// A block collection that is still open.
    private struct Level {
        let indent: Int
        let isMapping: Bool
        /// Where the value or item stands if nothing is written: behind the colon or dash. Nil when there is none to come.
        var awaited: Mark?
    }

    private let bytes: [UInt8]
    private let depth: Int
    private let stretch: Int
    private var position = 0
    private var line: UInt32 = 0
    private var lineStart = 0
    /// Where the last line with a node ended.
    private var contentEnd = 0
    private var levels: [Level] = []

    private init(_ bytes: [UInt8], _ limits: YAMLLimits) {
        self.bytes = bytes
        depth = limits.depth
        // libyaml is stopped after this many bytes without an event, which may be those of two lines and what is between them.
        stretch = limits.stretchBytes / 4
        levels.reserveCapacity(8)
    }

    /// Gives `builder` the nodes of a file; false when the file is declined, and the builder has to begin again.
    static func read(_ bytes: [UInt8], _ limits: YAMLLimits, into builder: inout TreeBuilder) -> Bool {
        // So no loop can run past the end: each stops at a line's end at the latest.
        guard bytes.last == .lineFeed else { return false }
        var reader = PlainReader(bytes, limits)
        do {
            try reader.read(into: &builder)
            return builder.findings.isEmpty
        } catch {
            return false
        }
    }

    private mutating func read(into builder: inout TreeBuilder) throws(Departure) {
        guard try skipToContent() else { throw .declined }
        if column == 0, isDocumentStart {
            position += 3
            endLine()
        }
        while try skipToContent() {
            try readLine(into: &builder)
            guard builder.findings.isEmpty, position - contentEnd <= stretch else { throw .declined }
            contentEnd = position
        }
        guard !levels.isEmpty, position - contentEnd <= stretch else { throw .declined }
        while !levels.isEmpty { closeLevel(&builder) }
    }

    // MARK: Lines

    private var column: Int { position - lineStart }
    private var mark: Mark { Mark(line: line, column: UInt32(truncatingIfNeeded: position - lineStart)) }

    /// Goes to the first character of the next line with a node; false at the file's end.
    private mutating func skipToContent() throws(Departure) -> Bool {
        while position < bytes.count {
            skipSpaces()
            switch bytes[position] {
            case .lineFeed: endLine()
            case .hash: try skipComment()
            default: return true
            }
        }
        return false
    }

    private mutating func skipSpaces() {
        while bytes[position] == .space { position += 1 }
    }

    /// Goes behind the line feed here.
    private mutating func endLine() {
        position += 1
        line += 1
        lineStart = position
    }

    private mutating func skipComment() throws(Departure) {
        while bytes[position] != .lineFeed {
            guard bytes[position].isPrintable else { throw .declined }
            position += 1
        }
        endLine()
    }

    /// Goes to the next line, over spaces and a comment; false, and behind the spaces, when something else stands here.
    private mutating func skipLineEnd() throws(Departure) -> Bool {
        let before = position
        skipSpaces()
        if bytes[position] == .lineFeed {
            endLine()
            return true
        }
        guard bytes[position] == .hash, position > before else { return false }
        try skipComment()
        return true
    }

    private var isDocumentStart: Bool {
        bytes.count - position > 3 && bytes[position] == .dash && bytes[position + 1] == .dash && bytes[position + 2] == .dash
            && bytes[position + 3] == .lineFeed
    }

    /// Reads the line of a node: dashes, then a key with or without its value, or a value.
    private mutating func readLine(into builder: inout TreeBuilder) throws(Departure) {
        while let level = levels.last, level.indent > column { closeLevel(&builder) }
        while bytes[position] == .dash, bytes[position + 1].isBlank {
            try beginItem(&builder)
            if try skipLineEnd() { return }
        }
        // A list as deep as its key ends where a line begins without a dash.
        if let level = levels.last, !level.isMapping, level.indent == column {
            closeLevel(&builder)
            guard levels.last?.isMapping == true, levels.last?.indent == column else { throw .declined }
        }
        if bytes[position].opensFlow {
            try beginValue(at: mark)
            try readFlow(&builder)
        } else {
            let text = try readText(inFlow: false)
            guard bytes[position] == .colon else {
                try beginValue(at: text.start)
                text.add(to: &builder, bytes)
                guard try skipLineEnd() else { throw .declined }
                return
            }
            try addKey(text, &builder)
            if try skipLineEnd() { return }
            levels[levels.count - 1].awaited = nil
            if bytes[position].opensFlow {
                try readFlow(&builder)
            } else {
                try readText(inFlow: false).add(to: &builder, bytes)
            }
        }
        guard try skipLineEnd() else { throw .declined }
    }

    // MARK: Levels

    /// Ends the innermost collection, and gives it the value that isn't written.
    private mutating func closeLevel(_ builder: inout TreeBuilder) {
        if let place = levels.removeLast().awaited { addNothing(at: place, &builder) }
        builder.close(at: mark)
    }

    private func addNothing(at place: Mark, _ builder: inout TreeBuilder) {
        builder.addScalar(RawText(bytes, 0..<0), .plain, from: place, to: place, position: position)
    }

    /// Opens a collection where the value or item is that the innermost one awaits.
    private mutating func openLevel(isMapping: Bool, at place: Mark, isAsDeep: Bool = false, _ builder: inout TreeBuilder) throws(Departure)
    {
        let indent = Int(place.column)
        if let last = levels.indices.last {
            guard levels[last].awaited != nil, isAsDeep || indent > levels[last].indent else { throw .declined }
            levels[last].awaited = nil
        } else {
            guard builder.nodes.isEmpty else { throw .declined }
        }
        guard builder.depth < depth else { throw .declined }
        builder.open(isMapping: isMapping, .block, at: place, position: position)
        levels.append(Level(indent: indent, isMapping: isMapping))
    }

    /// Takes a dash: the next item of a list, or the first of a new one.
    private mutating func beginItem(_ builder: inout TreeBuilder) throws(Departure) {
        if let level = levels.last, level.indent == column, !level.isMapping {
            if let place = level.awaited { addNothing(at: place, &builder) }
        } else {
            try openLevel(
                isMapping: false, at: mark, isAsDeep: levels.last.map { $0.isMapping && $0.indent == column } ?? false, &builder)
        }
        position += 1
        levels[levels.count - 1].awaited = mark
        skipSpaces()
    }

    /// Takes a key and the colon behind it.
    private mutating func addKey(_ key: Text, _ builder: inout TreeBuilder) throws(Departure) {
        // libyaml wants a key's colon within 1,024 characters.
        guard bytes[position + 1].isBlank, key.range.upperBound == position || key.style == .quoted, position - lineStart <= 1000 else {
            throw .declined
        }
        if let level = levels.last, level.indent == Int(key.start.column) {
            guard level.isMapping else { throw .declined }
            if let place = level.awaited { addNothing(at: place, &builder) }
        } else {
            try openLevel(isMapping: true, at: key.start, &builder)
        }
        key.add(to: &builder, bytes)
        position += 1
        levels[levels.count - 1].awaited = mark
    }

    /// Takes note that the awaited value or item is written here.
    private mutating func beginValue(at place: Mark) throws(Departure) {
        guard let last = levels.indices.last, levels[last].awaited != nil, place.column > levels[last].indent else { throw .declined }
        levels[last].awaited = nil
    }

    // MARK: Texts

    /// A text on one line.
    private struct Text {
        let style: YAMLStyle
        /// The bytes inside the quotes.
        let range: Range<Int>
        let start: Mark
        let end: Mark

        func add(to builder: inout TreeBuilder, _ bytes: [UInt8]) {
            builder.addScalar(RawText(bytes, range), style, from: start, to: end, position: range.lowerBound)
        }
    }

    private mutating func readText(inFlow: Bool) throws(Departure) -> Text {
        let start = mark
        let first = bytes[position]
        if first == .doubleQuote || first == .singleQuote {
            let range = try skipQuoted(first)
            return Text(style: .quoted, range: range, start: start, end: mark)
        }
        let range = try skipPlain(inFlow: inFlow)
        let end = Mark(line: line, column: UInt32(truncatingIfNeeded: range.upperBound - lineStart))
        return Text(style: .plain, range: range, start: start, end: end)
    }

    /// Goes behind a text in quotes; answers what is inside them.
    private mutating func skipQuoted(_ quote: UInt8) throws(Departure) -> Range<Int> {
        position += 1
        let start = position
        while bytes[position] != quote {
            guard bytes[position].isPrintable, bytes[position] != .backslash else { throw .declined }
            position += 1
        }
        let range = start..<position
        position += 1
        // A second quote would be one inside the text.
        guard bytes[position] != quote else { throw .declined }
        return range
    }

    /// Goes behind a text without quotes; answers where it is, without the spaces behind it.
    private mutating func skipPlain(inFlow: Bool) throws(Departure) -> Range<Int> {
        let bytes = bytes
        let start = position
        let first = bytes[start]
        guard first.beginsPlain || (first == .dash && bytes[start + 1].isAlphanumeric) else { throw .declined }
        // `...` would end the document.
        guard first != .dot || column > 0 else { throw .declined }
        var here = start + 1
        var end = here
        scan: while true {
            while bytes[here].goesOnPlain { here += 1 }
            if bytes[here - 1] != .space { end = here }
            switch bytes[here] {
            case .space: break
            case .lineFeed: break scan
            case .colon:
                let next = bytes[here + 1]
                if next.isBlank { break scan }
                guard !inFlow || next.isAlphanumeric else { throw .declined }
            case .hash:
                if bytes[here - 1] == .space { break scan }
            case .comma, .closingBracket, .closingBrace:
                if inFlow { break scan }
            case .openingBracket, .openingBrace, .questionMark:
                if inFlow { throw .declined }
            default: throw .declined
            }
            here += 1
        }
        // A key's colon stands right behind it, and a comment is for the end of the line to read.
        position = bytes[here] == .colon ? here : end
        return start..<end
    }

    // MARK: Flow collections

    /// Reads a collection in brackets or braces that ends on the same line.
    private mutating func readFlow(_ builder: inout TreeBuilder) throws(Departure) {
        guard builder.depth < depth, builder.findings.isEmpty else { throw .declined }
        let isMapping = bytes[position] == .openingBrace
        let close: UInt8 = isMapping ? .closingBrace : .closingBracket
        builder.open(isMapping: isMapping, .flow, at: mark, position: position)
        position += 1
        skipSpaces()
        if bytes[position] != close {
            while true {
                try readFlowItem(isMapping: isMapping, &builder)
                skipSpaces()
                guard bytes[position] == .comma else { break }
                position += 1
                skipSpaces()
            }
        }
        guard bytes[position] == close else { throw .declined }
        position += 1
        builder.close(at: mark)
    }

    private mutating func readFlowItem(isMapping: Bool, _ builder: inout TreeBuilder) throws(Departure) {
        guard builder.findings.isEmpty else { throw .declined }
        if isMapping {
            let key = try readText(inFlow: true)
            guard bytes[position] == .colon, bytes[position + 1] == .space, key.range.upperBound == position || key.style == .quoted,
                key.range.count <= 1000
            else { throw .declined }
            key.add(to: &builder, bytes)
            position += 1
            skipSpaces()
        }
        if bytes[position].opensFlow {
            try readFlow(&builder)
        } else {
            try readText(inFlow: true).add(to: &builder, bytes)
        }
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let hash = UInt8(ascii: "#")
    fileprivate static let dash = UInt8(ascii: "-")
    fileprivate static let dot = UInt8(ascii: ".")
    fileprivate static let colon = UInt8(ascii: ":")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let backslash = UInt8(ascii: "\\")
    fileprivate static let singleQuote = UInt8(ascii: "'")
    fileprivate static let doubleQuote = UInt8(ascii: "\"")
    fileprivate static let questionMark = UInt8(ascii: "?")
    fileprivate static let openingBracket = UInt8(ascii: "[")
    fileprivate static let closingBracket = UInt8(ascii: "]")
    fileprivate static let openingBrace = UInt8(ascii: "{")
    fileprivate static let closingBrace = UInt8(ascii: "}")

    fileprivate var isPrintable: Bool { self >= 0x20 && self < 0x7F }
    /// Whether it is part of a text without quotes, wherever it stands in it: printable, and none of ` #,:?[]{}`.
    fileprivate var goesOnPlain: Bool {
        let allowed: UInt64 = self < 64 ? 0x7BFF_EFF6_0000_0000 : 0x57FF_FFFF_D7FF_FFFF
        return self < 0x80 && allowed &>> UInt64(self & 63) & 1 == 1
    }

    fileprivate var isBlank: Bool { self == .space || self == .lineFeed }
    fileprivate var opensFlow: Bool { self == .openingBracket || self == .openingBrace }

    fileprivate var isAlphanumeric: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }

    /// Whether a text without quotes may begin so, whatever follows.
    fileprivate var beginsPlain: Bool {
        if isAlphanumeric { return true }
        return switch self {
        case UInt8(ascii: "_"), .dot, UInt8(ascii: "/"), UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "$"): true
        default: false
        }
    }
}
