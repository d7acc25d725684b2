import Foundation

/// A kind of repository that was made to harm who looks at it: a script that is given the sample repository `$R` as its directory, a directory
/// outside of it `$O`, and a number `$N` that chooses among variants. `$T` is a file outside, `$X` a program that leaves a mark when it runs.
struct HostileRepository: Sendable, CustomStringConvertible {
    let name: String
    let script: String
    /// What git itself takes for a part of the repository, below `$O`: an object store that alternates name, the directory of a worktree.
    var parts: [String] = []

    init(_ name: String, parts: [String] = [], _ script: String) {
        self.name = name
        self.script = script
        self.parts = parts
    }

    var description: String { name }

    /// What every script begins with.
    static let preamble = """
        set -e; R=$0; O=$1; N=$2; cd "$R"; X="$O/program"
        case $((N % 6)) in
          0) T=/etc/passwd;; 1) T="$O/secret.yml";; 2) T=../outside/secret.yml;; 3) T=/proc/self/environ;; 4) T=/dev/zero;; 5) T=/etc/shadow;;
        esac
        case $((N % 3)) in 0) F=inventory/deevnet.yml;; 1) F=sites/home/hosts.yml;; 2) F=sites/home/site.yml;; esac
        mine() { git -c core.hooksPath=/dev/null -c core.fsmonitor= -c commit.gpgsign=false "$@"; }
        printf '#!/bin/sh\\ntouch %s/ran\\n' "$O" > "$X"; chmod +x "$X"
        commit() { mine add -A; mine commit -q --allow-empty -m "$N"; }

        """

    /// What every script ends with: what ran while it was made doesn't count.
    static let end = "\nrm -f $O/ran"

    static let all: [HostileRepository] = running + leading + linked + broken + large + named

    /// What would run something.
    private static let running = [
        HostileRepository(
            "hooks",
            """
            for hook in applypatch-msg pre-commit post-checkout post-index-change reference-transaction fsmonitor-watchman pre-auto-gc post-merge; do
              cp "$X" .git/hooks/$hook
            done
            """),
        HostileRepository("a hooks path", "mkdir -p h; cp $X h/post-checkout; cp $X h/pre-commit; git config core.hooksPath $R/h"),
        HostileRepository(
            "filters",
            """
            commit; echo '* filter=evil diff=evil merge=evil text eol=crlf ident working-tree-encoding=UTF-16' > .gitattributes
            cp .gitattributes .git/info/attributes
            for key in filter.evil.clean filter.evil.smudge filter.evil.process diff.evil.command diff.evil.textconv merge.evil.driver; do
              git config $key $X
            done
            git config filter.evil.required true; touch -d 2001-01-01 $F
            """),
        HostileRepository(
            "programs in the configuration",
            """
            for key in core.fsmonitor core.pager core.editor core.sshCommand core.gitProxy core.askPass sequence.editor credential.helper \\
              gpg.program diff.external uploadpack.packObjectsHook pager.log alias.validate core.alternateRefsCommand; do git config $key $X; done
            git config core.untrackedCache true; git config extensions.worktreeConfig true
            """),
        HostileRepository(
            "a submodule by a program",
            """
            mkdir -p sites/sub; printf '[submodule "s"]\\n\\tpath = sites/sub\\n\\turl = ext::%s\\n\\tupdate = !%s\\n' "$X" "$X" > .gitmodules
            git config submodule.s.url "ext::$X"; mine update-index --add --cacheinfo 160000,$(git rev-parse HEAD),sites/sub; mine commit -qm s
            """),
        HostileRepository(
            "a submodule that is there",
            "mine -c protocol.file.allow=always submodule --quiet add $O/other sites/sub$N; mine commit -qm s"),
        HostileRepository(
            "LFS pointers",
            """
            printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%064d\\nsize 12345\\n' $N > $F
            echo '*.yml filter=lfs diff=lfs merge=lfs -text' > .gitattributes; git config filter.lfs.process $X; git config filter.lfs.required true
            git config lfs.url http://127.0.0.1:1/; mine -c filter.lfs.process= -c filter.lfs.required=false add -A; mine commit -qm l || true
            """),
        HostileRepository(
            "a remote that is asked for what is missing",
            """
            git config extensions.partialClone origin; git config remote.origin.url "ext::$X"; git config remote.origin.promisor true
            git config core.repositoryFormatVersion 1; rm -rf .git/objects/$(git rev-parse HEAD:$F | cut -c1-2)
            """),
        HostileRepository(
            "files of deevnet's name", "cp $X .deevnet; mkdir -p .deevnet.d etc/deevnet; cp $X deevnet; cp $X config.yml; commit"),
    ]

