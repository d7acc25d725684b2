import Testing

@testable import Addressing

@Suite struct VLANIDTests {
    @Test(arguments: [1, 99, 999, 4094]) func `the ids of IEEE 802.1Q are taken`(number: Int) throws {
        #expect(try VLANID(number).description == "\(number)")
        #expect(try VLANID("\(number)") == VLANID(number))
    }

    @Test(arguments: [
        BadText("0", "0 is reserved for frames that carry a priority and no VLAN; ids are 1 to 4094"),
        BadText("4095", "4095 is reserved; ids are 1 to 4094"),
        BadText("4096", "the id is 4096, the largest is 4095"),
        BadText("099", "the id is 099; it is written without leading zeros"),
        BadText("", "the id is missing"),
        BadText("ten", "the id is not a decimal number: character 1 is 't'"),
        BadText("-1", "the id is not a decimal number: character 1 is '-'"),
        BadText("0x63", "the id is not a decimal number: character 2 is 'x'"),
    ])
    func `reserved ids and other texts are refused`(bad: BadText) {
        bad.expectRefusal(as: .vlanID) { text throws(AddressingError) in try VLANID(text) }
    }

    @Test(arguments: [Int.min, -1, 0, 4095, 4096, 65537, .max]) func `numbers outside are refused`(number: Int) {
        #expect(throws: AddressingError.self) { try VLANID(number) }
    }

    @Test func `ids sort as numbers`() throws { #expect(try VLANID(99) < VLANID(100)) }
}
