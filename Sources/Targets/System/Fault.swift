internal import CSystemCalls

/// What is done to a system call in a test of what happens when things go wrong.
public enum Fault: Sendable, Hashable {
    /// The call isn't made and answers this errno; EINTR is answered once and then made, as the kernel would.
    case fail(Int32)
    /// The process is killed before the call.
    case kill
    /// The process stops before the call, and makes it when it is continued.
    case stop
    /// A write takes half of its bytes and says so.
    case shortWrite
    /// A write takes half of its bytes and claims all: what failing disks and torn caches do.
    case lostBytes
}

/// Decides which calls go wrong.
public protocol FaultInjector: Sendable {
    /// The fault for a call; nil lets it pass.
    func fault(before call: SystemCall, number: Int) -> Fault?
}

/// One fault at one call, or from one call on.
public struct FaultPlan: FaultInjector, Hashable, CustomStringConvertible {
    /// What happens.
    public var fault: Fault
    /// The number of the first call that it happens to.
    public var number: Int
    /// Whether it happens to all later calls too.
    public var continues: Bool

    /// Makes a plan.
    public init(_ fault: Fault, at number: Int, continues: Bool = false) {
        self.fault = fault
        self.number = number
        self.continues = continues
    }

    /// Reads `kill@12`, `stop@12`, `short@12`, `lost@12` or `ENOSPC@12`; a `+` at the end means from there on. Nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let continues = parts[1].hasSuffix("+")
        guard let number = Int(continues ? parts[1].dropLast() : parts[1]), number > 0 else { return nil }
        switch parts[0] {
        case "kill": self.init(.kill, at: number, continues: continues)
        case "stop": self.init(.stop, at: number, continues: continues)
        case "short": self.init(.shortWrite, at: number, continues: continues)
        case "lost": self.init(.lostBytes, at: number, continues: continues)
        default:
            guard let errno = (Int32(1)...133).first(where: { SystemError.name(of: $0) == parts[0] }) else { return nil }
            self.init(.fail(errno), at: number, continues: continues)
        }
    }

    /// The fault for a call.
    public func fault(before call: SystemCall, number: Int) -> Fault? {
        number == self.number || (continues && number > self.number) ? fault : nil
    }

    /// The text that makes this plan.
    public var description: String {
        let what =
            switch fault {
            case .fail(let errno): SystemError.name(of: errno)
            case .kill: "kill"
            case .stop: "stop"
            case .shortWrite: "short"
            case .lostBytes: "lost"
            }
        return "\(what)@\(number)\(continues ? "+" : "")"
    }
}
