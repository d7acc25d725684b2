import Diagnostics
import YAMLSyntax

/// The JSON Schema (draft-07) of a kind of file, for editors and other tools.
///
/// It says what shapes and scalars are right, as the decoder does. What takes more than one place to see, the decoder alone tells: names that
/// don't exist, addresses that stand twice, the ends of a range in the wrong order.
public struct JSONSchema: Sendable {
    private let kind: DocumentKind
    private let names: ExistingNames?

    /// Makes the schema of a kind of file.
    ///
    /// - Parameter names: what exists; where one of these is referred to, only they are right. Nil: any name is.
    public init(_ kind: DocumentKind, names: ExistingNames? = nil) {
        self.kind = kind
        self.names = names
    }

    /// The schema, pretty; the same declarations give the same bytes.
    public var text: String {
        var json = JSONWriter()
        json.object { json in
            json.member("$schema", "http://json-schema.org/draft-07/schema#")
            json.member("title", "deevnet: a file below \(folder)")
            json.member("description", "Any of these keys may stand in any file below \(folder); maps under the same key merge.")
            json.member("type", "object")
            members(of: kind.shape, &json) { json in
                for reserved in DocumentKind.reserved {
                    json.object(reserved.name) { json in
                        json.member("title", "reserved")
                        json.member("description", "\(reserved.about): known, and not yet supported")
                        json.object("not") { _ in }
                    }
                }
            }
            json.object("definitions") { json in
                for (name, schema) in Self.definitions {
                    json.object(name) { json in
                        json.member("title", schema.title)
                        schema.write(to: &json)
                    }
                }
            }
        }
        return json.text
    }

    private var folder: String { kind == .inventory ? "inventory/" : "sites/NAME/" }

    // MARK: Shapes

    private func members(of shape: Shape, _ json: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }) {
        json.object("properties") { json in
            for key in shape.keys {
                json.object(key.name) { json in
                    json.member("title", key.type.title)
                    json.member("description", key.about)
                    json.array("examples") { json in example(key.example, &json) }
                    // Beside a reference nothing else counts.
                    if isReference(key.type) {
                        json.array("allOf") { json in json.object { write(key.type, &$0) } }
                    } else {
                        write(key.type, &json)
                    }
                }
            }
            more(&json)
        }
        let required = shape.keys.filter(\.isRequired)
        if !required.isEmpty { json.array("required") { json in for key in required { json.value(key.name) } } }
        json.member("additionalProperties", false)
        if !shape.rules.isEmpty {
            json.array("allOf") { json in for rule in shape.rules { json.object { write(rule, &$0) } } }
        }
    }

    private func write(_ rule: Shape.Rule, _ json: inout JSONWriter) {
        switch rule {
        case .exactlyOne(let keys):
            json.array("oneOf") { json in for key in keys { json.object { requires([key], &$0) } } }
        case .needs(let key, let other):
            json.object("dependencies") { json in json.array(key) { $0.value(other) } }
        case .switched(let key, let needed, let excluded):
            json.object("if") { json in
                json.object("properties") { json in
                    json.object(key) { json in
                        json.array("enum") { json in
                            json.value(true)
                            json.value("true")
                        }
                    }
                }
                requires([key], &json)
            }
            json.object("then") { json in
                requires([needed], &json)
                forbids(excluded, &json)
            }
            json.object("else") { json in forbids([needed], &json) }
        }
    }

    private func requires(_ keys: [String], _ json: inout JSONWriter) {
        json.array("required") { json in for key in keys { json.value(key) } }
    }

    private func forbids(_ keys: [String], _ json: inout JSONWriter) {
        json.object("properties") { json in for key in keys { json.member(key, false) } }
    }

    // MARK: Values

    private func write(_ type: ValueType, _ json: inout JSONWriter) {
        switch type {
        case .list(let item): list(of: item, types: ["array", "null"], &json)
        case .items(let item): list(of: item, types: ["array"], &json)
        case .oneOrMore(let item): either([item, .list(item)], &json)
        case .either(let types): either(types, &json)
        case .map(let name, let value):
            json.array("type") { json in for type in ["object", "null"] { json.value(type) } }
            json.object("propertyNames") { write(name, &$0) }
            json.object("additionalProperties") { write(value, &$0) }
        case .shape(let shape):
            json.member("type", "object")
            members(of: shape, &json)
        case .reference(let kind) where names?[kind] != nil: enumeration(names?[kind] ?? [], &json)
        default:
            if let definition = type.definition {
                json.member("$ref", "#/definitions/\(definition)")
            } else {
                type.scalarSchema?.write(to: &json)
            }
        }
    }

    private func isReference(_ type: ValueType) -> Bool {
        if case .reference(let kind) = type, names?[kind] != nil { return false }
        return type.definition != nil
    }

    private func list(of item: ValueType, types: [String], _ json: inout JSONWriter) {
        json.array("type") { json in for type in types { json.value(type) } }
        json.object("items") { write(item, &$0) }
    }

    private func either(_ types: [ValueType], _ json: inout JSONWriter) {
        json.array("anyOf") { json in for type in types { json.object { write(type, &$0) } } }
    }

    /// Names as an editor sees them: one of digits alone is a number without its quotes.
    private func enumeration(_ names: [String], _ json: inout JSONWriter) {
        json.array("enum") { json in
            for name in names {
                json.value(name)
                switch CoreScalar(plain: name) {
                case .integer(let digits): json.value(Int(digits))
                case .boolean(let value): json.value(value)
                case .null, .float, .string: break
                }
            }
        }
    }

    /// An example as an editor sees it.
    private func example(_ yaml: String, _ json: inout JSONWriter) {
        var ignored = DiagnosticList()
        guard let tree = YAMLParser.parse(Array(yaml.utf8), file: FileID(rawValue: 0), into: &ignored), let root = tree.root else {
            preconditionFailure("the example \(yaml) isn't YAML")
        }
        json.value(root, of: tree)
    }

    // MARK: Definitions

    private static let definitions: [(String, ScalarSchema)] = [
        ValueType.name, .identifier, .text, .reason, .date, .resource, .recordText, .domainName, .recordTarget, .recordOwner, .device, .mac,
        .address,
        .prefix, .range,
        .vlan, .boolean, .duration(allowsInfinite: false), .duration(allowsInfinite: true), .path(absolute: true), .path(absolute: false),
        .port,
    ].compactMap { type in
        guard let name = type.definition, let schema = type.scalarSchema else { return nil }
        return (name, schema)
    }
}
