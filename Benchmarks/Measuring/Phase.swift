/// What is measured, each in a process of its own so that its peak of memory is its own too.
enum Phase: String, CaseIterable {
    /// libyaml's event loop over the files' bytes, and nothing else: what all the others are compared with.
    case scan
    /// From the directory to the model.
    case load
    /// From the directory to the sites' graphs, every invariant proven.
    case compile
    /// What `deevnet validate` does: compile, and what providers find.
    case validate
    /// What `deevnet plan` does: compile, observe the targets, compare, write the plan. Cold on an empty root, without changes on an applied one.
    case plan
}

/// What one run of a phase took.
struct Measurement {
    var usage: Usage
    /// For the scan: listing the directory and reading the files, which the phases do too and libyaml doesn't.
    var reading = Usage.none
    /// What was done, so that nobody measures an error: files, bytes, events, hosts, changes.
    var counts: [(name: String, count: Int)]
    /// What the phase made and nobody asks for any more.
    var leftovers: [any Sendable] = []
}

/// Something that kept a phase from being measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
}
