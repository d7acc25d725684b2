internal import Diagnostics

extension SyntaxTranslation {
    /// The reader works on bytes, ahead of everything else, and gives no mark.
    var encodingProblem: Diagnostic {
        let value = UInt32(truncatingIfNeeded: failure.value)
        switch failure.problem {
        case "control characters are not allowed":
            let escape = "\\x" + String(value, radix: 16).leftPadded(to: 2)
            let mend = value == 0 || value > 0xFF ? "remove it" : "remove it, or write \"\(escape)\" in double quotes"
            return encoding("control character \(codePoint(value)) can't stand in YAML", atByte: failure.offset, mend: mend)
        case "invalid Unicode character":
            let what = 0xD800...0xDFFF ~= value ? "half of a surrogate pair" : "outside Unicode"
            return encoding("character \(codePoint(value)) is \(what)", atByte: failure.offset, mend: "save the file as UTF-8")
        default:
            let offset = beginning(of: failure.offset)
            let byte = source.start + offset < source.bytes.count ? source.bytes[source.start + offset] : 0
            let hex = "0x" + String(byte, radix: 16, uppercase: true).leftPadded(to: 2)
            return encoding("byte \(hex) isn't UTF-8 text", atByte: offset, mend: "save the file as UTF-8; it may be Latin-1")
        }
    }

    private func encoding(_ message: String, atByte offset: Int, mend: String) -> Diagnostic {
        Diagnostic(.yamlEncoding, message, at: source.mark(atByte: offset).span(in: file), mend: mend)
    }

    /// libyaml points into the middle of a broken sequence; the byte to show is the one that promised more.
    private func beginning(of offset: Int) -> Int {
        guard failure.problem == "invalid trailing UTF-8 octet" else { return offset }
        var position = source.start + offset - 1
        while position > source.start, SourceText.isContinuation(source.bytes[position]) { position -= 1 }
        return max(0, position - source.start)
    }
}

extension String {
    fileprivate func leftPadded(to count: Int) -> String {
        String(repeating: "0", count: max(0, count - self.count)) + self
    }
}
