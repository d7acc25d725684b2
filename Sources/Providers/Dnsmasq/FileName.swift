import Addressing
import Targets

/// The files of the place.
enum FileName: String, CaseIterable {
    /// What the process reads when it starts, and never again.
    case configuration = "dnsmasq.conf"
    /// Names and addresses, in the form of hosts(5); read again on reload.
    case hosts
    /// What stands right of `dhcp-host=`; read again on reload.
    case reservations
    /// What stands right of `dhcp-option=`; read again on reload.
    case options

    static let header = "# written by deevnet; changes here are drift and will be undone"
    static let mode: UInt32 = 0o644
}

/// Where things of one site stand on the target.
struct SitePaths {
    let site: String

    var place: Place { Place(provider: "dnsmasq", site: site) }

    /// A file as the process sees it: through the live link, so that a switch needs no new path.
    func live(_ file: FileName) -> String { "/etc/deevnet/current/\(place)/\(file.rawValue)" }

    /// The name of the lease file below `/var/lib/deevnet`, a directory that is there before the process starts.
    var leaseName: String { "dnsmasq-\(site).leases" }
    var leases: String { "/var/lib/deevnet/\(leaseName)" }
    var pid: String { "/run/deevnet/dnsmasq-\(site).pid" }

    var unit: ServiceUnit {
        ServiceUnit(name: "deevnet-dnsmasq@\(site)", command: ["dnsmasq", "--conf-file=\(live(.configuration))"], pidFile: pid)
    }
}
