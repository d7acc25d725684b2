import Addressing
import InventorySchema

extension ExpectedLeases {
    /// Asks for the boot file of each architecture, as one that may have it and as one that may not.
    func bootQuestions() -> [(TagText, LeaseQuestion)] {
        var armed: Set<MACAddress> = []
        for case .armed(let mac) in boot { armed.insert(mac) }
        let mayInstall = reservations.first { armed.contains($0.mac) }
        let mayNot = reservations.first { !armed.contains($0.mac) }
        var questions: [(TagText, LeaseQuestion)] = []
        for case .file(let architecture, let path, let clients) in boot {
            let file = Array(path.description.utf8)
            let asked: [(FixedAddress?, [UInt8]?)] =
                switch clients {
                case .provisioning: [(mayInstall, file), (mayNot, nil)]
                case .reserved, .all: [(reservations.first, file)]
                }
            for case .architecture(architecture, let type) in boot {
                questions += asked.compactMap { client, file in client.flatMap { question($0, booting: type, file: file) } }
            }
        }
        return questions
    }

    private func question(_ client: FixedAddress, booting type: UInt16, file: [UInt8]?) -> (TagText, LeaseQuestion)? {
        guard case (let segment, var question)? = question(client) else { return nil }
        question.discover.architecture = type
        question.subject += ", booting as architecture \(type)"
        if case .offer(let addresses, var told) = question.expected {
            told[.bootFile] = file
            question.expected = .offer(addresses, told)
        }
        return (segment, question)
    }
}
