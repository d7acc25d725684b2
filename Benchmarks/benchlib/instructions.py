"""Counts instructions under callgrind: unlike time, the count is the same on a busy machine, so that a test can hold a plan to it."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from .running import note

# How far above the recorded ratio a plan may be.
TOLERANCE = 1.03


class Counter:
    def __init__(self, programs, scratch):
        for program, package in (("valgrind", "valgrind"), ("strip", "binutils")):
            if not shutil.which(program):
                sys.exit(f"bench: '{program}' is missing, and instructions can't be counted; install the package {package}")
        # valgrind 3.19 can't read the debug information that Swift 6 writes; symbols are all it needs.
        self.program = scratch / "deevnet-bench-stripped"
        subprocess.run(["strip", "-g", "-o", self.program, programs.bench], check=True)
        self.profile = scratch / "callgrind.out"

    def count(self, words, toggle=None):
        """Instructions of one run; with `toggle` only those of the functions of that name and of all that they call."""
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.profile}"]
        command += [f"--toggle-collect={toggle}"] if toggle else []
        # Swift's dictionaries are seeded anew in each process, unless they are told not to.
        environment = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"}
        done = subprocess.run(
            [*command, self.program, *map(str, words)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        found = re.search(r"^summary: (\d+)", self.profile.read_text(errors="replace"), re.M) if done.returncode == 0 else None
        if not found:
            sys.exit(f"bench: callgrind: {' '.join(map(str, words))}: {done.stdout.strip()}")
        return int(found[1])

    def measure(self, size):
        """A plan with one worker and empty targets in memory (callgrind doesn't know openat2(2)), and the scan of the same files."""
        note(f"{size.hosts} hosts, a file for each {size.shape}: counting instructions")
        scan = self.count(["measure", "scan", 1, size.inventory], toggle="*YAMLScan*")
        plan = self.count(["measure", "plan", 1, size.inventory])
        if scan == 0:
            sys.exit("bench: callgrind has seen no function of YAMLScan: has the optimizer taken it in?")
        return {"shape": size.shape, "hosts": size.hosts, "scan": scan, "plan": plan, "ratio": plan / scan}


def table(counts, goal):
    print(f"\nfile per   hosts   scan, millions   cold plan   × scan (goal {goal})")
    for entry in counts:
        print(f"{entry['shape']:8} {entry['hosts']:7} {entry['scan'] / 1e6:16.1f} {entry['plan'] / 1e6:11.1f}   {entry['ratio']:.3f}")


def gate(counts, file, libyaml):
    """Compares with the ratios recorded in a file; ends with 1 when one has grown by more than 3 %."""
    recorded = json.loads(pathlib.Path(file).read_text())
    if recorded["libyaml"] != libyaml:
        note(f"the ratios of {file} are to libyaml {recorded['libyaml']}, and this is {libyaml}")
    grown = False
    for entry in counts:
        name = f"{entry['shape']} {entry['hosts']}"
        allowed = recorded["plan"].get(name)
        if allowed is None:
            sys.exit(f"bench: {file} has no ratio for '{name}'")
        relative = entry["ratio"] / allowed
        grown = grown or relative > TOLERANCE
        verdict = "too many: mend it, or record the new ratio" if relative > TOLERANCE else "fewer: record the new ratio" if relative < 1 / TOLERANCE else "as recorded"
        print(f"gate: {name} hosts: {entry['ratio']:.3f} of the scan's instructions, recorded {allowed}: {verdict}")
    if grown:
        sys.exit(f"bench: a plan takes over {TOLERANCE - 1:.0%} more instructions than {file} records")
