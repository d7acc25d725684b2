/// What a value of the inventory may be: the decoder, the JSON Schemas and the manual page are made from it.
public enum ValueType: Sendable, Equatable {
    /// Free text for people.
    case text
    /// Text for people that says something.
    case reason
    /// Printable ASCII of at most 255 characters.
    case recordText
    /// A DNS label that names an entry: `hv01`.
    case name
    /// A name that may hold underscores: `iot_vendor`.
    case identifier
    /// The name of another entry.
    case reference(EntryKind)
    /// An absolute domain name.
    case domainName
    /// A name in the site's zone, or an absolute one with a final dot.
    case recordTarget
    /// A name in the site's zone whose labels may begin with an underscore, or `@`.
    case recordOwner
    /// The name that an operating system gives to a network interface.
    case device
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
    /// A number with a unit: `30s`, `5m`, `12h`, `7d`.
    case duration(allowsInfinite: Bool)
    /// A path of `[A-Za-z0-9._/-]` without `..`.
    case path(absolute: Bool)
    /// A resource's address: `dvntm/provisioner-ph01/dnsmasq/reservation/hv01.mgmt`.
    case resource
    /// A day: `2027-03-31`.
    case date
    /// `tcp/80` or `udp/5000-5010`.
    case port
    /// One of a closed list of words.
    case choice([String])
    /// Any number of values; nothing is none.
    indirect case list(ValueType)
    /// Any number of values, where nothing written isn't none.
    indirect case items(ValueType)
    /// One value, or a list of them; nothing is none.
    indirect case oneOrMore(ValueType)
    /// A mapping from names to values; nothing is none.
    indirect case map(ValueType, ValueType)
    /// A mapping with known keys.
    case shape(Shape)
    /// One of several types.
    indirect case either([ValueType])

    static func choice<Choice: RawRepresentable & CaseIterable>(of _: Choice.Type) -> ValueType where Choice.RawValue == String {
        .choice(Choice.allCases.map(\.rawValue))
    }
}

/// What can be referred to by name.
public enum EntryKind: String, Sendable, CaseIterable {
    case site, hardware, host, interface, segment, workload, service
    /// A service of the site that the entry names.
    case serviceElsewhere

    /// Whether its names may hold underscores.
    var isIdentifier: Bool { self == .hardware || self == .segment }
}

/// A key of a shape.
public struct Key: Sendable {
    /// The key as it is written.
    public var name: String
    /// What its value may be.
    public var type: ValueType
    /// Whether it must be there.
    public var isRequired: Bool
    /// What it says, in one phrase.
    public var about: String
    /// A value that is right, as YAML.
    public var example: String

    init(_ name: String, _ type: ValueType, required: Bool = false, _ about: String, example: String) {
        self.name = name
        self.type = type
        self.isRequired = required
        self.about = about
        self.example = example
    }
}

/// The keys that one kind of mapping may have. Decoder, suggestions, JSON Schema and manual page read the same declaration.
///
/// A declaration has identity: every mapping that is decoded holds its shape, and a class is one reference to count.
public final class Shape: Sendable, Equatable {
    /// What keys say about each other.
    public enum Rule: Sendable {
        /// One of these is there, and only one.
        case exactlyOne([String])
        /// The first isn't there without the second.
        case needs(String, String)
        /// While the switch is true, one key is needed and others may not be there; while it isn't, that one may not.
        case switched(by: String, needed: String, excluded: [String])
    }

    /// What the mapping is, as messages call it: `host`, `segment`.
    public let name: String
    /// Its keys; at most ``Fields/capacity``.
    public let keys: [Key]
    /// What they say about each other.
    public let rules: [Rule]
    /// The keys' names alone: to look one up needn't touch all that a key says of itself.
    let names: [String]

    init(_ name: String, _ keys: [Key], rules: [Rule] = []) {
        precondition(keys.count <= Fields.capacity, "shape \(name) has too many keys")
        self.name = name
        self.keys = keys
        self.rules = rules
        names = keys.map(\.name)
    }

    /// The place of a key among ``keys``, looked for from `start` on and then from the first: keys are mostly written in the order of the declaration.
    ///
    /// Texts of different lengths, which most are, are told apart without comparing them.
    @inline(__always)
    func index(of name: String, from start: Int = 0) -> Int? {
        let length = name.utf8.count
        for index in start..<names.count where names[index].utf8.count == length && names[index] == name { return index }
        for index in 0..<start where names[index] == name { return index }
        return nil
    }

    /// A shape is the same as itself.
    public static func == (a: Shape, b: Shape) -> Bool { a === b }
}
