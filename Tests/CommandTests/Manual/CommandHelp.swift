import Foundation

/// What the command says of itself: `deevnet --experimental-dump-help`.
struct CommandHelp: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
            var spelling: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: String
        var names: [Name]?
        var valueName: String?
        var abstract: String?
        var defaultValue: String?
        var isOptional: Bool
        var isRepeating: Bool
        var shouldDisplay: Bool
    }

    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var discussion: String?
        var arguments: [Argument]?
        var subcommands: [Command]?
    }

    var command: Command
}

extension CommandHelp {
    /// `deevnet(1)`: the command with all its subcommands.
    var page: String {
        var roff = Roff()
        roff.macro("Dd January 1, 2026")
        roff.macro("Dt DEEVNET 1")
        roff.macro("Os")
        roff.macro("Sh NAME")
        roff.macro("Nm deevnet")
        roff.macro("Nd bring a site's DNS, DHCP and network boot to what its git inventory says")
        roff.macro("Sh SYNOPSIS")
        for subcommand in subcommands { synopsis(subcommand, &roff) }
        roff.macro("Sh DESCRIPTION")
        roff.prose(command.abstract ?? "")
        roff.prose("The inventory is described in")
        roff.macro("Xr deevnet.yml 5 .")
        roff.macro("Sh COMMANDS")
        for subcommand in subcommands { describe(subcommand, &roff) }
        exitStatus(&roff)
        roff.macro("Sh SEE ALSO")
        roff.macro("Xr git 1 ,")
        roff.macro("Xr deevnet.yml 5 ,")
        roff.macro("Xr dnsmasq 8")
        return roff.text
    }

    private var subcommands: [Command] { (command.subcommands ?? []).filter { $0.commandName != "help" } }

    private func synopsis(_ subcommand: Command, _ roff: inout Roff) {
        roff.macro("Nm")
        roff.macro("Cm \(subcommand.commandName)")
        for argument in shown(subcommand) { roff.macro((argument.isOptional ? "Op " : "") + usage(argument)) }
    }

    private func describe(_ subcommand: Command, _ roff: inout Roff) {
        roff.macro("Ss deevnet \(subcommand.commandName)")
        roff.prose(subcommand.abstract ?? "")
        if let discussion = subcommand.discussion { roff.prose(discussion) }
        roff.macro("Bl -tag -width indent")
        for argument in shown(subcommand) {
            roff.macro("It \(argument.kind == "positional" ? value(argument) : spellings(argument))")
            var about = argument.abstract ?? ""
            if let value = argument.defaultValue { about += " The default is \(value == "." ? "the working directory" : value)." }
            if argument.isRepeating { about += " May be repeated." }
            roff.prose(about)
        }
        roff.macro("El")
    }

    private func shown(_ subcommand: Command) -> [Argument] {
        (subcommand.arguments ?? []).filter { $0.shouldDisplay && !["help", "version"].contains($0.names?.last?.name ?? "") }
    }

    private func usage(_ argument: Argument) -> String {
        switch argument.kind {
        case "positional": value(argument)
        case "flag": "Fl \(flag(argument))"
        default: "Fl \(flag(argument)) \(value(argument))"
        }
    }

    private func spellings(_ argument: Argument) -> String {
        let names = (argument.names ?? []).map { ($0.kind == "long" ? "Fl \\-" : "Fl ") + $0.name.replacing("-", with: "\\-") }
        return names.joined(separator: " , ") + (argument.kind == "option" ? " " + value(argument) : "")
    }

    private func flag(_ argument: Argument) -> String {
        let name = argument.names?.first { $0.kind == "short" } ?? argument.names?.first
        return (name?.kind == "long" ? "\\-" : "") + (name?.name ?? "").replacing("-", with: "\\-")
    }

    private func value(_ argument: Argument) -> String { "Ar \(argument.valueName ?? "value")\(argument.isRepeating ? " ..." : "")" }

    /// The codes stand in the command's own words: `Exit codes: 0 done, or no change; 1 errors found; ...`.
    private func exitStatus(_ roff: inout Roff) {
        roff.macro("Sh EXIT STATUS")
        roff.macro("Bl -tag -width 130 -compact")
        let codes = (command.discussion ?? "").replacing("Exit codes: ", with: "").split(separator: "; ")
        for code in codes {
            guard let space = code.firstIndex(of: " ") else { continue }
            roff.macro("It \(code[..<space])")
            roff.prose(code[code.index(after: space)...].trimmingCharacters(in: ["."]))
        }
        roff.macro("El")
    }
}
