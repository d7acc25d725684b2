import Testing

@testable import Addressing

private let label63 = String(repeating: "a", count: 63)
/// 253 characters: three labels of 63, one of 61, three dots.
private let longest = [label63, label63, label63, String(repeating: "b", count: 61)].joined(separator: ".")

@Suite struct DomainNameTests {
    @Test(arguments: [
        GoodText("hv01.dvntm.deevnet.net", "hv01.dvntm.deevnet.net", "usual"),
        GoodText("HV01.Example.ORG", "hv01.example.org", "RFC 4343: case means nothing"),
        GoodText("example.org.", "example.org", "the final dot of an absolute name"),
        GoodText("EXAMPLE.org.", "example.org", "both"),
        GoodText("localhost", "localhost", "one label"),
        GoodText("3com.com", "3com.com", "RFC 1123 §2.1: a label may begin with a digit"),
        GoodText("7.99.20.10.in-addr.arpa", "7.99.20.10.in-addr.arpa", "labels of digits, the last of letters"),
        GoodText("xn--bcher-kva.example", "xn--bcher-kva.example", "an A-label"),
        GoodText("a--b.example", "a--b.example", "hyphens inside"),
        GoodText("\(label63).example", "\(label63).example", "the longest label"),
        GoodText(longest, longest, "the longest name"),
        GoodText(longest + ".", longest, "the longest name and a dot that isn't counted"),
    ])
    func `host names are read and printed in lower case`(good: GoodText) throws {
        #expect(try DomainName(good.text).description == good.printed)
        #expect(try DomainName(underscored: good.text) == DomainName(good.text))
    }

    @Test(arguments: [
        BadText("", "it is empty"),
        BadText(".", "it is the root, which has no label"),
        BadText("..", "label 1 is empty"),
        BadText(".example.org", "label 1 is empty"),
        BadText("hv01..org", "label 2 is empty"),
        BadText("example.org..", "label 3 is empty"),
        BadText("-hv.example", "label 1 begins with a hyphen"),
        BadText("hv-.example", "label 1 ends with a hyphen"),
        BadText("hv.example-", "label 2 ends with a hyphen"),
        BadText("xn--.example", "label 1 ends with a hyphen"),
        BadText("hv_01.example", "label 1 has an underscore; a host name is made of letters, digits and hyphens"),
        BadText("_sip._tcp.example", "label 1 has an underscore; a host name is made of letters, digits and hyphens"),
        BadText("hv 01.example", "label 1 has a space in it; it is made of letters, digits and hyphens"),
        BadText("*.example", "label 1 has '*' in it; it is made of letters, digits and hyphens"),
        BadText("hv01.example\n", "label 2 has a control character in it; it is made of letters, digits and hyphens"),
        BadText(
            "bücher.example",
            "label 1 has a character outside ASCII; write an internationalised name as its A-label, which begins with xn-- (RFC 5891)"),
        BadText("10.20.99.1", "its last label is a number, as in an address"),
        BadText("hv01.42.", "its last label is a number, as in an address"),
        BadText("\(label63)a.example", "label 1 is 64 characters long, the longest is 63"),
        BadText(longest + "b", "it is 254 characters long, the longest is 253"),
    ])
    func `anything else is refused as a host name`(bad: BadText) {
        bad.expectRefusal(as: .domainName) { text throws(AddressingError) in try DomainName(text) }
    }

    @Test(arguments: [
        GoodText("_sip._tcp.example.org", "_sip._tcp.example.org", "RFC 2782"),
        GoodText("_ACME-challenge.example.org", "_acme-challenge.example.org", "RFC 8555"),
        GoodText("s1._domainkey.example.org", "s1._domainkey.example.org", "RFC 6376"),
        GoodText("_443._tcp.example.org", "_443._tcp.example.org", "RFC 6698"),
    ])
    func `a service name's labels may begin with an underscore`(good: GoodText) throws {
        #expect(try DomainName(underscored: good.text).description == good.printed)
    }

    @Test(arguments: [
        BadText("_.example", "label 1 is an underscore alone"),
        BadText("__a.example", "label 1 has an underscore at character 2; only the first character can be one"),
        BadText("_a_b.example", "label 1 has an underscore at character 3; only the first character can be one"),
        BadText("_tcp.a_b.example", "label 2 has an underscore at character 2; only the first character can be one"),
        BadText("_-a.example", "label 1 begins with a hyphen"),
        BadText("_a-.example", "label 1 ends with a hyphen"),
        BadText("10.20.99.1", "its last label is a number, as in an address"),
    ])
    func `an underscore stands nowhere else`(bad: BadText) {
        bad.expectRefusal(as: .domainName) { text throws(AddressingError) in try DomainName(underscored: text) }
    }

    @Test func `a label below a name is the whole name`() throws {
        let zone = try DomainName("dvntm.deevnet.net")
        #expect(try DomainName(label: "hv01", in: zone) == DomainName("hv01.dvntm.deevnet.net"))
        #expect(try DomainName(label: "HV01", in: zone) == DomainName("hv01.dvntm.deevnet.net"))
        #expect(try DomainName(label: "42", in: zone).description == "42.dvntm.deevnet.net")
        #expect(try DomainName(underscored: "_SIP._tcp", in: zone) == DomainName(underscored: "_sip._tcp.dvntm.deevnet.net"))
    }

    @Test func `what stands below a name obeys the rules of a label`() throws {
        let zone = try DomainName("dvntm.deevnet.net")
        let below = { (text: String) throws(AddressingError) in try DomainName(label: text, in: zone) }
        BadText("", "it is empty").expectRefusal(as: .label, below)
        BadText("a.b", "it has a dot, and is more than one label").expectRefusal(as: .label, below)
        BadText("_tcp", "it has an underscore; a host name is made of letters, digits and hyphens").expectRefusal(as: .label, below)
        let underscored = { (text: String) throws(AddressingError) in try DomainName(underscored: text, in: zone) }
        BadText("_tcp.", "it ends with a dot, and would be absolute").expectRefusal(as: .domainName, underscored)
        BadText("_tcp..a", "label 2 is empty").expectRefusal(as: .domainName, underscored)
    }

    @Test func `a name that grows too long is refused`() throws {
        let parent = try DomainName(String(longest.dropFirst(2)))
        #expect(try DomainName(label: "a", in: parent).description.utf8.count == 253)
        let error = #expect(throws: AddressingError.self) { try DomainName(label: "aa", in: parent) }
        #expect(error?.rule == "below \(parent) it is 254 characters long, the longest is 253")
    }

    @Test func `a label's problem is told as a phrase`() {
        #expect(DomainName.labelProblem("hv01") == nil)
        #expect(DomainName.labelProblem("HV01") == nil)
        #expect(DomainName.labelProblem("hv01-") == "it ends with a hyphen")
        #expect(DomainName.labelProblem("a.b") == "it has a dot, and is more than one label")
        #expect(DomainName.labelProblem("a.") == "it has a dot, and is more than one label")
        #expect(DomainName.labelProblem(".") == "it is empty")
        #expect(DomainName.labelProblem(label63 + "a") == "it is 64 characters long, the longest is 63")
        #expect(DomainName.labelProblem(underscored: "_tcp") == nil)
        #expect(DomainName.labelProblem(underscored: "_") == "it is an underscore alone")
    }
}
