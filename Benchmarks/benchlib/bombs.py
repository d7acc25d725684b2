"""What refusing each bomb of the torture tests takes, from the program's start to its end."""

import pathlib
import subprocess

from .running import note, pinned

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "Tests/TortureTests/Tools"
GOALS = {"cpu_ms": 100, "peak_mib": 64}


def measure(command, scratch, rounds):
    """The least CPU time and the most memory of each bomb's rounds, and of reading the same inventory without one."""
    ground = scratch / "bombs"
    ground.mkdir()
    subprocess.run(["git", "init", "-q", ground], check=True)
    subprocess.run([command, "init", "-C", ground, "--organization", "sample", "--domain", "deevnet.net", "--site", "home"],
                   stdout=subprocess.DEVNULL, check=True)
    listed = subprocess.run([TOOLS / "bombs", "list"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    entries = [read(command, ground, "none", rounds, status=0)]
    file = ground / "sites/home/bomb.yml"
    for _, name in (line.split(" ", 1) for line in listed):
        note(f"bomb: {name}")
        with open(file, "wb") as out:
            subprocess.run([TOOLS / "bombs", "write", name], stdout=out, check=True)
        entries.append(read(command, ground, name, rounds, status=1) | {"bytes": file.stat().st_size})
    return entries


def read(command, ground, name, rounds, status):
    figures = []
    with pinned():
        for _ in range(rounds):
            done = subprocess.run([TOOLS / "peak", command, "validate", "-C", ground], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if done.returncode != status:
                raise SystemExit(f"bench: {name}: validate ended with {done.returncode}, not {status}")
            figures.append([int(figure) for figure in done.stderr.splitlines()[-1].split()[1:]])
    return {"name": name, "cpu_ms": min(ms for _, ms in figures), "peak_mib": max(kib for kib, _ in figures) / 1024}


def table(entries):
    print(f"\n{'bomb':32}     bytes   CPU ms (goal {GOALS['cpu_ms']})   peak MiB (goal {GOALS['peak_mib']})")
    for entry in entries:
        over = [key for key, goal in GOALS.items() if entry[key] >= goal]
        print(f"{entry['name']:32}{entry.get('bytes', 0):10}{entry['cpu_ms']:9}{entry['peak_mib']:22.1f}{'   over the goal' if over else ''}")
    bombs = entries[1:]
    print(f"{len(bombs)} bombs: at most {max(bomb['cpu_ms'] for bomb in bombs)} ms and {max(bomb['peak_mib'] for bomb in bombs):.1f} MiB, "
          f"of which the program's start and an inventory without a bomb take {entries[0]['cpu_ms']} ms and {entries[0]['peak_mib']:.1f} MiB")
