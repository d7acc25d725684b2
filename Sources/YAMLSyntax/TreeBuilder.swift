internal import Diagnostics

/// Builds the arena of one file from libyaml's events, and finds what libyaml lets pass.
///
/// A value with buffers that are kept from file to file: `begin`, `take` for each event, then `finish` or `abandon`.
struct TreeBuilder {
    /// A collection that is still open. The outermost frame stands for the file.
    struct Frame {
        var node: UInt32
        var children: UInt32 = 0
        var isMapping: Bool
        /// The tallest subtree so far, aliases replaced by what they stand for.
        var height = 0
        /// The collection's anchor, as an index into `anchors`.
        var anchor: Int?
        /// What `expandedCount` was when it began.
        var expandedBefore = 0
    }

    /// The last text in quotes. When reading fails right behind it, it is the trace of a missing quote.
    struct Quote {
        var start: Mark
        var end: Mark
    }

    /// More findings than this in one file help nobody and would let a hostile file fill the memory.
    static let mostFindings = 100

    /// Files with fewer nodes share one working array; beyond, the array itself becomes the tree's.
    static let reusedCapacity = 1 << 12

    let limits: YAMLLimits
    var byteCount = 0
    var file = FileID(rawValue: 0)
    var nodes: ContiguousArray<Node> = []
    var scalars: ScalarTable
    var keys = KeySet()
    /// The innermost open collection, apart from those around it because every node changes it.
    var innermost = Frame(node: .max, isMapping: false)
    var enclosing: ContiguousArray<Frame> = []
    var anchors: [Anchor] = []
    var anchorsByName: [String: Int] = [:]
    /// Nodes that aliases stand for.
    var aliasedCount = 0
    var widestAlias: (node: UInt32, count: Int)?
    var firstDocument: Mark?
    var lastQuote: Quote?
    var findings: [Diagnostic] = []
    private var errors = 0
    var hasErrors: Bool { errors > 0 }
    var isStopped = false

    init(limits: YAMLLimits, seed: UInt64) {
        self.limits = limits
        scalars = ScalarTable(seed: seed)
    }

    /// Every node so far, aliases counted as what they stand for.
    var expandedCount: Int { nodes.count + aliasedCount }
    var depth: Int { enclosing.count }

    /// Makes ready for a file.
    mutating func begin(_ file: FileID, byteCount: Int) {
        self.file = file
        self.byteCount = byteCount
        nodes.removeAll(keepingCapacity: nodes.capacity <= 2 * Self.reusedCapacity)
        nodes.reserveCapacity(min(byteCount, Self.reusedCapacity))
        scalars.removeAll(reusedCapacity: Self.reusedCapacity)
        keys.shrink()
        enclosing.removeAll(keepingCapacity: true)
        innermost = Frame(node: .max, isMapping: false)
        if !anchors.isEmpty {
            anchors.removeAll()
            anchorsByName.removeAll()
        }
        aliasedCount = 0
        widestAlias = nil
        firstDocument = nil
        lastQuote = nil
        findings.removeAll()
        errors = 0
        isStopped = false
    }

    /// Takes the next event; false when reading on makes no sense.
    mutating func take(_ event: borrowing Event) -> Bool {
        switch event.kind {
        case .scalar: addScalar(event)
        case .mappingStart: open(event, isMapping: true)
        case .sequenceStart: open(event, isMapping: false)
        case .collectionEnd: close(at: event.end)
        case .alias: addAlias(event)
        case .documentStart: beginDocument(event)
        case .streamEnd, .other: break
        }
        return !isStopped
    }

    /// Whether a warning would still be told.
    var canWarn: Bool { findings.count < Self.mostFindings }

    /// Adds a finding of this file.
    mutating func report(_ finding: Diagnostic) {
        if finding.severity == .error {
            errors += 1
            if errors >= Self.mostFindings { isStopped = true }
        } else if !canWarn {
            // Reading goes on: a file that is stopped without an error would be left out in silence.
            return
        }
        findings.append(finding)
    }

    // MARK: Events

    private mutating func addScalar(_ event: borrowing Event) {
        let start = event.start
        addScalar(event.text, event.scalarStyle, from: start, to: event.end, position: event.position)
        if let tag = event.tag { reportTag(tag, at: start) }
        if let name = event.anchor { define(name, at: start, isOpen: false) }
    }

