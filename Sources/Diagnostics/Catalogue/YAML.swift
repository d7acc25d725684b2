extension DiagnosticCode {
    /// What is said about the rules of YAML itself. Each example is parsed by a test, which expects it to break its rule.
    static var yamlEntries: [DiagnosticCode: Entry] {
        yamlTextEntries.merging(yamlShapeEntries) { a, _ in a }.merging(yamlLimitEntries) { a, _ in a }
    }

    private static var yamlTextEntries: [DiagnosticCode: Entry] {
        [
            .yamlSyntax: Entry(
                title: "A file is YAML",
                why: "What can't be read can't be checked. Most often a quote, a space behind a colon or a step of indentation is missing.",
                mend: "mend the line shown, or the one above it; put a text with ': ', ' #' or a leading special character in quotes",
                example: "description: lab: second shelf"),
            .yamlTab: Entry(
                title: "Lines are indented with spaces",
                why: "YAML forbids tabs in indentation, since their width depends on who looks.",
                mend: "replace each tab at the start of the line by spaces, two for each level",
                example: "hosts:\n\thv01: {}"),
            .yamlEncoding: Entry(
                title: "A file is UTF-8 text without control characters",
                why: """
                    Names would be garbled on their way to a daemon, and a character that ends a line for some programs only can hide a key from \
                    a reviewer. A byte order mark at the start and CRLF line ends are accepted.
                    """,
                mend: "save the file as UTF-8 with LF line ends, and remove the character shown",
                example: "description: bell \u{7}"),
            .yamlUnclosedQuote: Entry(
                title: "A quote is closed",
                why: "Everything up to the next quote belongs to the text, so the keys between are lost.",
                mend: "write the closing quote at the end of the text that begins at the place shown",
                example: "hardware: \"optiplex\nform: hv"),
        ]
    }

    private static var yamlShapeEntries: [DiagnosticCode: Entry] {
        [
            .yamlDuplicateKey: Entry(
                title: "A mapping has a key once",
                why: "Most readers keep one of the two values and don't say which, so one of them would be lost.",
                mend: "remove or rename one of the keys, or join their values",
                example: "hv01: { form: hv }\nhv01: { form: vm }"),
            .yamlUnknownAnchor: Entry(
                title: "An alias names an anchor above it",
                why: "'*name' repeats the value marked '&name' earlier in the same file; there is none.",
                mend: "mark the value with '&name' above the alias, or put a text that begins with '*' in quotes",
                example: "names: [*wildcard]"),
            .yamlSeveralDocuments: Entry(
                title: "A file holds one document",
                why: "A second document would be one more way to merge values, and is easily overlooked in a review.",
                mend: "move what follows '---' to a file of its own, or remove the '---'",
                example: "form: hv\n---\nform: vm"),
            .yamlTag: Entry(
                title: "No tags are written",
                why:
                    "The schema gives each value its type. Tags such as '!vault' would put secrets into the repository or make other programs run code.",
                mend: "remove the tag; name a secret with '{ secret: NAME }'",
                example: "password: !vault text"),
            .yamlMergeKey: Entry(
                title: "No merge keys are written",
                why:
                    "'<<' is no longer part of YAML, programs disagree on which value wins, and the merged keys have no place to point at.",
                mend: "write the keys out, or alias each value: 'hardware: *name'",
                example: "base: &base { form: hv }\nhv01: { <<: *base }"),
            .yamlComplexKey: Entry(
                title: "A key is a text",
                why: "Lists and mappings as keys have no meaning here. A template such as '{{ name }}' without quotes is read as one.",
                mend: "write a name; put a text that begins with a brace or bracket in quotes",
                example: "form: {{ form }}"),
            .yamlRecursiveAlias: Entry(
                title: "An alias doesn't stand inside its own value",
                why: "The value would have no end.",
                mend: "write the inner value out",
                example: "a: &loop [1, *loop]"),
            .yamlUnusedAnchor: Entry(
                title: "An anchor is used",
                why: "An anchor without an alias is often the rest of an edit, or a text that begins with '&'.",
                mend: "remove '&name', or put the text in quotes if the '&' belongs to it",
                example: "form: &form hv"),
            .yamlDuplicateAnchor: Entry(
                title: "An anchor's name is used once in a file",
                why: "Aliases above and below the second anchor mean different values, which is easily misread.",
                mend: "give the second anchor another name",
                example: "a: &x hv\nb: *x\nc: &x vm\nd: *x"),
        ]
    }

    private static var yamlLimitEntries: [DiagnosticCode: Entry] {
        [
            .yamlFileTooLarge: Entry(
                title: "A file is at most 64 MiB",
                why:
                    "An inventory may come from a stranger's pull request, so checking it takes bounded memory. 100,000 hosts in one file take about 25 MiB.",
                mend: "split the file; the maps of several files merge",
                example: "hosts: { hv01: {} }  # and 64 MiB more"),
            .yamlTooDeep: Entry(
                title: "Values are nested at most 64 levels deep",
                why:
                    "Deeper nesting is a mistake or an attack on the reader's stack; the schema needs 8. Aliases count as what they stand for.",
                mend: "check for brackets that aren't closed; remove levels",
                example: "a: [[[[[[[[[[1]]]]]]]]]]  # and 60 brackets more"),
            .yamlTooManyNodes: Entry(
                title: "A file has at most 4,000,000 keys and values",
                why: "Memory grows with their number. 100,000 hosts have about 3,000,000.",
                mend: "split the file; the maps of several files merge",
                example: "list: [a, a, a, a]  # and 4,000,000 more"),
            .yamlScalarTooLong: Entry(
                title: "A key or text has at most 64 KiB",
                why: "No name, address or description is that long; a forgotten quote or a pasted file is.",
                mend: "close the quote, or keep the contents in a file of its own and name it",
                example: "description: a text that goes on  # for 64 KiB"),
            .yamlAliasExpansion: Entry(
                title: "Aliases stand for at most 4,000,000 nodes, and for 100 times what is written",
                why: "A few lines of nested aliases can stand for billions of values and fill any memory.",
                mend: "write the values out where they are needed",
                example: "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]  # and so on"),
        ]
    }
}
