import FoundationEssentials

/// How a generated inventory is cut into files.
enum InventoryShape: String, CaseIterable {
    /// A file for each host.
    case host
    /// A file for each segment, with the hosts whose first interface stands in it.
    case segment
}

/// An inventory of a given size: realistic, valid, and the same for the same seed.
struct GeneratedInventory {
    let hostCount: Int
    let siteCount: Int
    let shape: InventoryShape
    let seed: UInt64

    /// Writes all files below a directory; how many files and bytes there are. Only one site is held in memory at a time.
    func write(to directory: String) throws -> (files: Int, bytes: Int) {
        var writer = TreeWriter(root: directory)
        try writer.add("inventory/deevnet.yml", Self.organization)
        try writer.add("inventory/hardware.yml", Self.hardware)
        var random = SeededGenerator(seed: seed)
        for index in 0..<siteCount {
            let count = hostCount * (index + 1) / siteCount - hostCount * index / siteCount
            let site = GeneratedSite(number: index + 1, hostCount: count, &random)
            try add(site, to: &writer)
            try writer.add("sites/\(site.name)/services.yml", site.services(&random))
        }
        return (writer.files, writer.bytes)
    }

    private func add(_ site: GeneratedSite, to writer: inout TreeWriter) throws {
        let folder = "sites/\(site.name)"
        try writer.add("\(folder)/site.yml", site.settings)
        try writer.add("\(folder)/firewall.yml", site.firewall)
        let segments = SegmentPlan.all.enumerated().map { ($0.element.name, $0.element.text(site: site.number, index: $0.offset)) }
        switch shape {
        case .host:
            try writer.add("\(folder)/segments.yml", "segments:\n" + segments.map(\.1).joined())
            for host in site.hosts { try writer.add("\(folder)/hosts/\(host.name).yml", Self.text([host])) }
        case .segment:
            for (index, (name, text)) in segments.enumerated() {
                let hosts = site.hosts.filter { $0.segment == index }
                try writer.add("\(folder)/\(name).yml", "segments:\n\(text)\n" + Self.text(hosts))
            }
        }
    }

    private static func text(_ hosts: [GeneratedHost]) -> String {
        if hosts.isEmpty { return "" }
        return "hosts:\n" + hosts.map(\.identity).joined() + "\nbindings:\n" + hosts.map(\.binding).joined()
    }

    private static let organization = """
        deevnet: { schema: 1 }

        organization:
          name: deevnet
          root_domain: deevnet.net
          management_zone: mgmt.deevnet.net
          host_names: role-form-number

        """

    private static let hardware = """
        hardware:
          optiplex-7050-mff:
            { display_name: "Dell OptiPlex 7050 Micro", arch: x86_64, firmware: uefi, boot_disk: /dev/nvme0n1, management_nic: mgmt }
          mini-pc-2nic: { display_name: "Fanless PC with two network cards", arch: x86_64, firmware: uefi, boot_disk: /dev/sda }
          raspberry-pi-4: { display_name: "Raspberry Pi 4", arch: aarch64, firmware: raspberry-pi, boot_disk: /dev/mmcblk0 }
          switch-24-poe: { display_name: "24 port switch with PoE", firmware: none, management_nic: mgmt }
          access-point-ax: { display_name: "Wi-Fi 6 access point", firmware: none, management_nic: mgmt }

        """
}

/// Writes files below a root and counts them.
private struct TreeWriter {
    let root: String
    private(set) var files = 0
    private(set) var bytes = 0
    private var made: Set<Substring> = []

    init(root: String) { self.root = root }

    mutating func add(_ path: String, _ text: String) throws {
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        if made.insert(folder).inserted {
            try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        try Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)"))
        files += 1
        bytes += text.utf8.count
    }
}