    /// Adds a text. `position` is the number of characters before it.
    @inline(__always)
    mutating func addScalar(_ text: RawText, _ style: YAMLStyle, from start: Mark, to end: Mark, position: Int) {
        let symbol = scalars.symbol(of: text)
        let length = style == .block ? 1 : start.length(to: end)
        var node = Node(.scalar, style, at: start, length: length, next: UInt32(nodes.count + 1), value: symbol)
        if text.holdsTemplate { node.holdsTemplate = true }
        let isKey = append(node, position: position)
        if isKey, style == .plain, text.isMergeKey { reportMergeKey(node) }
        if text.count > limits.scalarBytes { reportLongScalar(node, bytes: text.count) }
        if style == .quoted { lastQuote = Quote(start: start, end: end) }
    }

    private mutating func open(_ event: borrowing Event, isMapping: Bool) {
        let start = event.start
        open(isMapping: isMapping, event.collectionStyle, at: start, position: event.position)
        if let tag = event.tag { reportTag(tag, at: start) }
        if let name = event.anchor { innermost.anchor = define(name, at: start, isOpen: true) }
        if depth > limits.depth { reportDepth(at: start) }
    }

    /// Begins a collection. `position` is the number of characters before it.
    mutating func open(isMapping: Bool, _ style: YAMLStyle, at start: Mark, position: Int) {
        let index = UInt32(nodes.count)
        let expandedBefore = expandedCount
        let isKey = append(
            Node(isMapping ? .mapping : .sequence, style, at: start, length: 1, next: Node.unfinished, value: 0), position: position)
        if isKey { reportComplexKey(at: start, isMapping: isMapping, isFlow: style == .flow) }
        enclosing.append(innermost)
        innermost = Frame(node: index, isMapping: isMapping, expandedBefore: expandedBefore)
    }

    /// Ends the innermost collection; `end` is behind its bracket.
    mutating func close(at end: Mark) {
        guard depth > 0 else { return }
        let index = Int(innermost.node)
        if nodes[index].style == .flow {
            let node = nodes[index]
            nodes[index].length = Mark(line: node.line, column: node.column).length(to: end)
        }
        closeFrame()
    }

    /// Completes the innermost open collection with the children it has.
    mutating func closeFrame() {
        let frame = innermost
        innermost = enclosing.removeLast()
        let index = Int(frame.node)
        nodes[index].next = UInt32(nodes.count)
        nodes[index].value = frame.children
        let height = frame.height + 1
        innermost.height = max(innermost.height, height)
        if let anchor = frame.anchor {
            anchors[anchor].isOpen = false
            anchors[anchor].height = height
            anchors[anchor].count = expandedCount - frame.expandedBefore
        }
        if frame.isMapping, frame.children > 2 { reportRepeatedKeys(of: frame.node) }
    }

    private mutating func beginDocument(_ event: borrowing Event) {
        if event.hasTagDirective { reportTagDirective(at: event.start) }
        if let firstDocument {
            reportSeveralDocuments(at: event.start, first: firstDocument)
        } else {
            firstDocument = event.start
        }
    }

    /// Makes room for as many nodes as the file will have if it goes on as it began, so that a large file is neither copied again and again
    /// while it grows nor left with half of its memory unused.
    private mutating func growNodes(to position: Int) {
        guard nodes.count >= Self.reusedCapacity, position > 0 else { return }
        let scale = Double(byteCount) / Double(position) * 1.02
        nodes.reserveCapacity(max(nodes.count * 9 / 8, min(Int(Double(nodes.count) * scale) + 64, limits.nodes + 1)))
        scalars.reserve(scale: scale)
    }

    /// Adds a node to the innermost open collection; answers whether it is a key.
    mutating func append(_ node: Node, position: Int) -> Bool {
        if nodes.count == nodes.capacity { growNodes(to: position) }
        nodes.append(node)
        if nodes.count > limits.nodes { reportTooManyNodes(node) }
        let isKey = innermost.isMapping && innermost.children & 1 == 0
        innermost.children += 1
        return isKey
    }
}
