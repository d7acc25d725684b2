"""Other programs on the same records: what they take for the part of their work that is nearest to a plan, in turns with deevnet's cold plan.

Each gets what `deevnet-bench records` prints, in its own language, and is asked how much it has read: who has read less than all isn't compared.
"""

import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time

from .running import note, pinned

REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")
# What takes more CPU time than this, in seconds, is ended and left out.
LIMIT = 300


class Tool:
    """A program that is compared. `prepare` writes its input below a folder and gives the command; `count` reads from its output what it has seen."""

    name = ""
    environment = {}

    def __init__(self, tools):
        self.tools = tools

    def version(self):
        return ""


class OctoDNS(Tool):
    name = "octodns-sync, dry run"

    def version(self):
        return packages(self.tools, "octodns", "octodns-bind")

    def prepare(self, records, folder):
        (folder / "yaml").mkdir(parents=True)
        (folder / "zones").mkdir()
        config = ["providers:", f"  yaml: {{ class: octodns.provider.yaml.YamlProvider, directory: {folder}/yaml, enforce_order: false }}",
                  f"  files: {{ class: octodns_bind.ZoneFileProvider, directory: {folder}/zones }}", "zones:"]
        for site in records["sites"]:
            for apex, entries in site["zones"].items():
                config.append(f"  {apex}.: {{ sources: [yaml], targets: [files] }}")
                (folder / "yaml" / f"{apex}.yaml").write_text("\n".join(self.zone(entries)) + "\n")
        (folder / "config.yaml").write_text("\n".join(config) + "\n")
        return [self.tools / "octodns-sync", "--config-file", folder / "config.yaml"]

    def zone(self, entries):
        sets = {}
        for owner, kind, value in entries:
            sets.setdefault("" if owner == "@" else owner, {}).setdefault(kind, []).append(value + ("." if kind in ("CNAME", "PTR") else ""))
        for owner, kinds in sets.items():
            yield f"{json.dumps(owner)}:"
            for kind, values in kinds.items():
                yield f"  - type: {kind}"
                yield "    ttl: 300"
                yield f"    values: {json.dumps(values)}" if kind != "CNAME" else f"    value: {values[0]}"

    def wanted(self, records):
        return len({(apex, owner, kind) for site in records["sites"] for apex, entries in site["zones"].items() for owner, kind, _ in entries})

    def count(self, output):
        return sum(int(number) for number in re.findall(r"Summary: Creates=(\d+)", output))


class Ansible(Tool):
    name = "ansible-inventory --list"

    def version(self):
        return packages(self.tools, "ansible-core")

    def prepare(self, records, folder):
        lines = ["all:", "  children:"]
        for site in records["sites"]:
            lines += [f"    {site['site']}:", "      children:"]
            groups = {}
            for host in site["hosts"]:
                groups.setdefault(host["links"][0]["segment"], []).append(host)
            for segment, hosts in groups.items():
                lines += [f"        {site['site']}_{segment}:", "          hosts:"]
                for host in hosts:
                    link = host["links"][0]
                    lines += [f"            {host['name']}.{site['site']}:", f"              mac: {json.dumps(link['mac'])}",
                              f"              address: {json.dumps(link['address'])}"]
        (folder / "hosts.yml").write_text("\n".join(lines) + "\n")
        return [self.tools / "ansible-inventory", "-i", folder / "hosts.yml", "--list"]

    def wanted(self, records):
        return sum(len(site["hosts"]) for site in records["sites"])

    def count(self, output):
        return len(json.loads(output)["_meta"]["hostvars"])


class Pyinfra(Tool):
    name = "pyinfra --dry"
    # Its @fake connector answers every command at once, with nothing.
    environment = {"PYINFRA_FAKE_DELAY": "0", "PYINFRA_FAKE_DELAY_JITTER": "0"}

    def version(self):
        return packages(self.tools, "pyinfra")

    def prepare(self, records, folder):
        hosts = [[f"@fake/{host['name']}.{site['site']}", {key: host["links"][0][key] for key in ("mac", "address")}]
                 for site in records["sites"] for host in site["hosts"]]
        (folder / "hosts.json").write_text(json.dumps(hosts))
        (folder / "inventory.py").write_text(
            "import json\nfrom pathlib import Path\n\n"
            "hosts = [tuple(host) for host in json.loads(Path(__file__).with_name('hosts.json').read_text())]\n")
        (folder / "deploy.py").write_text(
            "from pyinfra import host\nfrom pyinfra.operations import files\n\n"
            "files.line(name='card and address', path='/etc/ethers', line=f'{host.data.mac} {host.data.address}')\n")
        return [self.tools / "pyinfra", "--dry", folder / "inventory.py", folder / "deploy.py"]

    def wanted(self, records):
        return sum(len(site["hosts"]) for site in records["sites"])

    def count(self, output):
        return len(set(re.findall(r"\[(@fake/\S+)\]\s+Ready", output)))


