extension DiagnosticCode {
    /// The rules about plans and applying them.
    static var applyEntries: [DiagnosticCode: Entry] {
        [refusalEntries, failureEntries].reduce(into: [:]) { all, group in all.merge(group) { first, _ in first } }
    }

    private static var refusalEntries: [DiagnosticCode: Entry] {
        [
            .lockHeld: Entry(
                title: "One apply acts on a target at a time",
                why: "Two writers would each undo half of the other's work.",
                mend: "wait for the one that is named; a lock whose process has ended is taken over by itself",
                example: "deevnet apply lab & deevnet apply lab"),
            .guardRefused: Entry(
                title: "A plan that takes much away needs a yes for exactly this plan",
                why: "A wrong branch or a lost file looks like a large delete. The network should survive that.",
                mend: "read the deletes; if they are meant: deevnet apply --allow DIGEST",
                example: "git rm sites/lab/hosts.yml && deevnet apply lab"),
            .planMoved: Entry(
                title: "A saved plan is applied to the world that it was made for",
                why: "Inventory or target have changed since it was reviewed, so it would do something that nobody has read.",
                mend: "deevnet plan, review it, and apply the new plan",
                example: "deevnet apply plans/lab.plan  # a week later"),
            .dirtyTree: Entry(
                title: "What is applied is committed",
                why: "Git is the only memory: what was never committed can't be found again or undone.",
                mend: "git commit, or name a commit with --ref; --allow-dirty applies it all the same",
                example: "edit sites/lab/hosts.yml && deevnet apply lab"),
            .notThisHost: Entry(
                title: "A machine is changed only when it is the one that is meant",
                why: "A laptop with a copy of the repository must not become the router.",
                mend: "run it on the controller, write `self: HOST` in /etc/deevnet/config.yml, or try it with --root DIRECTORY",
                example: "deevnet apply lab  # on a laptop"),
            .needsApproval: Entry(
                title: "A plan is applied after somebody has agreed to it",
                why: "Without a terminal there is nobody to ask.",
                mend: "deevnet apply PLAN-FILE, or --auto-approve where that is the policy",
                example: "deevnet apply lab < /dev/null"),
            .notOurs: Entry(
                title: "What somebody else put on a target isn't changed unasked",
                why: """
                    It stands where a provider's files go, or holds a port that a daemon is to listen on, and nothing says that deevnet \
                    put it there. Somebody may need it.
                    """,
                mend: "look at each of them: take it away, or take a file over with --adopt ADDRESS",
                example: "deevnet apply lab  # while another dnsmasq serves there"),
            .nothingToAdopt: Entry(
                title: "What is adopted is there, and can be",
                why: "Whoever names it expects something else on the target than what there is.",
                mend: "copy the address from the plan, which calls it 'not ours'",
                example: "deevnet apply lab --adopt lab/ph01/dnsmasq/file/host"),
            .planFileBad: Entry(
                title: "A plan file is whole and of a version that this program reads",
                why: "A plan that was cut short or edited would do part of what was reviewed.",
                mend: "deevnet plan --out FILE makes a new one",
                example: "head -c 100 lab.plan > cut.plan && deevnet apply cut.plan"),
        ]
    }

    private static var failureEntries: [DiagnosticCode: Entry] {
        [
            .targetUnreachable: Entry(
                title: "A target can be reached",
                why: "What can't be observed can't be compared, so nothing is planned for it; other targets go on.",
                mend: "check its power, its cable and `ssh HOST true`, then run it again",
                example: "deevnet plan lab  # while ph01 is off"),
            .rolledBack: Entry(
                title: "An apply that fails leaves the target as it was",
                why: "The step that is named failed, and everything on this target was put back and runs again.",
                mend: "read the reason, mend it, and apply again",
                example: "deevnet apply lab"),
            .rollbackFailed: Entry(
                title: "A target is never left between two states",
                why: "Putting it back failed as well, so what runs there may be neither the old nor the new state.",
                mend: "look at the target now: deevnet plan SITE shows what is in place and what differs",
                example: "deevnet apply lab"),
            .writeFailed: Entry(
                title: "Every file and reference can be written",
                why: "Nothing of the step is live: files are switched only when all of them are there.",
                mend: "check the space, the owner and the mode that are named: df -h; ls -ld DIRECTORY",
                example: "deevnet apply lab  # on a full disk"),
            .observationIncomplete: Entry(
                title: "What is on a target can be read completely",
                why: "Nothing is deleted on the strength of a list that may lack entries.",
                mend: "mend what is named so that it can be read, and plan again",
                example: "chmod 000 /var/lib/misc/dnsmasq.leases && deevnet plan lab"),
            .recovered: Entry(
                title: "An apply that was cut short is finished or undone by the next one",
                why: "Power or connection was lost in the middle; the journal on the target tells how far it had come.",
                mend: "read what was finished or undone, then: deevnet plan SITE",
                example: "kill -9 $(pidof deevnet); deevnet plan lab"),
            .interrupted: Entry(
                title: "An apply that is interrupted stops where nothing is half done",
                why: "Until the switch it is given up, and the target is as it was; what has been switched is finished or brought back.",
                mend: "apply again",
                example: "deevnet apply lab  # and Ctrl-C"),
            .serviceFailed: Entry(
                title: "A service runs after it was activated",
                why: "A daemon that doesn't come up with the new files would leave the site without it.",
                mend: "journalctl -u UNIT tells why it ended",
                example: "deevnet apply lab"),
            .visibleNotDurable: Entry(
                title: "What was switched is on the disk as well",
                why: "The new state is live, and a power cut now might bring back the old one.",
                mend: "check the disk (dmesg), then apply again",
                example: "deevnet apply lab  # on a failing disk"),
            .targetShape: Entry(
                title: "A place on a target is what it should be",
                why: "A directory where a file should stand, or a link out of the place, was put there by somebody else.",
                mend: "move it away: mv PLACE PLACE.old, then plan again",
                example: "mkdir /etc/dnsmasq.d/deevnet.conf && deevnet plan lab"),
            .programMissing: Entry(
                title: "A program that the command runs does its work",
                why: "Drawings are made by Graphviz; nothing else needs it, and validating runs no program at all.",
                mend: "apt-get install the package that is named",
                example: "deevnet graph lab --format svg  # on a machine without Graphviz"),
        ]
    }
}
