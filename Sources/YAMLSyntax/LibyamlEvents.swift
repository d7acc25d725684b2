internal import CLibyaml

// This file and RawText.swift have all the unsafe code: it owns libyaml's parser and gives out Swift values. A pointer never leaves the closure it
// was made for.

/// Reads bytes as libyaml's events.
enum Libyaml {
    /// How a reading ended.
    enum Ending {
        /// All events were given.
        case finished
        /// The caller had enough.
        case stopped
        /// More than the allowed stretch of bytes gave no event.
        case stretchTooLong
        /// libyaml refused the bytes.
        case failed(SyntaxFailure)
    }

    /// Gives each event of `bytes` (from `start`, always read as UTF-8) to `body` until that answers false.
    static func read(_ bytes: [UInt8], from start: Int, stretch: Int, _ body: (borrowing Event) -> Bool) -> Ending {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let handle = unsafe ParserHandle(UnsafeBufferPointer(rebasing: buffer.dropFirst(start)), stretch: stretch) else {
                return .failed(.outOfMemory)
            }
            while handle.next() {
                let event = handle.event
                if event.kind == .streamEnd { return .finished }
                if !body(event) { return .stopped }
            }
            return handle.ending
        }
    }

    /// The number of events, by the shortest loop that libyaml allows; nil when it refuses the bytes.
    static func countEvents(_ bytes: [UInt8]) -> Int? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            // On the heap, because libyaml keeps the parser's own address as the source of its input.
            let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
            defer { unsafe parser.deallocate() }
            guard unsafe yaml_parser_initialize(parser) == 1 else { return nil }
            defer { unsafe yaml_parser_delete(parser) }
            unsafe yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            var count = 0
            var event = unsafe yaml_event_t()
            while unsafe yaml_parser_parse(parser, &event) == 1 {
                count += 1
                let isLast = unsafe event.type == YAML_STREAM_END_EVENT
                unsafe yaml_event_delete(&event)
                if isLast { return count }
            }
            return nil
        }
    }
}

/// One libyaml parser, the event it gave last, and the bytes it reads.
///
/// Safe because the pointers are private and freed in `deinit`, and because `Libyaml.read` keeps the handle inside the scope in which the
/// bytes are borrowed.
@safe private final class ParserHandle {
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let current = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    private let feed = UnsafeMutablePointer<Feed>.allocate(capacity: 1)

    init?(_ bytes: UnsafeBufferPointer<UInt8>, stretch: Int) {
        unsafe current.initialize(to: yaml_event_t())
        unsafe parser.initialize(to: yaml_parser_t())
        unsafe feed.initialize(to: Feed(bytes: bytes, stretch: stretch))
        guard unsafe yaml_parser_initialize(parser) == 1 else { return nil }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input(parser, readFeed, feed)
    }

    deinit {
        // Both accept what was never begun: a zeroed event, and a parser zeroed by the failed start.
        unsafe yaml_event_delete(current)
        unsafe yaml_parser_delete(parser)
        unsafe current.deallocate()
        unsafe parser.deallocate()
        unsafe feed.deallocate()
    }

    /// Goes to the next event; false at a refusal, see `ending`.
    @inline(__always)
    func next() -> Bool {
        unsafe yaml_event_delete(current)
        guard unsafe yaml_parser_parse(parser, current) == 1 else { return false }
        unsafe feed.pointee.lastEvent = feed.pointee.position
        return true
    }

    var event: Event {
        @inline(__always) get { unsafe Event(UnsafePointer(current)) }
    }

    /// Why `next` answered false.
    var ending: Libyaml.Ending {
        if unsafe feed.pointee.isExhausted { return .stretchTooLong }
        return .failed(unsafe SyntaxFailure(parser.pointee))
    }
}

/// The bytes on their way to libyaml, given in portions so that reading can be cut off inside one endless text.
@safe private struct Feed {
    let bytes: UnsafeBufferPointer<UInt8>
    let stretch: Int
    var position = 0
    /// The position when the last event came.
    var lastEvent = 0
    var isExhausted = false
}

