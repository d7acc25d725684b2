extension HostileRepository {
    /// What is damaged.
    static let broken = [
        HostileRepository(
            "a HEAD that names no branch",
            "case $((N % 3)) in 0) echo 'ref: ../../../etc/passwd';; 1) echo 'ref: HEAD';; 2) echo x;; esac > .git/HEAD"),
        HostileRepository(
            "references in a circle", "echo 'ref: refs/heads/b' > .git/refs/heads/main; echo 'ref: refs/heads/main' > .git/refs/heads/b"),
        HostileRepository(
            "a tag of a tag of a tag",
            "T=HEAD; for i in $(seq 1 $((N * 20 + 5))); do mine tag -a -m x t$i $T; T=t$i; done; git rev-parse $T > .git/refs/heads/main"),
        HostileRepository("a tag in place of a commit", "mine tag -a -m x t HEAD^{tree}; git rev-parse t > .git/refs/heads/main"),
        HostileRepository("a tree in place of a commit", "H=$(git rev-parse HEAD^{tree}); echo $H > .git/refs/heads/main"),
        HostileRepository(
            "a truncated pack",
            "mine gc -q; chmod u+w .git/objects/pack/*; for p in .git/objects/pack/*.pack; do truncate -s $((N * 60 + 20)) $p; done"),
        HostileRepository(
            "a truncated pack index",
            "mine gc -q; chmod u+w .git/objects/pack/*; for p in .git/objects/pack/*.idx; do truncate -s $((N * 200 + 8)) $p; done"),
        HostileRepository(
            "a pack with holes",
            "mine gc -q; chmod u+w .git/objects/pack/*; for p in .git/objects/pack/*.pack; do dd if=/dev/zero of=$p bs=1 seek=$((40 + N * 13)) count=64 conv=notrunc status=none; done"
        ),
        HostileRepository(
            "a pack index with holes",
            "mine gc -q; chmod u+w .git/objects/pack/*; for p in .git/objects/pack/*.idx; do head -c 400 /dev/urandom | dd of=$p bs=1 seek=$((8 + N * 97)) conv=notrunc status=none; done"
        ),
        HostileRepository(
            "objects of other content",
            "for p in $(find .git/objects -type f -path '*/??/*' | head -$((N + 3))); do chmod u+w $p; head -c 100 /dev/urandom > $p; done"),
        HostileRepository(
            "empty objects", "for p in $(find .git/objects -type f -path '*/??/*' | head -$((N * 3 + 3))); do chmod u+w $p; : > $p; done"),
        HostileRepository(
            "a broken index", "dd if=/dev/urandom of=.git/index bs=1 seek=$((N * 31 % 200)) count=40 conv=notrunc status=none"),
        HostileRepository(
            "a broken configuration",
            "case $((N % 3)) in 0) printf '[core\\n';; 1) printf '[core]\\n\\tbare = \"\\\\\\n';; 2) head -c 5000 /dev/urandom;; esac >> .git/config"
        ),
        HostileRepository(
            "a format from the future", "git config extensions.evil$N true; git config core.repositoryFormatVersion $((N + 2))"),
        HostileRepository(
            "references that are packed oddly",
            "printf '# pack-refs with: peeled fully-peeled sorted \\n%s refs/heads/../../x\\n^zz\\n\\n%040d\\nx\\n' $(git rev-parse HEAD) $N > .git/packed-refs"
        ),
        HostileRepository("somebody else's", "chown -R $((N + 1000)) . .git"),
        HostileRepository("a git directory of somebody else's", "chown -R $((N + 1000)) .git"),
        HostileRepository("files that nobody may read", "chmod 000 $F .git/index"),
    ]

    /// What is endless, or nearly.
    static let large = [
        HostileRepository("zlib bombs", "python3 $TOOLS/objects bomb $((N * 100 + 100))"),
        HostileRepository("a zlib bomb that lies about its size", "python3 $TOOLS/objects lie 10"),
        HostileRepository("a tree of trees", "python3 $TOOLS/objects trees $((N + 8))"),
        HostileRepository("a tree with many names", "python3 $TOOLS/objects names $((N * 10000 + 10000))"),
        HostileRepository(
            "many references",
            "H=$(git rev-parse HEAD); for i in $(seq 1 $((N * 2000 + 2000))); do echo \"$H refs/heads/b$i\"; done > .git/packed-refs"),
        HostileRepository("a reference of megabytes", "yes refs/heads/main | head -c $((N * 1000000 + 1000000)) > .git/refs/heads/main"),
        HostileRepository(
            "packed references of megabytes",
            "yes \"$(git rev-parse HEAD) refs/heads/main\" | head -c $((N * 1000000 + 10000000)) > .git/packed-refs"),
        HostileRepository("a HEAD of megabytes", "yes 'ref: refs/heads/main' | head -c $((N * 10000000 + 10000000)) > .git/HEAD"),
        HostileRepository("a configuration of megabytes", "(echo '[a]'; yes 'b = c' | head -c $((N * 500000 + 1000000))) >> .git/config"),
        HostileRepository(
            "many small files",
            "python3 -c \"for i in range(int('$N') * 2000 + 2000): open(f'sites/home/f{i}.yml', 'w').write('x: 1\\\\n')\"; commit"),
        HostileRepository("a huge file", "truncate -s 1T sites/home/huge.yml; truncate -s $(((N + 60) * 1048576)) sites/home/large.yml"),
        HostileRepository("deep directories", "mkdir -p sites/home/$(printf 'd/%.0s' $(seq 1 $((N * 100 + 9)))); commit || true"),
        HostileRepository(
            "a thousand laughs",
            "python3 -c \"print('a0: &a0 lol'); [print(f'a{i}: &a{i} [' + ','.join(['*a' + str(i - 1)] * 9) + ']') for i in range(1, 10 + $N)]\" > $F; commit"
        ),
        HostileRepository("a nest of brackets", "python3 -c \"print('[' * (10000 * ($N + 1)))\" > $F; commit"),
        HostileRepository(
            "mistakes without end",
            "python3 -c \"print('hosts:'); [print(f'  h{i}: [') if $N % 2 else print(f'  H {i}: 1') for i in range(20000 * ($N + 1))]\" > sites/home/bad.yml; commit"
        ),
    ]

    /// What names can do.
    static let named = [
        HostileRepository(
            "names with escapes",
            "printf 'x: 1\\n' > \"$(printf 'sites/home/a\\033]0;x\\007\\r.yml')\"; printf 'x: 1\\n' > \"$(printf 'sites/home/\\nb: error[DVN0001]\\n.yml')\"; commit"
        ),
        HostileRepository(
            "names in other writings",
            "touch \"$(printf 'sites/home/\\342\\200\\256lmy.yml')\" \"$(printf 'sites/home/\\377\\376.yml')\" \"$(printf 'sites/home/e\\314\\201.yml')\" \"$(printf 'sites/home/\\303\\251.yml')\"; commit"
        ),
        HostileRepository(
            "names that are git's",
            "python3 $TOOLS/objects entries .git .GIT .git. 'git~1' '.git ' '.g\\u200cit' .. . '' a/b 'a\\\\b' '../x'"),
        HostileRepository(
            "names that differ by case",
            "printf 'x: 1\\n' > sites/home/A.yml; printf 'x: 1\\n' > sites/home/a.yml; cp -r sites/home sites/HOME; cp -r inventory Inventory; commit"
        ),
        HostileRepository(
            "options for names",
            "touch -- -rf.yml --ref.yml sites/home/-x.yml 'sites/home/$(id).yml' 'sites/home/`id`.yml' 'sites/home/;id;.yml'; commit"),
        HostileRepository("long names", "touch sites/home/$(printf 'a%.0s' $(seq 1 250)).yml; commit"),
        HostileRepository(
            "sites of many names",
            "for i in $(seq 1 $((N * 30 + 20))); do mkdir sites/s$i; printf 'site: { name: s%s }\\n' $i > sites/s$i/site.yml; done; commit"),
        HostileRepository(
            "a branch with an odd name",
            "mine update-ref \"refs/heads/$(printf 'x%.0s' $(seq 1 200))\" HEAD; git symbolic-ref HEAD refs/heads/$(printf 'x%.0s' $(seq 1 200)); echo '@{-1}' > .git/ORIG_HEAD"
        ),
    ]
}
