internal import FoundationEssentials

/// Records and journals as JSON: sorted keys and one value a line, so that equal values are equal bytes and people can read them.
enum JSONText {
    static func encode(_ value: some Encodable, _ path: String) throws(TargetError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")]
        } catch {
            throw TargetError(.unexpectedShape, "cannot write \(path) as JSON: \(error)")
        }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8], _ path: String) throws(TargetError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw TargetError(
                .unexpectedShape, "\(path) isn't what deevnet writes there",
                mend: "move it away and apply again; deevnet never changes a file of its own that it can't read")
        }
    }
}
