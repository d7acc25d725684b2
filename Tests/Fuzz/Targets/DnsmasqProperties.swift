import Dnsmasq
import Planning
import SiteCompiler
import Targets

/// What is promised of dnsmasq's files, whoever wrote them.
struct DnsmasqProperties {
    private let files: [PlaceFile]

    init(_ bytes: [UInt8]) {
        files = zip(["dnsmasq.conf", "hosts", "reservations", "options"], parts(of: bytes)).map { PlaceFile(name: $0, bytes: $1) }
    }

    /// Whatever is read as ours is written so that the same is read again; and what all of it is ours of, is written with the same bytes.
    func hold() throws(Violation) {
        let states = Self.mechanism.parse(files).resources
        let ours = states.filter { $0.kind != .foreign }
        let rendered = try Self.hold(ours, servesDNS: true)
        guard ours.count == states.count, !files.isEmpty else { return }
        try require(rendered == files.sorted { $0.name < $1.name }, "files that are ours to the last line are written otherwise")
    }

    private static let mechanism = DnsmasqFiles(site: "lab", servesDNS: true)

    /// `parse(render(x)) == x`, and `render` gives the same bytes for it.
    @discardableResult
    static func hold(_ states: [DnsmasqState], servesDNS: Bool) throws(Violation) -> [PlaceFile] {
        let mechanism = DnsmasqFiles(site: "lab", servesDNS: servesDNS)
        let desired = DesiredSet(states.map { Desired($0, from: .site) })
        let files = mechanism.render(desired)
        let found = mechanism.parse(files).resources
        let wanted = desired.resources.map(\.state)
        try require(found == wanted, "\(difference(wanted, found)) after writing and reading")
        let again = mechanism.render(DesiredSet(found.map { Desired($0, from: .site) }))
        try require(again == files, "written twice with other bytes")
        for file in files {
            try require(
                file.bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A }, "\(file.name) has a byte that isn't printable ASCII")
        }
        return files.sorted { $0.name < $1.name }
    }

    private static func difference(_ wanted: [DnsmasqState], _ found: [DnsmasqState]) -> String {
        let (missing, extra) = (wanted.first { !found.contains($0) }, found.first { !wanted.contains($0) })
        return "\(missing.map { "\($0)" } ?? "nothing") is missing, \(extra.map { "\($0)" } ?? "nothing") is too much"
    }
}
