import Addressing

/// An IPv4 lease as dnsmasq keeps it in its lease file: `expiry mac address name client-id`, one a line.
struct Lease: Hashable {
    /// When it ends, in seconds since 1970; nil: never.
    var end: UInt64?
    /// Who holds it.
    var mac: MACAddress
    /// What is held.
    var address: IPv4Address

    /// Reads a line; nil for what isn't an IPv4 lease of an Ethernet interface.
    ///
    /// The name and the client id come from clients: they are passed over unread.
    init?(line: some Collection<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 3).map { String(decoding: $0, as: UTF8.self) }
        guard fields.count == 4, let end = UInt64(fields[0]), let mac = try? MACAddress(fields[1]),
            let address = try? IPv4Address(fields[2])
        else {
            return nil
        }
        self.init(end: end == 0 ? nil : end, mac: mac, address: address)
    }

    init(end: UInt64?, mac: MACAddress, address: IPv4Address) {
        self.end = end
        self.mac = mac
        self.address = address
    }

    /// Reads a lease file. IPv6 leases, which follow a line that begins with `duid`, aren't ours.
    static func all(in file: [UInt8]) -> [Lease] {
        var leases: [Lease] = []
        for line in file.split(separator: UInt8(ascii: "\n")) {
            if line.starts(with: "duid ".utf8) { break }
            if let lease = Lease(line: line) { leases.append(lease) }
        }
        return leases
    }

    /// Whether it holds at a time in seconds since 1970.
    func isRunning(at now: UInt64) -> Bool { end.map { $0 > now } ?? true }
}

/// A time as people read it: `2026-11-21 08:51:02 UTC`.
func utcText(_ seconds: UInt64) -> String {
    // Days to a date in the proleptic Gregorian calendar: eras of 400 years that begin on 1 March, so that the leap day ends the year.
    let days = Int(seconds / 86_400 % 4_000_000) + 719_468
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + days / 146_097 * 400 + (month <= 2 ? 1 : 0)
    let time = Int(seconds % 86_400)
    let parts = [month, day, time / 3_600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(year)-\(parts[0])-\(parts[1]) \(parts[2]):\(parts[3]):\(parts[4]) UTC"
}
