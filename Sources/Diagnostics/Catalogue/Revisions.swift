extension DiagnosticCode {
    /// The rules about files and git revisions.
    static var revisionEntries: [DiagnosticCode: Entry] {
        [
            .notARepository: Entry(
                title: "The inventory lies in a git repository with the state that was asked for",
                why:
                    "Git is the only memory of what was applied and when, so an inventory outside of it can't be planned; a bare repository holds commits only.",
                mend: "git init, or deevnet init; in a bare repository name a commit with --ref",
                example: "cd /tmp && deevnet plan"),
            .unknownRevision: Entry(
                title: "A revision names exactly one commit",
                why:
                    "A plan is tied to the trees it was made from; a name that fits nothing, several objects, or a file can't be tied to one.",
                mend: "git branch --all; git tag; git log --oneline",
                example: "deevnet plan --ref mian"),
            .noCommitYet: Entry(
                title: "A revision needs a first commit",
                why: "HEAD names a branch that has no commit, so there is nothing but the working tree and the index to read.",
                mend: "git add inventory sites && git commit",
                example: "git init && deevnet plan --ref HEAD"),
            .repositoryOwner: Entry(
                title: "A repository belongs to the user who reads it, or is named as safe",
                why:
                    "Whoever owns a repository decides what is in it. As in git, another user's is read only after you said so in your own configuration.",
                mend: "git config --global --add safe.directory PATH",
                example: "sudo -u nobody deevnet plan --ref main"),
            .unsupportedRepository: Entry(
                title: "The repository's format is one that this program reads",
                why:
                    "SHA-256 object names, reference tables, and split or sparse indexes change how a repository is read; guessing would read wrong bytes.",
                mend:
                    "git config --get-regexp '^extensions|repositoryformatversion' shows the format; git update-index --no-split-index mends a split index",
                example: "git init --object-format=sha256"),
            .inventorySymlink: Entry(
                title: "The inventory holds no symbolic links",
                why: "A link could bring in any file of the machine that reads it, and means something else on each machine.",
                mend: "put what it leads to in its place: cp -rL LINK LINK.new && rm LINK && mv LINK.new LINK",
                example: "ln -s /etc/passwd inventory/hosts.yml"),
            .inventorySubmodule: Entry(
                title: "The inventory holds no other repositories",
                why: "A submodule's files are not part of the commit, so the commit would not say what was applied.",
                mend: "git rm --cached DIRECTORY && rm -rf DIRECTORY/.git && git add DIRECTORY",
                example: "git submodule add ../other sites/other"),
            .inventoryNotText: Entry(
                title: "An inventory file is text",
                why: "A NUL byte means a binary file, or text in UTF-16; neither is YAML in UTF-8.",
                mend: "iconv -f UTF-16 -t UTF-8 FILE, or move the file away",
                example: "head -c 100 /dev/zero > inventory/hosts.yml"),
            .inventoryPath: Entry(
                title: "A path is plain text and the same file on every machine",
                why:
                    "Control and invisible characters can hide what a review shows, `..` leaves the tree, and names that differ only by case or accents are one file on some systems.",
                mend: "git mv OLD NEW",
                example: "touch inventory/Hosts.yml inventory/hosts.yml"),
            .inventoryEmpty: Entry(
                title: "An inventory has at least one file",
                why: "An empty inventory would mean that everything is to be removed; a wrong directory or branch is far more likely.",
                mend: "deevnet init, or name another directory or revision",
                example: "git switch --orphan empty && deevnet plan"),
            .fileUnreadable: Entry(
                title: "Every inventory file can be read",
                why: "A file left out would look like hosts that were removed.",
                mend: "ls -l FILE shows its owner and mode; chmod u+r FILE",
                example: "chmod 000 inventory/hosts.yml"),
            .unexpectedFile: Entry(
                title: "Only .yml files are read",
                why:
                    "One spelling keeps a file from being left out unnoticed. README.md and names that start with a dot are passed over in silence.",
                mend: "git mv inventory/hosts.yaml inventory/hosts.yml",
                example: "touch inventory/hosts.yaml"),
            .indexConflict: Entry(
                title: "The index holds one settled version of each file",
                why:
                    "While a merge is in conflict, or a file is only announced with `git add -N`, the index doesn't say what the next commit holds.",
                mend: "edit the file, then: git add FILE",
                example: "git merge other-branch; deevnet validate --staged"),
            .repositoryBroken: Entry(
                title: "The repository is whole",
                why: "An object that is missing or damaged can't be told from one that was changed, so nothing is read around it.",
                mend: "git fsck; then fetch the objects again or clone anew",
                example: "rm -r .git/objects/1a"),
            .tooManyFiles: Entry(
                title: "The inventory stays within the limits of reading",
                why:
                    "A tree of a few kilobytes can be made to unfold into billions of files; limits on their number and depth keep a check of any commit short.",
                mend: "put the entries of many files into one file; keep at most eight directories above a file",
                example: "mkdir -p inventory/a/b/c/d/e/f/g/h"),
            .inventoryTooLarge: Entry(
                title: "All files of an inventory have 256 MiB at most",
                why: "100,000 hosts take a tenth of it. What is larger is no inventory, and reading it would take the machine's memory.",
                mend: "du -a inventory sites | sort -n | tail shows what is large",
                example: "cp backup.yml inventory/a.yml; cp backup.yml inventory/b.yml"),
            .repositoryOdd: Entry(
                title: "A git directory holds what git puts there",
                why:
                    "A link, a pipe or an included configuration file in .git could make whoever looks at the repository read any file of the machine, or wait for ever.",
                mend: "clone it anew; git config --local --remove-section include",
                example: "git config include.path /etc/passwd && deevnet plan"),
        ]
    }
}
