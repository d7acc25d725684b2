import Targets

/// A question to a daemon that is tried out.
protocol RehearsalQuestion: Sendable {
    /// What answers it.
    associatedtype Reply: Sendable
    /// What is sent.
    var message: [UInt8] { get }
    /// The number that ties a reply to it; of those under way at once no two share one.
    var number: UInt32 { get }
    /// Whether a daemon that does what is meant says anything. One that says nothing is known to have heard it when it answers a later one.
    var mustBeAnswered: Bool { get }
    /// The number of the question that a message answers; nil: it is no answer.
    static func number(of message: [UInt8]) -> UInt32?
    /// Reads a message; nil when it isn't this question's answer.
    func reply(in message: [UInt8]) -> Reply?
}

/// Many questions to one daemon over one channel, as many under way as it can take in.
struct Conversation {
    /// A question and its answer are under 2 KiB in the kernel's books, a socket's buffer is 208 KiB.
    private static let window = 64
    /// When a question is asked again: until the daemon has said anything it may not listen yet.
    private static let (firstRepetition, repetition) = (Duration.milliseconds(10), Duration.milliseconds(200))
    /// How long a daemon that may say nothing is waited for, where nothing later tells.
    private static let quiet = Duration.milliseconds(300)

    let room: any RehearsalRoom
    let channel: any MessageChannel
    /// How long the daemon may say nothing at all.
    let patience: Duration

    /// The replies in the order of the questions; nil: none came.
    func replies<Question: RehearsalQuestion>(to questions: [Question]) async -> [Question.Reply?] {
        let clock = ContinuousClock()
        var replies = [Question.Reply?](repeating: nil, count: questions.count)
        var waiting: [UInt32: Int] = [:]
        var next = 0
        var (heard, sent) = (clock.now, clock.now)
        var hasHeard = false
        while next < questions.count || !waiting.isEmpty {
            while waiting.count < Self.window, next < questions.count {
                channel.send(questions[next].message)
                waiting[questions[next].number] = next
                next += 1
            }
            if receive(questions, &replies, &waiting) {
                (heard, sent, hasHeard) = (clock.now, clock.now, true)
                continue
            }
            let silence = clock.now - heard
            if Task.isCancelled || silence > patience || (silence > Self.repetition && room.hasEnded) { break }
            if silence > Self.quiet, !waiting.values.contains(where: { questions[$0].mustBeAnswered }) {
                waiting = [:]
                heard = clock.now
            }
            if clock.now - sent > (hasHeard ? Self.repetition : Self.firstRepetition) {
                sent = clock.now
                for index in waiting.values where questions[index].mustBeAnswered { channel.send(questions[index].message) }
            }
            try? await clock.sleep(for: .milliseconds(1))
        }
        return replies
    }

    /// Takes what has come; whether any of it was an answer.
    private func receive<Question: RehearsalQuestion>(
        _ questions: [Question], _ replies: inout [Question.Reply?], _ waiting: inout [UInt32: Int]
    ) -> Bool {
        var hasHeard = false
        while let message = channel.receive() {
            guard let number = Question.number(of: message), let index = waiting[number] else { continue }
            guard let reply = questions[index].reply(in: message) else { continue }
            replies[index] = reply
            waiting[number] = nil
            hasHeard = true
            // It takes them one after the other, so it had nothing to say to those before.
            if waiting.values.contains(where: { $0 < index && !questions[$0].mustBeAnswered }) {
                waiting = waiting.filter { $0.value > index || questions[$0.value].mustBeAnswered }
            }
        }
        return hasHeard
    }
}
