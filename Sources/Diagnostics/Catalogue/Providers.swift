extension DiagnosticCode {
    /// The rules about what providers render and read back.
    static var providerEntries: [DiagnosticCode: Entry] {
        [
            .notExpressible: Entry(
                title: "What is desired can be said in the provider's language",
                why: "A value that the daemon would misread is refused; it is never bent until it fits.",
                mend: "change the value as suggested, or choose another provider for the role",
                example: "# dnsmasq serves IPv4 only\nsegments: { trusted: { gateway: fd00:20:10::1 } }"),
            .lineTooLong: Entry(
                title: "A line fits the daemon's buffer",
                why: "A daemon that cuts a line silently would drop the last of the values.",
                mend: "name fewer values on the segment or the host",
                example: "site: { dhcp: { search: [a.example.org, b.example.org] } }  # and fifty more"),
            .checkerMissing: Entry(
                title: "The daemon's own checker is installed",
                why: "A file that the daemon itself has not read is never put in place.",
                mend: "apt-get install the package that is named",
                example: "deevnet apply lab  # on a machine without dnsmasq"),
            .checkerRefused: Entry(
                title: "The daemon's own checker accepts every file",
                why: "Whatever the daemon refuses would keep it from starting.",
                mend: "read what the checker said; nothing was changed. If the inventory is right, report it as a defect",
                example: "deevnet apply lab"),
            .rehearsalFailed: Entry(
                title: "The daemon itself does with the new files what was meant, before it gets them",
                why: "A checker accepts files with which the daemon then gives other answers, or none: it is asked first.",
                mend: "nothing was changed; read what was asked and answered. If the inventory is right, report it as a defect",
                example: "deevnet apply lab"),
            .leaseBlocksReservation: Entry(
                title: "A reserved address is not leased to somebody else",
                why: "The server gives the address to its owner only after the lease has ended or was given back.",
                mend: "apply: the lease is given back once the reservation is loaded; or wait until it ends",
                example:
                    "# 10.20.10.21 is leased to 02:de:20:09:00:01\nlan: { segment: trusted, addresses: [10.20.10.21], assign: reserved }"),
        ]
    }
}
