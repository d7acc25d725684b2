/// A refusal of libyaml, in its own words and marks.
struct SyntaxFailure: Equatable, Sendable {
    enum Stage: Sendable {
        case memory
        /// The bytes aren't text; there is no mark, only an offset.
        case reader
        /// The text isn't YAML.
        case grammar
    }

    var stage: Stage
    var problem: String
    var mark: Mark
    /// Characters before the mark.
    var index: Int
    /// What was being read, and where that began.
    var context: String?
    var contextMark: Mark?
    var contextIndex: Int
    /// Reader only: bytes before the problem, and the byte or character that is one.
    var offset: Int
    var value: Int

    static let outOfMemory = SyntaxFailure(
        stage: .memory, problem: "", mark: .fileStart, index: 0, context: nil, contextMark: nil, contextIndex: 0, offset: 0, value: 0)
}
