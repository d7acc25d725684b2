import Addressing
import Planning
import Targets

/// The marks by which the running process says what it has loaded.
///
/// Two names below a zone that exists nowhere: a TXT record in `dnsmasq.conf` holds the digest of that file, so it is what the process started
/// with; an AAAA record in `hosts` holds the digest of the three files that a reload reads again.
struct Marker: Hashable {
    /// The digest of `dnsmasq.conf` without its mark: 64 hexadecimal digits.
    var configuration: String
    /// fd00::/8 with 120 bits of the digest of `hosts` without its mark, `reservations` and `options`.
    var reloadable: IPv6Address

    static let zone = makeName("loaded.deevnet.invalid")
    static let configurationName = makeName("static.loaded.deevnet.invalid")
    static let reloadableName = makeName("reloadable.loaded.deevnet.invalid")

    /// The marks of files given without their mark lines.
    init(configuration: [UInt8], hosts: [UInt8], reservations: [UInt8], options: [UInt8]) {
        self.configuration = ContentDigest.hex(of: configuration)
        var digest = ContentDigest()
        for file in [hosts, reservations, options] {
            digest.update(String(file.count))
            digest.update(file)
        }
        let bits = UInt128(digest.hex.prefix(30), radix: 16) ?? 0
        reloadable = IPv6Address(bits: 0xfd << 120 | bits)
    }

    var configurationLine: String { Self.configurationStart + "\"\(configuration)\"" }
    var reloadableLine: String { "\(reloadable) \(Self.reloadableName)" }

    static let configurationStart = "txt-record=\(configurationName),"

    private static func makeName(_ text: String) -> DomainName {
        guard let name = try? DomainName(text) else { preconditionFailure("\(text) is a name") }
        return name
    }
}

extension RunningService {
    /// A process that has loaded the files with these marks; nil marks: it serves no DNS and can't be asked.
    init(unit: String, marker: Marker?) {
        self.init(
            unit: unit, configuration: marker.map { .loaded($0.configuration) } ?? .unaskable,
            reloadable: marker.map { .loaded($0.reloadable.description) } ?? .unaskable)
    }
}
