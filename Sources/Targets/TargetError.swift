/// What went wrong on a target, as a value the engine switches over.
public struct TargetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure that the engine treats differently.
    public enum Kind: Sendable, Equatable {
        /// Another apply holds the lock.
        case lockHeld(LockHolder)
        /// The target can't be reached now.
        case unreachable
        /// A system call failed; nothing of this step is live.
        case failed(errno: Int32)
        /// The change is visible but may not survive a power cut: syncing failed after the switch.
        case visibleNotDurable(errno: Int32)
        /// Something stands where something else should, such as a file in a directory's place.
        case unexpectedShape
        /// Another generation is live than the caller believed; it overslept, or someone switched by hand.
        case overtaken(live: UInt64?)
        /// A service did not start, or ended soon after.
        case serviceFailed
        /// A program that is needed isn't there.
        case programMissing
        /// A person or the machine's shutdown wants an end, and nothing was changed yet.
        case interrupted
        /// A daemon that was tried out on staged files didn't do what they were meant for.
        case rehearsalFailed
        /// An appliance refused a call.
        case refused
    }

    /// The kind of failure.
    public var kind: Kind
    /// What was being done, on what, and what the system answered, in one phrase.
    public var message: String
    /// What to do about it; nil when the message says it all.
    public var mend: String?
    /// What a program said about it, line by line.
    public var output: [String]

    /// Makes an error.
    public init(_ kind: Kind, _ message: String, mend: String? = nil, output: [String] = []) {
        self.output = output
        self.kind = kind
        self.message = message
        self.mend = mend
    }

    /// The message.
    public var description: String { message }
}
