"""Running the measured programs."""

import json
import os
import subprocess
import sys


class Programs:
    """What was built: deevnet-bench, and the command beside it."""

    def __init__(self, folder):
        self.bench = folder / "deevnet-bench"
        self.command = folder / "deevnet"

    def call(self, *words):
        done = subprocess.run([self.bench, *map(str, words)], stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"bench: {' '.join(map(str, words))}: {done.stdout.strip()}")
        return json.loads(done.stdout)


class pinned:
    """The last core, for this process and those it starts."""

    def __enter__(self):
        self.before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {max(self.before)})

    def __exit__(self, *_):
        os.sched_setaffinity(0, self.before)


def note(text):
    print(f"bench: {text}", file=sys.stderr)
