/// How text is set off on a terminal. Meaning never hangs on colour alone: without it the words and signs are the same.
public struct TerminalStyle: Sendable {
    /// What a piece of text is.
    public enum Role: String, Sendable {
        case strong = "1"
        case faint = "2"
        case added = "32"
        case removed = "31"
        case changed = "33"
        case place = "36"
        case error = "1;31"
        case warning = "1;33"
        case note = "1;36"
        case mend = "1;32"
    }

    /// Whether escape sequences are written.
    public var isColoured: Bool

    /// Makes a style.
    public init(isColoured: Bool) { self.isColoured = isColoured }

    /// When colour is wanted.
    public enum Choice: String, Sendable, CaseIterable {
        case auto, always, never
    }

    /// The style of one output. `auto` goes by the environment: `FORCE_COLOR` (force-color.org) gives colour; else `NO_COLOR` (no-color.org) and
    /// `TERM=dumb` give none; else a terminal has it. A variable that is empty counts as unset.
    public init(_ choice: Choice, environment: [String: String], isTerminal: Bool) {
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        switch choice {
        case .always: isColoured = true
        case .never: isColoured = false
        case .auto: isColoured = isSet("FORCE_COLOR") || (!isSet("NO_COLOR") && environment["TERM"] != "dumb" && isTerminal)
        }
    }

    /// The text, set off by its role.
    public func callAsFunction(_ role: Role, _ text: String) -> String {
        isColoured && !text.isEmpty ? "\u{1b}[\(role.rawValue)m\(text)\u{1b}[0m" : text
    }
}

extension TerminalStyle.Role {
    init(_ severity: Diagnostic.Severity) {
        switch severity {
        case .error: self = .error
        case .warning: self = .warning
        case .note: self = .note
        }
    }
}
