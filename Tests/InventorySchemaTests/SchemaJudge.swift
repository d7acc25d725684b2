import Foundation
import InventorySchema
import Subprocess
import SystemPackage
import TestSupport

/// A JSON Schema validator that isn't ours: Python's jsonschema, as Debian packages it.
struct SchemaJudge {
    static let python = "/usr/bin/python3"

    /// Why there is no judge; nil when there is one.
    static let absence: String? = {
        let places = ["/usr/lib/python3/dist-packages/jsonschema/__init__.py", python]
        return places.allSatisfy { FileManager.default.fileExists(atPath: $0) }
            ? nil : "python3-jsonschema isn't installed: scripts/setup --test"
    }()

    /// Whether each document is right by the schema of its kind, in whose text one thing may be replaced by another.
    static func verdicts(
        _ documents: [(kind: DocumentKind, json: String)], damage: (old: String, new: String)? = nil
    ) async throws -> [Bool] {
        let lines = documents.map { "{\"kind\": \"\($0.kind.rawValue)\", \"document\": \($0.json)}\n" }.joined()
        let answer = try await run("verdicts", input: lines, damage: damage)
        return answer.split(separator: "\n").map { $0 == "right" }
    }

    /// What is wrong with the schemas themselves: by the meta-schema, and examples that the key's own schema refuses.
    static func complaints() async throws -> String { try await run("complaints", input: "") }

    private static func run(_ task: String, input: String, damage: (old: String, new: String)? = nil) async throws -> String {
        let scratch = try ScratchDirectory()
        var arguments = ["-I", "-c", script, task]
        for kind in DocumentKind.allCases {
            let path = "\(scratch.path)/\(kind.rawValue).json"
            let text = JSONSchema(kind).text
            try Data((damage.map { text.replacing($0.old, with: $0.new) } ?? text).utf8).write(to: URL(fileURLWithPath: path))
            arguments.append(path)
        }
        let lines = "\(scratch.path)/documents"
        try Data(input.utf8).write(to: URL(fileURLWithPath: lines))
        arguments.append(lines)
        let ended = try await Subprocess.run(
            .path(FilePath(python)), arguments: Arguments(arguments), output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
        guard ended.terminationStatus.isSuccess else { throw JudgeFailure(text: ended.standardError) }
        return ended.standardOutput
    }

    struct JudgeFailure: Error { var text: String }

    /// `$` ends a text in ECMA 262, whose patterns a JSON Schema has; Python's lets a line break follow.
    private static let script = #"""
        import json, os, re, sys
        from jsonschema import Draft7Validator, ValidationError, validators

        def pattern(validator, pattern, instance, schema):
            if validator.is_type(instance, "string") and not re.search(pattern.replace("$", r"\Z"), instance):
                yield ValidationError("the pattern doesn't fit")

        Judge = validators.extend(Draft7Validator, {"pattern": pattern})
        schemas = {os.path.basename(path)[:-5]: json.load(open(path)) for path in sys.argv[2:-1]}

        def examples(node, root, place):
            if isinstance(node, dict):
                whole = {**node, "definitions": root["definitions"]}
                for example in node.get("examples", []):
                    for error in Judge(whole).iter_errors(example):
                        print(place, example, error.message)
                for key, child in node.items():
                    if key != "examples": examples(child, root, f"{place}/{key}")
            elif isinstance(node, list):
                for index, child in enumerate(node): examples(child, root, f"{place}/{index}")

        if sys.argv[1] == "complaints":
            for name, schema in schemas.items():
                Judge.check_schema(schema)
                examples(schema, schema, name)
        else:
            judges = {name: Judge(schema) for name, schema in schemas.items()}
            for line in open(sys.argv[-1], encoding="utf-8"):
                case = json.loads(line)
                print("right" if judges[case["kind"]].is_valid(case["document"]) else "wrong")
        """#
}
