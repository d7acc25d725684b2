"""How long dnsmasq's own checker takes: as an apply calls it, and with more lines at once."""

import pathlib
import resource
import subprocess

from .running import note, pinned

# After so many seconds a checker is ended.
LIMIT = 300


def measure(size, programs, rounds):
    note(f"{size.hosts} hosts at {size.sites} sites: dnsmasq --test")
    with pinned():
        runs = [programs.call("check", size.inventory, size.roots["applied"]) for _ in range(rounds)]
        ours = min(runs, key=lambda run: run["cpu_us"])
        sites = sorted(size.roots["applied"].glob("*/etc/deevnet/current/dnsmasq/*/reservations"))
        one = test(sites[:1], size.inventory.parent / "lines")
        all_sites = test(sites, size.inventory.parent / "lines")
    return {"hosts": size.hosts, "sites": ours["sites"], "commands": ours["commands"], "cpu_ms": ours["cpu_us"] / 1e3,
            "wall_ms": ours["wall_us"] / 1e3, "one_site": one, "all_sites": all_sites}


def test(files, configuration):
    """All reservations of the files as one configuration; lines and CPU time, which is missing when it was over the limit."""
    lines = [line.split(" ")[0] for file in files for line in file.read_text().splitlines() if not line.startswith("#")]
    pathlib.Path(configuration).write_text("".join(f"dhcp-host={line}\n" for line in lines))
    before = children_ms()
    try:
        subprocess.run(["dnsmasq", "--test", f"--conf-file={configuration}"], stderr=subprocess.DEVNULL, check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {"lines": len(lines)}
    return {"lines": len(lines), "cpu_ms": children_ms() - before}


def children_ms():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1e3


def table(entries):
    def shown(run):
        return f"{run['lines']:7} lines: " + (f"{run['cpu_ms']:8.0f} ms" if "cpu_ms" in run else f"over {LIMIT} s")

    print("\n  hosts  sites  commands   CPU ms   for a site   wall ms   one site at once            all sites at once")
    for entry in entries:
        print(f"{entry['hosts']:7}{entry['sites']:7}{entry['commands']:10}{entry['cpu_ms']:9.0f}{entry['cpu_ms'] / entry['sites']:13.1f}{entry['wall_ms']:10.0f}"
              f"   {shown(entry['one_site'])}   {shown(entry['all_sites'])}")
