/// A segment that every generated site has: a /20 of the site's /16, the pool in its last quarter and reservations before it.
struct SegmentPlan {
    let name: String
    let vlan: Int
    let hasPool: Bool

    /// The segments, in the order in which the /20s are given out.
    static let all = [
        SegmentPlan(name: "management", vlan: 99, hasPool: false),
        SegmentPlan(name: "trusted", vlan: 10, hasPool: true),
        SegmentPlan(name: "storage", vlan: 20, hasPool: false),
        SegmentPlan(name: "platform", vlan: 25, hasPool: false),
        SegmentPlan(name: "iot", vlan: 30, hasPool: true),
        SegmentPlan(name: "iot_vendor", vlan: 31, hasPool: true),
        SegmentPlan(name: "iot_backend", vlan: 35, hasPool: false),
        SegmentPlan(name: "guest", vlan: 40, hasPool: true),
        SegmentPlan(name: "tenant1", vlan: 50, hasPool: true),
        SegmentPlan(name: "tenant2", vlan: 51, hasPool: true),
    ]

    /// The most hosts that one segment has room for: what lies between the first addresses and the pool.
    static let capacity = 0xC00 - firstHost

    /// Below it stand the gateway (1), the core router (2) and the builder (3).
    static let firstHost = 16

    /// An address of the segment by its number in the /20.
    static func address(site: Int, segment: Int, number: Int) -> String {
        "10.\(site).\(segment * 16 + number >> 8).\(number & 255)"
    }

    /// The segment as the inventory says it.
    func text(site: Int, index: Int) -> String {
        func address(_ number: Int) -> String { Self.address(site: site, segment: index, number: number) }
        let pool = "\(address(0xC00))-\(address(0xFF0))"
        let dhcp = hasPool ? "{ mode: pool, pool: \(pool), lease: 12h }" : "{ mode: reservations }"
        return """
              \(name):
                vlan: \(vlan)
                prefixes: [\(address(0))/20]
                gateway: \(address(1))
                dhcp: \(dhcp)

            """
    }
}
