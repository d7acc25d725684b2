import Addressing
import Targets

@testable import Dnsmasq

/// Answers the questions for the marks as dnsmasq does: from the files that it has loaded, whatever stands on disk by now.
func answerMarks(_ files: [PlaceFile], _ question: [UInt8]) -> [UInt8]? {
    let type = question[question.count - 3]
    let name: FileName = type == 16 ? .configuration : .hosts
    guard let file = files.first(where: { $0.name == name.rawValue }) else { return nil }
    let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count > 1 else { return nil }
    if type == 16 {
        let text = Array(lines[1].split(separator: "\"").last ?? "").map { $0.asciiValue ?? 0 }
        return response(to: question, [[UInt8(text.count)] + text])
    }
    guard let address = HostLine(lines[1], isReverse: { _ in true })?.address.v6 else { return nil }
    return response(to: question, [(0..<16).map { UInt8(truncatingIfNeeded: address.bits >> (120 - 8 * $0)) }])
}

/// A message that answers a question with records of its name and type.
func response(to question: [UInt8], _ data: [[UInt8]], flags: [UInt8] = [0x85, 0x80]) -> [UInt8] {
    var message = Array(question[0..<2]) + flags + [0, 1, 0, UInt8(data.count), 0, 0, 0, 0] + question[12...]
    for value in data {
        message += [0xC0, 12] + question.suffix(4) + [0, 0, 1, 44, UInt8(value.count >> 8), UInt8(value.count & 255)] + value
    }
    return message
}