/// libyaml's read handler; `size` is what it has room for, 0 in `read` means the end.
private func readFeed(
    _ data: UnsafeMutableRawPointer?, _ target: UnsafeMutablePointer<UInt8>?, _ size: Int, _ read: UnsafeMutablePointer<Int>?
) -> Int32 {
    guard let feed = unsafe data?.assumingMemoryBound(to: Feed.self), let target = unsafe target else { return 0 }
    let position = unsafe feed.pointee.position
    guard unsafe position - feed.pointee.lastEvent <= feed.pointee.stretch else {
        unsafe feed.pointee.isExhausted = true
        return 0
    }
    let portion = unsafe min(size, feed.pointee.bytes.count - position)
    if portion > 0, let base = unsafe feed.pointee.bytes.baseAddress { unsafe target.update(from: base + position, count: portion) }
    unsafe feed.pointee.position = position + portion
    unsafe read?.pointee = portion
    return 1
}

/// One event. It can't be copied, so it can't outlive the closure that gets it.
@safe struct Event: ~Copyable {
    enum Kind {
        case streamEnd, documentStart, scalar, alias, sequenceStart, mappingStart, collectionEnd, other
    }

    private let raw: UnsafePointer<yaml_event_t>

    @inline(__always)
    fileprivate init(_ raw: UnsafePointer<yaml_event_t>) { unsafe self.raw = raw }

    var kind: Kind {
        switch unsafe raw.pointee.type {
        case YAML_SCALAR_EVENT: .scalar
        case YAML_MAPPING_START_EVENT: .mappingStart
        case YAML_SEQUENCE_START_EVENT: .sequenceStart
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: .collectionEnd
        case YAML_ALIAS_EVENT: .alias
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_STREAM_END_EVENT: .streamEnd
        default: .other
        }
    }

    var start: Mark { unsafe Mark(raw.pointee.start_mark) }
    var end: Mark { unsafe Mark(raw.pointee.end_mark) }

    /// Characters before the event.
    var position: Int { unsafe Int(raw.pointee.start_mark.index) }

    /// The text of a scalar.
    var text: RawText { unsafe RawText(raw.pointee.data.scalar.value, raw.pointee.data.scalar.length) }

    /// How a scalar was written.
    var scalarStyle: YAMLStyle {
        switch unsafe raw.pointee.data.scalar.style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .plain
        }
    }

    /// How a collection that begins was written.
    var collectionStyle: YAMLStyle {
        let isFlow =
            unsafe kind == .mappingStart
            ? raw.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
            : raw.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        return isFlow ? .flow : .block
    }

    /// The name after `&` of a scalar or collection.
    var anchor: String? {
        switch kind {
        case .scalar: unsafe swiftString(raw.pointee.data.scalar.anchor)
        case .sequenceStart: unsafe swiftString(raw.pointee.data.sequence_start.anchor)
        case .mappingStart: unsafe swiftString(raw.pointee.data.mapping_start.anchor)
        default: nil
        }
    }

    /// The explicit tag of a scalar or collection, resolved: `tag:yaml.org,2002:int` for `!!int`.
    var tag: String? {
        switch kind {
        case .scalar: unsafe swiftString(raw.pointee.data.scalar.tag)
        case .sequenceStart: unsafe swiftString(raw.pointee.data.sequence_start.tag)
        case .mappingStart: unsafe swiftString(raw.pointee.data.mapping_start.tag)
        default: nil
        }
    }

    /// The name after `*`.
    var aliasName: String { unsafe swiftString(raw.pointee.data.alias.anchor) ?? "" }

    /// Whether a document begins with a `%TAG` directive.
    var hasTagDirective: Bool {
        unsafe raw.pointee.data.document_start.tag_directives.start != raw.pointee.data.document_start.tag_directives.end
    }
}

private func swiftString(_ text: UnsafePointer<UInt8>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
}

private func swiftString(_ text: UnsafePointer<CChar>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
}

extension Mark {
    @inline(__always)
    fileprivate init(_ mark: yaml_mark_t) {
        line = UInt32(truncatingIfNeeded: mark.line)
        column = UInt32(truncatingIfNeeded: mark.column)
    }
}

extension SyntaxFailure {
    fileprivate init(_ parser: yaml_parser_t) {
        let stage: Stage =
            switch unsafe parser.error {
            case YAML_READER_ERROR: .reader
            case YAML_MEMORY_ERROR: .memory
            default: .grammar
            }
        let context = unsafe swiftString(parser.context)
        unsafe self.init(
            stage: stage, problem: swiftString(parser.problem) ?? "", mark: Mark(parser.problem_mark),
            index: Int(parser.problem_mark.index),
            context: context, contextMark: context == nil ? nil : Mark(parser.context_mark),
            contextIndex: Int(parser.context_mark.index), offset: Int(parser.problem_offset), value: Int(parser.problem_value))
    }
}
