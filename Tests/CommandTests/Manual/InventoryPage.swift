import InventorySchema

/// `deevnet.yml(5)`: every key of the inventory, from the declarations that the decoder and the JSON Schemas are made of.
struct InventoryPage {
    private var roff = Roff()

    static var text: String {
        var page = InventoryPage()
        page.write()
        return page.roff.text
    }

    private mutating func write() {
        roff.macro("Dd January 1, 2026")
        roff.macro("Dt DEEVNET.YML 5")
        roff.macro("Os")
        roff.macro("Sh NAME")
        roff.macro("Nm deevnet.yml")
        roff.macro("Nd files of a deevnet inventory")
        roff.macro("Sh DESCRIPTION")
        roff.prose("An inventory is any number of YAML files whose names end in")
        roff.macro("Pa .yml ,")
        roff.prose("below the folders")
        roff.macro("Pa inventory/")
        roff.prose("(what things are) and")
        roff.macro("Pa sites/NAME/")
        roff.prose("(where they stand, and what they do there).")
        roff.prose("A file may hold any of the keys of its folder, and maps under the same key merge.")
        roff.prose("A scalar is read by the type that its key has, from the text as it is written.")
        roff.macro("Pp")
        roff.prose("Keys marked with an asterisk are required.")
        for kind in DocumentKind.allCases {
            roff.macro("Sh FILES BELOW \(kind == .inventory ? "INVENTORY/" : "SITES/NAME/")")
            for key in kind.shape.keys {
                roff.macro("Ss \(key.name)")
                roff.prose("\(sentence(key.about)) Type: \(key.type.title).")
                if let shape = Self.shape(of: key.type) { keys(of: shape) }
            }
        }
        roff.macro("Sh RESERVED KEYS")
        roff.prose("Later versions will read these; now they are refused.")
        roff.macro("Bl -tag -width indent -compact")
        for reserved in DocumentKind.reserved {
            roff.macro("It Cm \(reserved.name)")
            roff.prose(reserved.about)
        }
        roff.macro("El")
        roff.macro("Sh EXAMPLES")
        for kind in DocumentKind.allCases {
            roff.prose("A file below \(kind == .inventory ? "inventory/" : "sites/NAME/"):")
            roff.display(kind.shape.keys.map { "\($0.name): \($0.example)" })
        }
        roff.macro("Sh SEE ALSO")
        roff.macro("Xr deevnet 1")
    }

    private mutating func keys(of shape: Shape) {
        roff.macro("Bl -tag -width indent")
        for key in shape.keys {
            roff.macro("It Cm \(key.name)\(key.isRequired ? " \\&*" : "")")
            roff.prose("\(sentence(key.about)) Type: \(key.type.title).")
            if let inner = Self.shape(of: key.type) {
                keys(of: inner)
            } else {
                roff.prose("Example: \(key.example)")
            }
        }
        roff.macro("El")
    }

    private func sentence(_ phrase: String) -> String { phrase.prefix(1).uppercased() + phrase.dropFirst() + "." }

    private static func shape(of type: ValueType) -> Shape? {
        switch type {
        case .shape(let shape): shape
        case .list(let item), .items(let item), .oneOrMore(let item), .map(_, let item): shape(of: item)
        default: nil
        }
    }
}
