/// Why a parser stopped; with the text and its kind it becomes an `AddressingError`.
struct BrokenRule: Error {
    var phrase: String
    var correction: String?
    var isHostBits = false

    init(_ phrase: String, correction: String? = nil) {
        self.phrase = phrase
        self.correction = correction
    }

    static var empty: BrokenRule { BrokenRule("it is empty") }

    /// The same rule, said of a part of the text.
    func of(_ part: String) -> BrokenRule { BrokenRule("\(part): \(phrase)") }
}
