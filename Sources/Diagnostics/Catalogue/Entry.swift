extension DiagnosticCode {
    /// What `deevnet explain CODE` and the reference page say about a rule.
    public struct Entry: Sendable, Equatable {
        /// The rule in one phrase.
        public var title: String
        /// Why the rule stands, in one or two sentences.
        public var why: String
        /// What to type to mend it.
        public var mend: String
        /// A few lines that break the rule.
        public var example: String

        /// Makes an entry.
        public init(title: String, why: String, mend: String, example: String) {
            self.title = title
            self.why = why
            self.mend = mend
            self.example = example
        }
    }
}