class Terraform(Tool):
    name = "terraform plan"
    # It asks nobody for a newer version, and reads no settings of the machine's.
    environment = {"CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}

    def version(self):
        done = subprocess.run(["terraform", "version"], env={**os.environ, **self.environment}, stdout=subprocess.PIPE, text=True)
        return done.stdout.splitlines()[0]

    def prepare(self, records, folder):
        (folder / "records.json").write_text(json.dumps(dict(self.resources(records))))
        (folder / "main.tf.json").write_text(json.dumps({
            "locals": {"records": '${jsondecode(file("${path.module}/records.json"))}'},
            "resource": {"terraform_data": {"record": {"for_each": "${local.records}", "input": "${each.value}"}}}}))
        subprocess.run(["terraform", f"-chdir={folder}", "init", "-input=false"], env={**os.environ, **self.environment},
                       stdout=subprocess.DEVNULL, check=True)
        return ["terraform", f"-chdir={folder}", "plan", "-input=false", "-no-color"]

    def resources(self, records):
        for site in records["sites"]:
            for apex, entries in site["zones"].items():
                for owner, kind, value in entries:
                    yield f"{owner}.{apex} {kind} {value}", {"zone": apex, "name": owner, "type": kind, "value": value}

    def wanted(self, records):
        return len(dict(self.resources(records)))

    def count(self, output):
        return int(re.search(r"Plan: (\d+) to add", output)[1])


class Others:
    def __init__(self, programs, scratch):
        self.programs, self.folder = programs, scratch / "others"
        self.folder.mkdir(exist_ok=True)
        tools = self.folder / "venv" / "bin"
        if not tools.exists():
            note("installing what is compared")
            subprocess.run([sys.executable, "-m", "venv", tools.parent], check=True)
            subprocess.run([tools / "pip", "install", "-q", "--disable-pip-version-check", "-r", REQUIREMENTS], check=True)
        self.tools = [OctoDNS(tools), Ansible(tools), Pyinfra(tools)]
        if shutil.which("terraform"):
            self.tools.append(Terraform(tools))
        else:
            print("terraform   not here: left out")
        # What was over the limit at one size isn't tried at a larger one.
        self.over = set()

    def measure(self, size, rounds):
        records = self.programs.call("records", size.inventory)
        entries = []
        for tool in self.tools:
            if tool.name in self.over:
                continue
            note(f"{size.hosts} hosts, a file for each {size.shape}: {tool.name}")
            folder = self.folder / f"{size.shape}-{size.hosts}-{type(tool).__name__}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            command = tool.prepare(records, folder)
            pairs = []
            for _ in range(rounds):
                with pinned():
                    pair = (self.plan(size, folder), run(command, folder / "output", tool.environment))
                if pair[1] is None:
                    self.over.add(tool.name)
                    break
                if tool.count((folder / "output").read_text()) != tool.wanted(records):
                    sys.exit(f"bench: {tool.name} hasn't read all: see {folder}/output")
                pairs.append(pair)
            entry = {"name": tool.name, "version": tool.version(), "command": " ".join(map(str, command)).replace(str(folder), "DIR"),
                     "hosts": size.hosts, "shape": size.shape, "things": tool.wanted(records)}
            if tool.name not in self.over:
                entry |= {what: statistics.median(other[what] for _, other in pairs) for what in pairs[0][1]}
                entry |= {f"{what}_ratio": statistics.median(other[what] / own[what] for own, other in pairs) for what in pairs[0][1]}
                entry |= {"deevnet": {what: statistics.median(own[what] for own, _ in pairs) for what in pairs[0][0]}, "runs": pairs}
            entries.append(entry)
        return entries

    def plan(self, size, folder):
        return run([self.programs.command, "plan", "-C", size.inventory, "--root", size.roots["empty"]], folder / "plan")


def run(words, output, environment={}):
    """One run to its end, with its output in a file; nil when it was over the limit. Memory is the peak of its largest process."""
    with open(output, "w") as file:
        start = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, words)], stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **environment},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT)))
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if usage.ru_utime + usage.ru_stime >= LIMIT - 1:
        return None
    if process.returncode != 0:
        sys.exit(f"bench: {words[0]} ended with {process.returncode}: {pathlib.Path(output).read_text()[-400:]}")
    return {"cpu_ms": (usage.ru_utime + usage.ru_stime) * 1e3, "wall_ms": wall * 1e3, "peak_mib": usage.ru_maxrss / 1024}


def packages(tools, *names):
    shown = subprocess.run([tools / "pip", "list", "--format=json", "--disable-pip-version-check"], stdout=subprocess.PIPE, check=True).stdout
    found = {package["name"]: package["version"] for package in json.loads(shown)}
    return ", ".join(f"{name} {found[name]}" for name in names)


def table(entries):
    print("\n  hosts  program                    of     CPU ms  × plan    wall ms  × plan   peak MiB  × plan")
    for entry in entries:
        start = f"{entry['hosts']:7}  {entry['name']:24} {entry['things']:5}"
        if "cpu_ms" not in entry:
            print(f"{start}   over {LIMIT} s of CPU time: left out")
            continue
        print(f"{start}{entry['cpu_ms']:11.0f}{entry['cpu_ms_ratio']:8.1f}{entry['wall_ms']:11.0f}{entry['wall_ms_ratio']:8.1f}"
              f"{entry['peak_mib']:11.0f}{entry['peak_mib_ratio']:8.1f}")
        own = entry["deevnet"]
        print(f"{'':9}{'deevnet plan, beside it':30}{own['cpu_ms']:11.0f}{'':8}{own['wall_ms']:11.0f}{'':8}{own['peak_mib']:11.0f}")
    print()
    for name, version, command in dict.fromkeys((entry["name"], entry["version"], entry["command"]) for entry in entries):
        print(f"{version}: {command}")
