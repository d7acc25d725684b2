import InventorySchema
import Testing

@Suite struct CalendarDateTests {
    @Test(arguments: ["2027-03-31", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "0000-02-29"])
    func `a day that there is comes back as it is written`(_ text: String) {
        #expect(CalendarDate(text)?.description == text)
    }

    @Test(arguments: [
        ("2027-02-29", "no leap year"), ("1900-02-29", "a century is none"), ("2027-04-31", "30 days"), ("2027-13-01", "no month"),
        ("2027-00-01", "no month"), ("2027-01-00", "no day"), ("2027-1-1", "too short"), ("20270101", "no hyphens"),
        ("2027-01-01T00:00:00Z", "a time"), ("+027-01-01", "a sign"), ("２027-01-01", "another digit"), ("", "nothing"),
        ("2027-01-0１", "bytes"),
    ])
    func `what is no day isn't read`(_ text: String, _ why: String) { #expect(CalendarDate(text) == nil, "\(why)") }

    @Test func `an earlier day is less`() throws {
        let days = try ["2026-12-31", "2027-01-01", "2027-01-31", "2027-02-01"].map { try #require(CalendarDate($0)) }
        #expect(days.reversed().sorted() == days)
    }
}
