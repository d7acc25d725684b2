import Diagnostics
import Reconciling
import Targets
import Testing

/// Each way in which a target can fail has its own code.
@Suite struct OutcomeTests {
    private static let holder = LockHolder(host: "laptop", pid: 7, user: "ada", since: "2030-01-02T03:04:05Z", revision: "commit 1234567")

    @Test(arguments: [
        (TargetError.Kind.lockHeld(holder), DiagnosticCode.lockHeld), (.unreachable, .targetUnreachable), (.overtaken(live: 3), .planMoved),
        (.programMissing, .checkerMissing), (.refused, .checkerRefused),
        (.rehearsalFailed, .rehearsalFailed), (.serviceFailed, .serviceFailed), (.unexpectedShape, .targetShape),
        (.visibleNotDurable(errno: 5), .visibleNotDurable), (.failed(errno: 28), .writeFailed),
    ])
    func `an error tells the host, the reason and its code`(kind: TargetError.Kind, code: DiagnosticCode) {
        let finding = TargetOutcome.refused(TargetError(kind, "no answer on port 22")).diagnostic(on: "core-rt01")
        #expect(finding?.code == code && finding?.message.hasPrefix("core-rt01") == true)
        if kind == .lockHeld(Self.holder) {
            #expect(finding?.message.contains("ada@laptop, process 7, since 2030-01-02T03:04:05Z, applying commit 1234567") == true)
        } else {
            #expect(finding?.message.contains("no answer on port 22") == true)
        }
    }

    @Test func `a target that can't be reached is DVN1206 and says what to do`() {
        let finding = TargetError(.unreachable, "no route to host").diagnostic(on: "core-rt01")
        #expect(finding.code.rawValue == "DVN1206" && finding.mend == "make it reachable, then apply again")
    }

    @Test func `what came back is told apart from what is left to do`() {
        let error = TargetError(.serviceFailed, "dnsmasq ended", mend: "look at its log")
        let back = TargetOutcome.rolledBack(error, undone: ["files of dnsmasq/dvntm"]).diagnostic(on: "core-rt01")
        #expect(back?.code == .rolledBack && back?.mend == "look at its log" && back?.notes.count == 1)
        let broken = TargetOutcome.broken(error, left: ["start it again", "delete host 4"]).diagnostic(on: "core-rt01")
        #expect(
            broken?.code.rawValue == "DVN1208"
                && broken?.notes.map(\.message) == ["left to do: start it again", "left to do: delete host 4"])
        #expect(TargetOutcome.unchanged.diagnostic(on: "core-rt01") == nil)
    }
}
