extension IPv6Address {
    static func parse(_ bytes: Span<UInt8>) throws(BrokenRule) -> UInt128 {
        guard !bytes.isEmpty else { throw .empty }
        var bits: UInt128 = 0
        var groups = 0
        var groupsBeforeGap: Int?
        var i = 0
        if bytes[0] == colon {
            guard bytes.count > 1, bytes[1] == colon else { throw BrokenRule("it begins with a single ':'") }
            groupsBeforeGap = 0
            i = 2
        }
        while i < bytes.count {
            let start = i
            let group = hexGroup(bytes, &i)
            if i < bytes.count, bytes[i] == 0x2E, i > start {
                guard groups <= 6 else { throw BrokenRule("the IPv4 part begins at group \(groups + 1), and it needs two groups of 8") }
                bits = bits << 32 | UInt128(try embedded(bytes.extracting(start..<bytes.count)))
                groups += 2
                break
            }
            try check(bytes, number: groups + 1, start: start, end: i, hasGap: groupsBeforeGap != nil)
            bits = bits << 16 | UInt128(group)
            groups += 1
            guard i < bytes.count else { break }
            i += 1
            guard i < bytes.count else { throw BrokenRule("it ends with a single ':'") }
            if bytes[i] == colon {
                guard groupsBeforeGap == nil else { throw secondGap }
                groupsBeforeGap = groups
                i += 1
            }
        }
        guard let groupsBeforeGap else {
            guard groups == 8 else { throw BrokenRule("it has \(groups) group\(groups == 1 ? "" : "s") and no '::', 8 are needed") }
            return bits
        }
        guard groups < 8 else { throw BrokenRule("its '::' stands for no group, because 8 are written") }
        let tailBits = 16 * (groups - groupsBeforeGap)
        let tail = bits & ((1 as UInt128) << tailBits - 1)
        let head = bits >> tailBits
        return head << (16 * (8 - groupsBeforeGap)) | tail
    }

    private static var secondGap: BrokenRule { BrokenRule("it has a second '::'") }

    /// Reads hexadecimal digits and moves past them. Of more than four the value is meaningless; the caller counts them.
    @inline(__always)
    private static func hexGroup(_ bytes: Span<UInt8>, _ i: inout Int) -> UInt16 {
        var value: UInt16 = 0
        while i < bytes.count {
            let digit = bytes[i].hexValue
            guard digit < 16 else { break }
            value = value << 4 | UInt16(digit)
            i &+= 1
        }
        return value
    }

    /// Checks the group from `start` to `end`, and that a ':' or the text's end follows.
    @inline(__always)
    private static func check(_ bytes: Span<UInt8>, number: Int, start: Int, end: Int, hasGap: Bool) throws(BrokenRule) {
        guard end == bytes.count || bytes[end] == colon else { throw unexpected(bytes, end) }
        guard end > start else { throw hasGap ? secondGap : BrokenRule("group \(number) is empty") }
        guard end - start <= 4 else { throw BrokenRule("group \(number) has \(end - start) digits, the most is 4") }
        guard number <= 8 else { throw BrokenRule("it has more than 8 groups") }
    }

    private static func embedded(_ bytes: Span<UInt8>) throws(BrokenRule) -> UInt32 {
        do throws(BrokenRule) {
            return try IPv4Address.parse(bytes)
        } catch {
            throw error.of("the IPv4 part")
        }
    }

    private static func unexpected(_ bytes: Span<UInt8>, _ offset: Int) -> BrokenRule {
        switch bytes[offset] {
        case 0x25: BrokenRule("it has a zone id, which means something on one machine only")
        case 0x2F: BrokenRule("it has a prefix length, and an address stands without one")
        case 0x5B, 0x5D: BrokenRule("it stands in brackets, which belong to URLs")
        default: BrokenRule("character \(offset + 1) is \(bytes.character(at: offset)); it is made of hexadecimal digits and colons")
        }
    }

    func group(_ index: Int) -> UInt16 {
        let half = index < 4 ? high : low
        return UInt16(truncatingIfNeeded: half >> (48 &- 16 &* UInt64(truncatingIfNeeded: index & 3)))
    }

    /// The reverse name of the first nibbles alone: the apex of the zone for a prefix on that boundary.
    func reverseName(nibbles: Int) -> DomainName {
        var text = ASCIIText<72>()
        for i in (0..<nibbles).reversed() {
            let half = i < 16 ? high : low
            text.append(.hexDigit(UInt8(truncatingIfNeeded: half >> (60 &- 4 &* UInt64(truncatingIfNeeded: i & 15))) & 15))
            text.append(0x2E)
        }
        text.append("ip6.arpa")
        return DomainName(canonical: text.string)
    }

    /// The longest run of at least two zero groups, the first of equals.
    fileprivate var gap: Range<Int>? {
        var best = 0..<1
        var start = 0
        for i in 0..<8 {
            if group(i) != 0 {
                start = i + 1
            } else if i + 1 - start > best.count {
                best = start..<i + 1
            }
        }
        return best.count > 1 ? best : nil
    }
}

private let colon: UInt8 = 0x3A

extension ASCIIText {
    mutating func append(_ address: IPv6Address) {
        if address.high == 0, address.low >> 32 == 0xFFFF {
            append("::ffff:")
            append(IPv4Address(bits: UInt32(truncatingIfNeeded: address.low)))
            return
        }
        let gap = address.gap
        var i = 0
        while i < 8 {
            if let gap, i == gap.lowerBound {
                append(colon)
                append(colon)
                i = gap.upperBound
                continue
            }
            if i > 0, i != gap?.upperBound { append(colon) }
            append(hexGroup: address.group(i))
            i += 1
        }
    }
}
