public import Diagnostics

/// Network boot at a site.
public struct Netboot: Sendable {
    /// Which clients are given a boot file.
    public enum Clients: String, Sendable, CaseIterable {
        /// Hosts whose lifecycle is `provisioning`: nothing ever installs by default.
        case provisioning
        /// Every host with a reservation.
        case reserved
        /// Everyone who asks.
        case all
    }

    /// Where the key stands.
    public var span: SourceSpan
    /// Which clients are given a boot file.
    public var clients: Clients
    /// The directory that TFTP serves.
    public var root: String
    /// Boot files by client architecture.
    public var files: [BootArchitecture: Located<String>]
    /// What iPXE loads next: a service of the site, and a path on it.
    public var chain: Chain?

    /// The script that iPXE loads, by service name.
    public struct Chain: Sendable {
        /// The service that serves it over HTTP.
        public var service: Located<String>
        /// The path on that service, starting with `/`.
        public var path: Located<String>
    }
}

/// A client architecture as DHCP option 93 announces it (RFC 4578, IANA "Processor Architecture Types").
public enum BootArchitecture: String, Sendable, CaseIterable, Comparable {
    /// BIOS: 0.
    case bios
    /// UEFI on x86-64: 7 and 9.
    case uefiX64 = "uefi-x64"
    /// UEFI on 64-bit ARM: 11.
    case uefiARM64 = "uefi-arm64"

    /// The values of option 93 that mean this architecture.
    public var types: [UInt16] {
        switch self {
        case .bios: [0]
        case .uefiX64: [7, 9]
        case .uefiARM64: [11]
        }
    }

    /// Orders by the lowest type.
    public static func < (a: BootArchitecture, b: BootArchitecture) -> Bool { a.types[0] < b.types[0] }
}
