import Diagnostics
import Testing

@Suite struct TerminalStyleTests {
    /// A choice, an environment, whether it is a terminal; whether there is colour.
    static let cases: [(TerminalStyle.Choice, [String: String], Bool, Bool)] = [
        (.auto, [:], true, true), (.auto, [:], false, false),
        (.auto, ["NO_COLOR": "1"], true, false), (.auto, ["NO_COLOR": "0"], true, false), (.auto, ["NO_COLOR": ""], true, true),
        (.auto, ["TERM": "dumb"], true, false), (.auto, ["TERM": "xterm"], true, true), (.auto, ["TERM": "xterm"], false, false),
        (.auto, ["FORCE_COLOR": "1"], false, true), (.auto, ["FORCE_COLOR": ""], false, false),
        (.auto, ["FORCE_COLOR": "1", "NO_COLOR": "1"], false, true), (.auto, ["FORCE_COLOR": "1", "TERM": "dumb"], true, true),
        (.auto, ["FORCE_COLOR": "", "NO_COLOR": "1"], true, false),
        (.always, ["NO_COLOR": "1", "TERM": "dumb"], false, true), (.always, [:], true, true),
        (.never, ["FORCE_COLOR": "1"], true, false), (.never, [:], true, false),
    ]

    @Test(arguments: cases)
    func `the option counts before FORCE_COLOR, that before NO_COLOR and TERM, and those before the terminal`(
        choice: TerminalStyle.Choice, environment: [String: String], isTerminal: Bool, isColoured: Bool
    ) {
        let style = TerminalStyle(choice, environment: environment, isTerminal: isTerminal)
        #expect(style.isColoured == isColoured)
        #expect(style(.strong, "word") == (isColoured ? "\u{1b}[1mword\u{1b}[0m" : "word"))
    }
}
