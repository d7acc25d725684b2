/// A day of the Gregorian calendar, as ISO 8601 writes it: `2027-03-31`.
public struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Year, month and day as one number, so that dates compare as numbers do: 20270331.
    private let number: Int

    /// Reads `YYYY-MM-DD`; nil when it isn't that, or there is no such day.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-") else { return nil }
        guard let year = Self.number(digits[0..<4]), let month = Self.number(digits[5..<7]), let day = Self.number(digits[8..<10]) else {
            return nil
        }
        guard 1...12 ~= month, 1...Self.days(of: month, in: year) ~= day else { return nil }
        number = year * 10_000 + month * 100 + day
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        func padded(_ value: Int, _ width: Int) -> String { String(String(value + 10_000).suffix(width)) }
        return "\(padded(number / 10_000, 4))-\(padded(number / 100 % 100, 2))-\(padded(number % 100, 2))"
    }

    /// The earlier day first.
    public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.number < b.number }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { (0x30...0x39).contains($0) } ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
