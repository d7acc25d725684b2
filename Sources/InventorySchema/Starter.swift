import Addressing

/// The files of a new inventory: the smallest site that validates and plans.
public struct Starter: Sendable {
    private let organization: String
    private let domain: String
    private let site: String

    /// Makes a starter; see ``problem(organization:domain:site:)`` for what names must be.
    public init(organization: String, domain: String, site: String) {
        self.organization = organization
        self.domain = domain
        self.site = site
    }

    /// What is wrong with the names; nil: nothing.
    public static func problem(organization: String, domain: String, site: String) -> String? {
        if let problem = DomainName.labelProblem(organization) { return "the organisation's name: \(problem)" }
        if let problem = DomainName.labelProblem(site) { return "the site's name: \(problem)" }
        do { _ = try DomainName(domain) } catch { return "the domain: \(error.rule)" }
        return nil
    }

    /// The files by path: the inventory, and the schemas that an editor reads.
    public var files: [(path: String, text: String)] {
        let documents = [
            ("inventory/deevnet.yml", organizationText), ("inventory/hosts/builder-ph01.yml", hostText),
            ("sites/\(site)/site.yml", siteText),
            ("sites/\(site)/segments.yml", segmentsText), ("sites/\(site)/hosts.yml", bindingsText),
            ("sites/\(site)/services.yml", servicesText),
        ].map { path, text in (path, Self.modeline(path) + text) }
        return documents + DocumentKind.allCases.map { ("schemas/\($0.rawValue).json", JSONSchema($0).text) }
    }

    /// The line by which editors with yaml-language-server find a file's schema.
    private static func modeline(_ path: String) -> String {
        let up = String(repeating: "../", count: path.count { $0 == "/" })
        let kind: DocumentKind = path.hasPrefix("sites/") ? .site : .inventory
        return "# yaml-language-server: $schema=\(up)schemas/\(kind.rawValue).json\n"
    }

    private var organizationText: String {
        """
        # Who this inventory belongs to. All files below inventory/ and sites/ are read; a key may be spread over several.
        deevnet: { schema: 1 }
        organization:
          name: \(organization)
          root_domain: \(domain)

        """
    }

    private var hostText: String {
        """
        # Identity: what a machine is, wherever it stands. Replace the MAC by the one that `ip link` shows.
        hosts:
          builder-ph01:
            form: ph
            interfaces:
              mgmt: { mac: "02:00:00:00:00:01", device: eth0 }

        """
    }

    private var siteText: String {
        """
        # The site, and who serves it. The builder serves until there is a core router.
        site:
          name: \(site)
          domain: \(site).\(domain)
          blocks: [192.168.77.0/24]
          authority:
            mode: bootstrap
            bootstrap: { host: builder-ph01, segments: [management], dns: dnsmasq, dhcp: dnsmasq, tftp: dnsmasq }

        """
    }

    private var segmentsText: String {
        """
        # Networks of the site.
        segments:
          management:
            prefixes: [192.168.77.0/24]
            gateway: 192.168.77.1
            dhcp: { mode: pool, pool: 192.168.77.100-192.168.77.200 }

        """
    }

    private var bindingsText: String {
        """
        # Where machines stand.
        bindings:
          builder-ph01:
            interfaces:
              mgmt: { segment: management, addresses: [192.168.77.10] }

        """
    }

    private var servicesText: String {
        """
        # Stable names for what machines do; the machine behind a name can change.
        services:
          dns: { authority: dns }

        """
    }
}
