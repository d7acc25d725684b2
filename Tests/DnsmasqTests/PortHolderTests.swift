import Testing

@testable import Dnsmasq

/// Who holds a port that dnsmasq is to listen on, as ss(8) of iproute2 6.1 tells it.
@Suite struct PortHolderTests {
    private static let ours = PortHolders(ports: ["53", "67"], devices: ["eth0"], addresses: ["10.20.99.95"])

    @Test(arguments: [
        ("udp   UNCONN 0      0               0.0.0.0:53         0.0.0.0:*    users:((\"dnsmasq\",pid=812,fd=4))", "udp 0.0.0.0:53"),
        ("udp   UNCONN 0      0           10.20.99.95:53         0.0.0.0:*    users:((\"dnsmasq\",pid=812,fd=4))", "udp 10.20.99.95:53"),
        ("tcp   LISTEN 0      32                 [::]:53            [::]:*    users:((\"unbound\",pid=812,fd=9))", "tcp [::]:53"),
        ("tcp   LISTEN 0      4096         127.0.0.1:53         0.0.0.0:*    users:((\"named\",pid=812,fd=9))", "tcp 127.0.0.1:53"),
        ("udp   UNCONN 0      0          0.0.0.0%eth0:67         0.0.0.0:*    users:((\"dhcpd\",pid=812,fd=7))", "udp 0.0.0.0%eth0:67"),
    ])
    func `who listens where we are to listen is in the way`(_ line: String, _ socket: String) throws {
        let holder = try #require(Self.ours.holders(in: line + "\n").first)
        #expect(holder.pid == "812" && holder.sockets == [socket])
    }

    @Test(arguments: [
        ("udp   UNCONN 0      0        192.168.122.1:53         0.0.0.0:*    users:((\"dnsmasq\",pid=9,fd=5))", "another address"),
        (
            "udp   UNCONN 0      0       127.0.0.53%lo:53         0.0.0.0:*    users:((\"systemd-resolve\",pid=9,fd=14))",
            "the stub resolver"
        ),
        ("udp   UNCONN 0      0      0.0.0.0%virbr0:67         0.0.0.0:*    users:((\"dnsmasq\",pid=9,fd=3))", "another interface"),
        ("udp   UNCONN 0      0             0.0.0.0:5353       0.0.0.0:*    users:((\"avahi-daemon\",pid=9,fd=12))", "another port"),
        (
            "udp   UNCONN 0      0             0.0.0.0:69         0.0.0.0:*    users:((\"tftpd\",pid=9,fd=12))",
            "a port that isn't asked for"
        ),
        ("", "nothing"), ("Cannot open netlink socket: Permission denied", "no table"),
    ])
    func `who listens elsewhere isn't`(_ line: String, _ why: String) { #expect(Self.ours.holders(in: line).isEmpty, "\(why)") }

    @Test func `a process is named once, with all its sockets`() {
        let table = """
            udp   UNCONN 0      0               0.0.0.0:53         0.0.0.0:*    users:(("dnsmasq",pid=812,fd=4))
            udp   UNCONN 0      0               0.0.0.0:67         0.0.0.0:*    users:(("dnsmasq",pid=812,fd=3))
            tcp   LISTEN 0      32              0.0.0.0:53         0.0.0.0:*    users:(("dnsmasq",pid=812,fd=5))
            """
        #expect(
            Self.ours.holders(in: table) == [
                .init(program: "dnsmasq", pid: "812", sockets: ["udp 0.0.0.0:53", "udp 0.0.0.0:67", "tcp 0.0.0.0:53"])
            ])
    }

    @Test(arguments: [
        ("0::/system.slice/dnsmasq.service\n/usr/sbin/dnsmasq\0-x\0", "dnsmasq.service"),
        ("0::/system.slice/system-dhcpd.slice/dhcpd@eth0.service\n", "dhcpd@eth0.service"), ("0::/user.slice/session-2.scope\n", nil),
        ("0::/\n", nil), ("", nil),
    ])
    func `a service's unit is known by its control group`(_ text: String, _ unit: String?) {
        #expect(PortHolders.unit(inGroups: text) == unit)
    }
}
