import Testing

@testable import Addressing

@Suite struct DomainNameHierarchyTests {
    @Test func `a name is taken apart at its dots`() throws {
        let name = try DomainName("hv01.dvntm.deevnet.net")
        #expect(name.labels == ["hv01", "dvntm", "deevnet", "net"])
        #expect(name.firstLabel == "hv01")
        #expect(try name.parent == DomainName("dvntm.deevnet.net"))
        #expect(try DomainName("net").parent == nil)
        #expect(try DomainName("net").firstLabel == "net")
    }

    @Test func `a subdomain is the name itself or below it`() throws {
        let zone = try DomainName("deevnet.net")
        #expect(zone.isSubdomain(of: zone))
        #expect(try DomainName("hv01.deevnet.net").isSubdomain(of: zone))
        #expect(try DomainName("a.b.deevnet.net").isSubdomain(of: zone))
        #expect(try !DomainName("mydeevnet.net").isSubdomain(of: zone))
        #expect(try !DomainName("net").isSubdomain(of: zone))
        #expect(try !DomainName("deevnet.org").isSubdomain(of: zone))
        #expect(try !DomainName("a.deevnet.org").isSubdomain(of: zone))
    }

    @Test func `an owner is written relative to its zone`() throws {
        let zone = try DomainName("deevnet.net")
        #expect(try DomainName("a.b.deevnet.net").relative(to: zone) == "a.b")
        #expect(zone.relative(to: zone) == "@")
        #expect(try DomainName("mydeevnet.net").relative(to: zone) == nil)
    }

    @Test func `names sort as in RFC 4034`() throws {
        // §6.1's example, less the names that no host or service can have.
        let expected = ["example", "a.example", "yljkjljk.a.example", "z.a.example", "zabc.a.example", "z.example"]
        let names = try ["z.example", "Z.a.example", "zABC.a.EXAMPLE", "example", "yljkjljk.a.example", "a.example"].map {
            try DomainName($0)
        }
        #expect(names.sorted().map(\.description) == expected)
    }

    @Test(arguments: [
        ("b.com", "ab.com", false, "'ab' sorts before 'b', though one text ends with the other"),
        ("ab.com", "b.com", true, "the same the other way round"),
        ("z.com", "a.org", true, "the right label decides first"),
        ("com", "a.com", true, "a parent comes first"),
        ("a.com", "com", false, "a parent comes first"),
        ("com", "xcom", true, "labels are compared from their left"),
        ("b-a.com", "b.a.com", false, "a hyphen is less than a dot as a byte, but labels aren't bytes of one text"),
        ("a.com", "a.com", false, "a name isn't before itself"),
    ])
    func `whole labels are compared`(a: String, b: String, isBefore: Bool, reason: String) throws {
        #expect(try (DomainName(a) < DomainName(b)) == isBefore, "\(reason)")
    }

    @Test func `order is that of the labels from the right, and printing is read back`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let names = try (0..<300).map { _ in
            let labels = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                generator.text(of: "ab", count: Int.random(in: 1...3, using: &generator))
            }
            return try DomainName(labels.joined(separator: "."))
        }
        for name in names { #expect(try DomainName(name.description) == name, "seed \(seed)") }
        for (a, b) in zip(names, names.shuffled(using: &generator)) {
            let (aLabels, bLabels) = (a.labels.reversed().map { Array($0.utf8) }, b.labels.reversed().map { Array($0.utf8) })
            let isBefore = aLabels.lexicographicallyPrecedes(bLabels) { $0.lexicographicallyPrecedes($1) }
            #expect((a < b) == isBefore, "\(a) \(b), seed \(seed)")
            #expect(try a.parent.map { try DomainName(label: String(a.firstLabel), in: $0) == a } ?? true, "seed \(seed)")
        }
    }

    @Test func `random labels of every allowed character are read back`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let edge = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        for _ in 0..<1000 {
            let inner = generator.text(of: edge + "-", count: Int.random(in: 0...61, using: &generator))
            let label = generator.text(of: edge, count: 1) + inner + generator.text(of: edge, count: 1)
            let name = try DomainName("\(label).example")
            #expect(name.description == "\(label).example".lowercased(), "seed \(seed)")
            #expect(try DomainName(name.description) == name, "seed \(seed)")
        }
    }
}
