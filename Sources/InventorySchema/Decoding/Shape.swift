/// What a value of the inventory may be; the reference page and later the JSON Schemas are made from it.
public enum ValueType: Sendable, Equatable {
    /// Free text for people.
    case text
    /// A DNS label that names an entry: `hv01`.
    case name
    /// The name of another entry, under the given key.
    case reference(String)
    /// An absolute domain name.
    case domainName
    /// A MAC address in canonical form, or `unknown`.
    case mac
    /// An IPv4 or IPv6 address.
    case address
    /// A network with its length.
    case prefix
    /// Two addresses with a dash between them.
    case range
    /// 1 to 4094.
    case vlan
    /// `true` or `false`.
    case boolean
    /// A whole number within bounds.
    case integer(ClosedRange<Int>)
    /// A number with a unit: `30s`, `5m`, `12h`, `7d`, or `infinite`.
    case duration
    /// A path of `[A-Za-z0-9._/-]` without `..`.
    case path
    /// `tcp/80` or `udp/5000-5010`.
    case port
    /// One of a closed list of words.
    case choice([String])
    /// Any number of values.
    indirect case list(ValueType)
    /// One value, or a list of them.
    indirect case oneOrMore(ValueType)
    /// A mapping from names to values.
    indirect case map(ValueType)
    /// A mapping with known keys.
    case shape(Shape)
    /// One of several types.
    indirect case either([ValueType])
}

/// A key of a shape.
public struct Key: Sendable, Equatable {
    /// The key as it is written.
    public var name: String
    /// What its value may be.
    public var type: ValueType
    /// Whether it must be there.
    public var isRequired: Bool
    /// What it says, in one phrase.
    public var about: String
    /// A value that is right.
    public var example: String

    init(_ name: String, _ type: ValueType, required: Bool = false, _ about: String, example: String) {
        self.name = name
        self.type = type
        self.isRequired = required
        self.about = about
        self.example = example
    }
}

/// The keys that one kind of mapping may have. Decoder, suggestions and reference page read the same declaration.
public struct Shape: Sendable, Equatable {
    /// What the mapping is, as messages call it: `host`, `segment`.
    public var name: String
    /// Its keys; at most ``Fields/capacity``.
    public let keys: [Key]
    /// The keys' names alone: to look one up needn't touch all that a key says of itself.
    let names: [String]

    init(_ name: String, _ keys: [Key]) {
        precondition(keys.count <= Fields.capacity, "shape \(name) has too many keys")
        self.name = name
        self.keys = keys
        names = keys.map(\.name)
    }
}
