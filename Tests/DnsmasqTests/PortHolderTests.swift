import Targets
import Testing

@testable import Dnsmasq

/// Who holds a port that dnsmasq is to listen on, as ss(8) of iproute2 6.1 tells it.
@Suite struct PortHolderTests {
    private static let ours = PortHolders(
        ports: ["udp 53", "tcp 53", "udp 67"], devices: ["eth0"], addresses: ["10.20.99.95", "[fd00::5]", "[fe80::5]"])

    @Test(arguments: [
        ("udp   UNCONN 0      0               0.0.0.0:53         0.0.0.0:*    users:((\"dnsmasq\",pid=812,fd=4))", "udp 0.0.0.0:53"),
        ("udp   UNCONN 0      0           10.20.99.95:53         0.0.0.0:*    users:((\"dnsmasq\",pid=812,fd=4))", "udp 10.20.99.95:53"),
        ("tcp   LISTEN 0      32                 [::]:53            [::]:*    users:((\"unbound\",pid=812,fd=9))", "tcp [::]:53"),
        ("tcp   LISTEN 0      4096         127.0.0.1:53         0.0.0.0:*    users:((\"named\",pid=812,fd=9))", "tcp 127.0.0.1:53"),
        ("udp   UNCONN 0      0          0.0.0.0%eth0:67         0.0.0.0:*    users:((\"dhcpd\",pid=812,fd=7))", "udp 0.0.0.0%eth0:67"),
        ("tcp   LISTEN 0      32            [fd00::5]:53            [::]:*    users:((\"unbound\",pid=812,fd=9))", "tcp [fd00::5]:53"),
        ("udp   UNCONN 0      0        [fe80::5]%eth0:53            [::]:*    users:((\"named\",pid=812,fd=9))", "udp [fe80::5]%eth0:53"),
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
        ("tcp   LISTEN 0      128            0.0.0.0:67         0.0.0.0:*    users:((\"proxy\",pid=9,fd=3))", "DHCP isn't tcp"),
        ("udp   UNCONN 0      0            [fd00::6]:53            [::]:*    users:((\"named\",pid=9,fd=3))", "another IPv6 address"),
        ("", "nothing"), ("Cannot open netlink socket: Permission denied", "no table"),
    ])
    func `who listens elsewhere isn't`(_ line: String, _ why: String) { #expect(Self.ours.holders(in: line).isEmpty, "\(why)") }

    @Test func `all addresses of our interfaces are ours`() {
        let table = """
            1: lo    inet6 ::1/128 scope host noprefixroute \\       valid_lft forever preferred_lft forever
            2: eth0    inet 10.20.99.95/24 brd 10.20.99.255 scope global eth0\\       valid_lft forever preferred_lft forever
            2: eth0    inet6 fd00::5/64 scope global \\       valid_lft forever preferred_lft forever
            3: eth1    inet6 fd00::6/64 scope global \\       valid_lft forever preferred_lft forever
            """
        #expect(PortHolders.addresses(of: ["eth0"], in: table) == ["10.20.99.95", "[fd00::5]"])
    }

    @Test(arguments: ["ss", "ip"], [Int32?.none, 1])
    func `a system that can't be asked is no system without holders`(_ program: String, _ status: Int32?) async {
        let programs = InMemoryPrograms { command in
            command[0] == program ? status.map { ProgramResult(status: $0, output: "no") } : ProgramResult(status: 0, output: "")
        }
        let error = await #expect(throws: TargetError.self) { _ = try await Self.ours.strangers(programs) }
        #expect(error?.message.contains(program) == true)
    }

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