    /// What leads out by git's own means.
    private static let leading = [
        HostileRepository(
            "an included configuration", "printf '[include]\\n\\tpath = %s\\n\\tpath = %s\\n' $T $O/secret.yml >> .git/config"),
        HostileRepository(
            "a configuration included on a condition",
            "printf '[IncludeIf \"gitdir:/\"]\\n path = %s\\n[includeIf \"onbranch:**\"] path = %s\\n' $T $O/secret.yml >> .git/config"),
        HostileRepository(
            "an include that leads to itself", "printf '[include]\\n path = config\\n path = ../.git/config\\n' >> .git/config"),
        HostileRepository("a working tree elsewhere", "git config core.worktree $O/other"),
        HostileRepository("a bare repository with a working tree", "git config core.bare true; git config core.worktree $O"),
        HostileRepository(
            "alternates", parts: ["other/.git/objects"],
            "mkdir -p .git/objects/info; echo $O/other/.git/objects > .git/objects/info/alternates; cp $O/other/.git/HEAD .git/HEAD.other"),
        HostileRepository(
            "alternates that lead nowhere",
            "mkdir -p .git/objects/info; printf '%s\\n/dev/null\\n\"\\\\n\"\\n../../..\\n' $O/gone > .git/objects/info/alternates"),
        HostileRepository(
            "alternates that lead to themselves", "mkdir -p .git/objects/info; echo ../objects > .git/objects/info/alternates"),
        HostileRepository(
            "alternates over HTTP", "mkdir -p .git/objects/info; echo http://127.0.0.1:1/objects > .git/objects/info/http-alternates"),
        HostileRepository("a git directory elsewhere", parts: ["other/.git"], "rm -rf .git; echo \"gitdir: $O/other/.git\" > .git"),
        HostileRepository("a git file that names no repository", "rm -rf .git; echo \"gitdir: $T\" > .git"),
        HostileRepository("a git file that names itself", "rm -rf .git; echo 'gitdir: .git' > .git"),
        HostileRepository("a git file without end", "mv .git $O/moved; (echo gitdir: x; yes | head -c $((N * 40000 + 10))) > .git"),
        HostileRepository("a common directory elsewhere", parts: ["other/.git"], "echo $O/other/.git > .git/commondir"),
        HostileRepository("a common directory that is none", "echo $T > .git/commondir"),
        HostileRepository(
            "a worktree", parts: ["kept"],
            "mv .git $O/kept; git --git-dir $O/kept worktree add -q $O/wt HEAD; cp $O/wt/.git .git; echo $R/.git > $O/kept/worktrees/wt/gitdir"
        ),
        HostileRepository("a replaced commit", "B=$(echo evil | mine commit-tree $(git rev-parse HEAD^{tree})); mine replace HEAD $B"),
        HostileRepository(
            "grafts",
            "mkdir -p .git/info; echo \"$(git rev-parse HEAD) $(printf %040d $N)\" > .git/info/grafts; git rev-parse HEAD > .git/shallow"),
    ]

    /// Links and special files.
    private static let linked = [
        HostileRepository("a file that is a link", "ln -sfn $T $F; commit"),
        HostileRepository("a directory that is a link", "mv sites/home $O/home; ln -s $O/home sites/home; commit"),
        HostileRepository("a root that is a link", "mv inventory $O/inv; ln -s ../outside/inv inventory; commit"),
        HostileRepository(
            "links in a circle",
            "rm $F; ln -s b.yml sites/home/a.yml; ln -s a.yml sites/home/b.yml; ln -s . sites/home/self; ln -s .. sites/up"),
        HostileRepository("a link by a long way", "ln -sfn $(printf 'x/../%.0s' $(seq 1 $((N * 30 + 1))))../$T $F; commit"),
        HostileRepository("a git directory that is a link", parts: ["real"], "mv .git $O/real; ln -s $O/real .git"),
        HostileRepository("a configuration that is a link", "mv .git/config $O/config; ln -s $T .git/config"),
        HostileRepository("a HEAD that is a link", "rm .git/HEAD; ln -s $T .git/HEAD"),
        HostileRepository("an index that is a link", "mv .git/index $O/index; ln -s $T .git/index"),
        HostileRepository("references that are links", "rm .git/refs/heads/main; ln -s $T .git/refs/heads/main; ln -s $T .git/packed-refs"),
        HostileRepository("objects that are links", "mv .git/objects $O/objects; ln -s $O/objects .git/objects"),
        HostileRepository("an object that is a link", "P=.git/objects/$(git rev-parse HEAD^{tree} | sed 's,^..,&/,'); rm $P; ln -s $T $P"),
        HostileRepository("pipes in the tree", "rm $F; mkfifo $F sites/home/p.yml sites/p inventory/q.yml"),
        HostileRepository("devices in the tree", "rm $F; mknod $F c 1 5; mknod sites/home/z.yml c 5 0; mknod inventory/b.yml b 7 $N"),
        HostileRepository(
            "a socket in the tree", "rm $F; python3 -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' $F"),
        HostileRepository("a pipe for HEAD", "rm .git/HEAD; mkfifo .git/HEAD"),
        HostileRepository("a pipe for the configuration", "rm .git/config; mkfifo .git/config"),
        HostileRepository("a pipe for the index", "rm .git/index; mkfifo .git/index"),
        HostileRepository("pipes for references", "rm .git/refs/heads/main; mkfifo .git/refs/heads/main"),
        HostileRepository("a pipe for the packed references", "rm -f .git/packed-refs; mkfifo .git/packed-refs"),
        HostileRepository("a pipe for the common directory", "mkfifo .git/commondir"),
        HostileRepository("a pipe for alternates", "mkdir -p .git/objects/info; mkfifo .git/objects/info/alternates"),
        HostileRepository("a pipe for an object", "P=.git/objects/$(git rev-parse HEAD^{tree} | sed 's,^..,&/,'); rm $P; mkfifo $P"),
        HostileRepository("a pipe for a commit", "P=.git/objects/$(git rev-parse HEAD | sed 's,^..,&/,'); rm $P; mkfifo $P"),
        HostileRepository(
            "a pipe for a pack", "mine gc -q; rm .git/objects/pack/*.idx; mkfifo $(ls .git/objects/pack/*.pack | sed s/pack$/idx/)"),
        HostileRepository("a pipe for git itself", "mv .git $O/moved; mkfifo .git"),
    ]
}
