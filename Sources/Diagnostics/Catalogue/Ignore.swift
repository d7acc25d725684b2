extension DiagnosticCode {
    /// The rules about what is ignored by choice.
    static var ignoreEntries: [DiagnosticCode: Entry] {
        [
            .waiverOfUnknownCode: Entry(
                title: "A waiver names a code that there is",
                why: "A waiver with a slip of the pen would hide nothing, or one day something else.",
                mend: "copy the code from the finding that is accepted",
                example: "ignore:\n  - { code: DVN9999, reason: \"known\", until: 2027-03-31 }"),
            .notWaivable: Entry(
                title: "Only a warning or a note about the inventory is waived",
                why: """
                    An error stops a site because going on would harm it, and no reason changes that. What is seen on a target isn't \
                    the inventory's to judge.
                    """,
                mend: "mend what the finding tells, and remove the waiver",
                example: "ignore:\n  - { code: DVN0804, reason: \"known\", until: 2027-03-31 }"),
            .waiverExpired: Entry(
                title: "A waiver ends on its day",
                why: """
                    What was to be accepted for a time would be so for ever. The finding is told again; `validate --strict` and \
                    `validate --staged` make this an error, everything else goes on.
                    """,
                mend: "mend what the waiver was for and remove it, or agree on a later day",
                example: "ignore:\n  - { code: DVN0305, reason: \"The card is ordered\", until: 2001-01-01 }"),
            .badDriftAddress: Entry(
                title: "Ignored drift is named by the address of a resource of the site",
                why: "An address with a slip would leave nothing as it is, and the next apply would undo what was to stay.",
                mend:
                    "copy the address from `deevnet plan --format json`: SITE/HOST/PROVIDER/KIND/KEY, the key percent-encoded outside `[A-Za-z0-9._:-]`",
                example: "ignore_drift:\n  - { address: reservation/hv01.mgmt, reason: \"A replacement card on trial\" }"),
            .driftUnmatched: Entry(
                title: "Ignored drift is there",
                why: "What is on the target is what the inventory says, and the next difference would be left unseen.",
                mend: "remove the entry of ignore_drift",
                example: "ignore_drift:  # and the reservation is as it should be\n"
                    + "  - { address: lab/ph01/dnsmasq/reservation/hv01.mgmt, reason: \"A replacement card on trial\" }"),
            .driftOutdated: Entry(
                title: "Ignored drift holds until the inventory wants something else",
                why: """
                    What was accepted is an edit of what an apply had made. Where none has made anything yet, as on a rebuilt host, or \
                    where git has changed since, what the inventory says is new, and would never be done. Where the apply before was of \
                    no commit, what is there is left, and what is missing is made.
                    """,
                mend: "remove the entry of ignore_drift; what is changed by hand afterwards can be ignored again",
                example: "ignore_drift:  # and hv01 has a new MAC in git\n"
                    + "  - { address: lab/ph01/dnsmasq/reservation/hv01.mgmt, reason: \"A replacement card on trial\" }"),
            .waiverUnused: Entry(
                title: "A waiver has a finding to waive",
                why: "Its cause was mended, and the next finding of its kind would be hidden unseen.",
                mend: "remove the waiver",
                example: "ignore:  # and every MAC is known\n  - { code: DVN0305, reason: \"The card is ordered\", until: 2027-03-31 }"),
        ]
    }
}
