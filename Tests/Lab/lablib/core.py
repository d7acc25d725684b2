"""Namespaces, bridges, daemons: the part of the lab that owns kernel objects.

Every object lives in a network namespace named dvl-<lab>-<node>; nothing is ever
created in the namespace the caller runs in.  A lab is a directory under STATE
plus those namespaces, so it can be found and removed by any later process.
"""
import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

STATE = os.environ.get("DEEVNET_LAB_STATE") or "/run/deevnet-lab"
NETNS = "/run/netns"
# each state folder has its own names, so that one's clean-up never takes another's labs
PREFIX = "dvl-" if STATE == "/run/deevnet-lab" else "dvl%s-" % hashlib.sha256(STATE.encode()).hexdigest()[:4]
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEFAULT_TTL = 2 * 3600


class LabError(Exception):
    pass


# ---------------------------------------------------------------- small things
def run(args, check=True, input=None, timeout=60):
    p = subprocess.run(args, input=input, text=True, capture_output=True, timeout=timeout)
    if check and p.returncode:
        raise LabError("%s: %s" % (" ".join(args), (p.stderr or p.stdout).strip()))
    return p


def starttime(pid):
    """Kernel start time of a pid: with it a pid names one process for ever."""
    try:
        with open("/proc/%d/stat" % pid) as f:
            fields = f.read().rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return None if fields[0] == "Z" else int(fields[19])


def alive(pid, started):
    return pid and starttime(pid) == started


def die_with_parent():
    """For preexec_fn: a killed lab command takes what it started with it (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


def boot_id():
    with open("/proc/sys/kernel/random/boot_id") as f:
        return f.read().strip()


@contextlib.contextmanager
def lock():
    os.makedirs(STATE, mode=0o755, exist_ok=True)
    fd = os.open(os.path.join(STATE, ".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def mac_for(node, link):
    """The same node and link get the same address in every lab."""
    h = hashlib.sha256(("%s/%s" % (node, link)).encode()).digest()
    return "02:" + ":".join("%02x" % b for b in h[:5])


def write_json(path, value):
    tmp = "%s.%d" % (path, os.getpid())
    with open(tmp, "w") as f:
        json.dump(value, f, indent=1, sort_keys=True)
        f.write("\n")
    os.replace(tmp, path)


# ---------------------------------------------------------------- the lab object
class Lab:
    def __init__(self, lab_id):
        if not re.fullmatch(r"[a-z0-9]{1,12}", lab_id):
            raise LabError("a lab's name is 1 to 12 of a-z and 0-9: %r" % lab_id)
        self.id = lab_id
        self.dir = os.path.join(STATE, lab_id)
        self.file = os.path.join(self.dir, "lab.json")
        self.data = {}

    def load(self):
        try:
            with open(self.file) as f:
                self.data = json.load(f)
        except (OSError, ValueError) as e:
            raise LabError("no lab %s (%s)" % (self.id, e))
        return self

    def save(self):
        write_json(self.file, self.data)

    def ns(self, node):
        if node != "sw" and node not in self.data["topology"]["nodes"]:
            raise LabError("no node %s; there are: %s" % (node, ", ".join(self.nodes())))
        return "%s%s-%s" % (PREFIX, self.id, node)

    def nodes(self):
        return ["sw"] + sorted(self.data["topology"]["nodes"])

    def exec_args(self, node, cmd):
        return ["ip", "netns", "exec", self.ns(node)] + list(cmd)

    def env(self, node=None):
        e = dict(os.environ, DEEVNET_LAB=self.id, DEEVNET_LAB_DIR=self.dir)
        if node:
            e["DEEVNET_NODE"] = node
        return e

    def sh(self, node, cmd, **kw):
        return run(self.exec_args(node, cmd), **kw)


def namespaces(lab_id=None):
    head = PREFIX if lab_id is None else "%s%s-" % (PREFIX, lab_id)
    try:
        return sorted(n for n in os.listdir(NETNS) if n.startswith(head))
    except FileNotFoundError:
        return []


def labs():
    try:
        return sorted(n for n in os.listdir(STATE) if re.fullmatch(r"[a-z0-9]{1,12}", n))
    except FileNotFoundError:
        return []


def find(lab_id=None):
    """The named lab, else DEEVNET_LAB, else the only one there is."""
    lab_id = lab_id or os.environ.get("DEEVNET_LAB")
    if not lab_id:
        have = labs()
        if len(have) != 1:
            raise LabError("say which lab (--id or DEEVNET_LAB); there are: %s" % (", ".join(have) or "none"))
        lab_id = have[0]
    return Lab(lab_id).load()


# ---------------------------------------------------------------- topology
def read_topology(path):
    if not path:
        path = "site"
    if "/" not in path and not path.endswith(".json"):
        path = os.path.join(HERE, "topologies", path + ".json")
    with open(path) as f:
        topo = json.load(f)
    segs = topo.get("segments", {})
    for node, n in topo.get("nodes", {}).items():
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,20}", node) or node == "sw":
            raise LabError("bad node name %r" % node)
        for link, l in n.get("links", {}).items():
            for s in list(l.get("trunk", {})) or [l.get("segment")]:
                if s not in segs:
                    raise LabError("%s %s: no segment %r" % (node, link, s))
                if "trunk" in l and not segs[s].get("vlan"):
                    raise LabError("%s %s: segment %s has no vlan" % (node, link, s))
                name = link if "trunk" not in l else "%s.%d" % (link, segs[s]["vlan"])
                if len(name) > 15:
                    raise LabError("interface name over 15 characters: %s" % name)
    return topo


def kernel_has_vlan(ns):
    """True when this kernel can make 802.1q sub-interfaces (tried, not guessed)."""
    run(["ip", "-n", ns, "link", "add", "vprobe", "type", "bridge"])
    p = run(["ip", "-n", ns, "link", "add", "link", "vprobe", "name", "vprobe.2", "type", "vlan", "id", "2"], check=False)
    run(["ip", "-n", ns, "link", "del", "vprobe"])
    return p.returncode == 0


def bridge_of(segment, seg):
    return ("br%d" % seg["vlan"] if seg.get("vlan") else "br-" + segment)[:15]


def address(ip, ifname):
    """`ip` is nothing, one address with prefix length, or a list of them."""
    return ["addr add %s %sdev %s" % (a, "" if ":" in a else "brd + ", ifname) for a in ([ip] if isinstance(ip, str) else ip or [])]


def up(topology=None, name=None, owner=None, ttl=DEFAULT_TTL, vlan="auto", replace=False):
    if os.geteuid():
        raise LabError("the lab makes network namespaces: run it as root")
    topo = read_topology(topology)
    gc()
    if name and replace and os.path.isdir(os.path.join(STATE, name)):
        down(Lab(name))
    os.makedirs(STATE, mode=0o755, exist_ok=True)
    for _ in range(20):
        lab = Lab(name or os.urandom(4).hex()[:6])
        try:
            os.mkdir(lab.dir, 0o755)
            break
        except FileExistsError:
            if name:
                raise LabError("lab %s is there already (lab down, or --replace)" % name)
    me = os.getpid()
    lab.data = {"id": lab.id, "boot": boot_id(), "created": time.time(), "state": "creating",
                "owner": [me, starttime(me)], "expires": time.time() + ttl, "topology": topo, "vlan": None}
    lab.save()
    try:
        for d in ("log", "daemon", "dhcp", "etc"):
            os.mkdir(os.path.join(lab.dir, d))
        build(lab, vlan)
    except BaseException:
        down(lab)
        raise
    lab.data["state"] = "up"
    lab.data["owner"] = [owner, starttime(owner)] if owner else None
    lab.save()
    return lab


def build(lab, vlan):
    topo = lab.data["topology"]
    segs, sw = topo["segments"], lab.ns("sw")
    with lock():                      # the first `ip netns add` of a boot is not safe in parallel
        for node in lab.nodes():
            run(["ip", "netns", "add", lab.ns(node)])
    has_vlan = kernel_has_vlan(sw)
    if vlan == "auto":
        vlan = "kernel" if has_vlan else "access"
    if vlan == "kernel" and not has_vlan:
        raise LabError("this kernel has no 802.1q support: use --vlan access or --vlan tagged")
    lab.data["vlan"] = vlan
    v6 = topo.get("ipv6", False)

    batch = {n: ["link set lo up"] for n in lab.nodes()}
    for s, seg in segs.items():
        br = bridge_of(s, seg)
        batch["sw"] += ["link add %s type bridge forward_delay 0 stp_state 0 mcast_snooping 0 ageing_time 30000" % br,
                        "link set %s up" % br]
    shim = {}
    port = 0
    for node, n in topo["nodes"].items():
        ns = lab.ns(node)
        for link, l in n.get("links", {}).items():
            mac = l.get("mac") or mac_for(node, link)
            mtu = " mtu %d" % l["mtu"] if "mtu" in l else ""
            # (interface in the node, segment or None, address, mac)
            wires = []
            if "trunk" not in l:
                wires.append((link, l["segment"], l.get("ip"), mac))
            elif vlan == "access":
                for s, ip in l["trunk"].items():
                    wires.append(("%s.%d" % (link, segs[s]["vlan"]), s, ip, mac))
            else:
                wires.append((link, None, None, mac))
            for ifname, s, ip, m in wires:
                p = "p%d" % port
                port += 1
                # the peer is made straight in the switch's namespace
                batch[node].append("link add %s address %s%s type veth peer name %s netns %s" % (ifname, m, mtu, p, sw))
                batch[node] += address(ip, ifname)
                if l.get("up", True):
                    batch[node].append("link set %s up" % ifname)
                if s:
                    batch["sw"].append("link set %s master %s" % (p, bridge_of(s, segs[s])))
                batch["sw"].append("link set %s up" % p)
            if "trunk" in l and vlan != "access":
                p = "p%d" % (port - 1)
                for s, ip in l["trunk"].items():
                    vid, br = segs[s]["vlan"], bridge_of(s, segs[s])
                    if vlan == "kernel":
                        batch[node].append("link add link %s name %s.%d type vlan id %d" % (link, link, vid, vid))
                        batch["sw"].append("link add link %s name %s.%d type vlan id %d" % (p, p, vid, vid))
                    else:
                        batch[node].append("tuntap add dev %s.%d mode tap" % (link, vid))
                        batch[node].append("link set %s.%d address %s" % (link, vid, mac))
                        batch["sw"].append("tuntap add dev %s.%d mode tap" % (p, vid))
                        shim.setdefault(node, {}).setdefault(link, []).append(vid)
                        shim.setdefault("sw", {}).setdefault(p, []).append(vid)
                    batch[node] += address(ip, "%s.%d" % (link, vid))
                    batch[node].append("link set %s.%d up" % (link, vid))
                    batch["sw"] += ["link set %s.%d master %s" % (p, vid, br), "link set %s.%d up" % (p, vid)]
        for r in n.get("routes", []):
            batch[node].append("route add %s" % r)
        if n.get("default"):
            batch[node].append("route add default via %s" % n["default"])

    for node in lab.nodes():
        n = topo["nodes"].get(node, {})
        sysctl = {"net/ipv4/ip_forward": "1" if n.get("forward") else "0",
                  "net/ipv6/conf/all/disable_ipv6": "0" if v6 else "1",
                  "net/ipv6/conf/default/disable_ipv6": "0" if v6 else "1",
                  "net/ipv4/ping_group_range": "0 2147483647"}
        if v6:
            sysctl["net/ipv6/conf/default/accept_dad"] = "0"
        if node == "sw":              # a switch must not run frames through the IP firewall
            for k in ("iptables", "ip6tables", "arptables"):
                sysctl["net/bridge/bridge-nf-call-" + k] = "0"
        sysctl.update({k.replace(".", "/"): str(v) for k, v in n.get("sysctl", {}).items()})
        lines = "".join('[ ! -e /proc/sys/%s ] || echo "%s" > /proc/sys/%s\n' % (k, v, k) for k, v in sysctl.items())
        run(["ip", "netns", "exec", lab.ns(node), "sh", "-c", lines])
        etc = "/etc/netns/" + lab.ns(node)   # `ip netns exec` lays these files over /etc
        os.makedirs(etc, exist_ok=True)
        files = {"hosts": "127.0.0.1 localhost\n127.0.1.1 %s\n" % node,
                 "resolv.conf": "".join("nameserver %s\n" % d for d in n.get("dns", [])) +
                                ("search %s\n" % topo["domain"] if n.get("dns") and topo.get("domain") else "")}
        for name, text in files.items():
            if os.path.exists("/etc/" + name):
                with open(os.path.join(etc, name), "w") as f:
                    f.write(text)
    for node in [n for n in lab.nodes() if n != "sw"] + ["sw"]:
        run(["ip", "-n", lab.ns(node), "-batch", "-"], input="\n".join(batch[node]) + "\n")
    for node, links in shim.items():
        spec = ["%s:%s" % (l, ",".join(map(str, v))) for l, v in links.items()]
        start(lab, node, "trunk", [sys.executable, os.path.join(HERE, "lablib", "trunk.py")] + spec, ready="log:ready")


# ---------------------------------------------------------------- taking down
def pids_in(names):
    """Every process in one of these namespaces (threads share their leader's)."""
    want = set()
    for n in names:
        try:
            st = os.stat(os.path.join(NETNS, n))
            want.add((st.st_dev, st.st_ino))
        except OSError:
            pass
    found = []
    for p in os.listdir("/proc"):
        if p.isdigit():
            try:
                st = os.stat("/proc/%s/ns/net" % p)
                if (st.st_dev, st.st_ino) in want:
                    found.append(int(p))
            except OSError:
                pass
    return [p for p in found if p != os.getpid() and starttime(p) is not None]


def end_processes(names, grace=2.0):
    for sig, wait in ((signal.SIGTERM, grace), (signal.SIGKILL, 3.0)):
        end = time.monotonic() + wait
        told = set()
        while True:
            left = pids_in(names)
            if not left:
                return
            for p in left:
                if p not in told:
                    told.add(p)
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.kill(p, sig)
            if time.monotonic() > end:
                break
            time.sleep(0.02)
    raise LabError("processes would not end: %s" % pids_in(names))


def down(lab, keep_logs=None):
    if keep_logs and os.path.isdir(lab.dir):
        shutil.copytree(lab.dir, keep_logs, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock", "*.img", "*.fd"))
    names = namespaces(lab.id)
    end_processes(names)
    for n in names:
        run(["ip", "netns", "del", n], check=False)
        shutil.rmtree("/etc/netns/" + n, ignore_errors=True)
    with contextlib.suppress(OSError):
        os.rmdir("/etc/netns")
    shutil.rmtree(lab.dir, ignore_errors=True)


def gc(everything=False):
    """Remove what killed runs left: dead owner, expired, another boot, or no state."""
    gone = []
    boot = boot_id()
    for name in labs():
        lab = Lab(name)
        try:
            d = lab.load().data
            owner = d.get("owner")
            dead = bool(owner) and not alive(*owner)
            if not (everything or dead or d.get("boot") != boot or time.time() > d.get("expires", 0)):
                continue
        except LabError:              # no lab.json yet: being made, or left by a kill
            try:
                if not everything and time.time() - os.stat(lab.dir).st_mtime < 10:
                    continue
            except OSError:
                continue
        down(lab)
        gone.append(name)
    for n in namespaces():
        lab_id = n[len(PREFIX):].split("-")[0]
        if not os.path.isdir(os.path.join(STATE, lab_id)):
            end_processes([n])
            run(["ip", "netns", "del", n], check=False)
            shutil.rmtree("/etc/netns/" + n, ignore_errors=True)
            gone.append(n)
    return gone


# ---------------------------------------------------------------- daemons in a node
def listening(lab, node, proto, port):
    """Does any process in the node listen on the port?  Read from the kernel: sends nothing."""
    state = {"tcp": "0A", "udp": "07"}[proto]
    p = lab.sh(node, ["cat", "/proc/net/%s" % proto, "/proc/net/%s6" % proto], check=False)
    for line in p.stdout.splitlines():
        f = line.split()
        if len(f) > 3 and ":" in f[1] and f[1].rsplit(":", 1)[1] == "%04X" % port and f[3] == state:
            return True
    return False


def is_ready(lab, node, spec, log):
    kind, _, arg = spec.partition(":")
    if kind in ("tcp", "udp"):
        return listening(lab, node, kind, int(arg))
    if kind in ("file", "sock"):
        return os.path.exists(arg)
    if kind == "log":
        with open(log, errors="replace") as f:
            return re.search(arg, f.read(), re.M) is not None
    raise LabError("ready is tcp:PORT, udp:PORT, file:PATH, sock:PATH or log:REGEX, not %r" % spec)


def daemon_file(lab, node, name):
    return os.path.join(lab.dir, "daemon", "%s.%s.json" % (node, name))


def start(lab, node, name, cmd, ready=(), timeout=15.0):
    path = daemon_file(lab, node, name)
    log = os.path.join(lab.dir, "log", "%s.%s.log" % (node, name))
    if os.path.exists(path):
        with open(path) as f:
            d = json.load(f)
        if alive(d["pid"], d["started"]):
            raise LabError("%s runs in %s already (pid %d)" % (name, node, d["pid"]))
    offset = os.path.getsize(log) if os.path.exists(log) else 0
    with open(log, "ab") as out:
        p = subprocess.Popen(lab.exec_args(node, cmd), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                             start_new_session=True, env=lab.env(node))
    write_json(path, {"pid": p.pid, "started": starttime(p.pid), "cmd": list(cmd), "log": log, "node": node, "name": name})
    end = time.monotonic() + timeout
    for spec in [ready] if isinstance(ready, str) else list(ready):
        while not is_ready(lab, node, spec, log):
            if p.poll() is not None and p.returncode != 0:
                raise LabError("%s in %s ended with %d: %s" % (name, node, p.returncode, tail(log, offset)))
            if time.monotonic() > end:
                raise LabError("%s in %s not ready (%s) after %.0f s: %s" % (name, node, spec, timeout, tail(log, offset)))
            time.sleep(0.03)
    return p.pid


def tail(path, offset=0, limit=1500):
    with open(path, errors="replace") as f:
        f.seek(offset)
        return f.read()[-limit:].strip()


def stop(lab, node, name, timeout=5.0):
    path = daemon_file(lab, node, name)
    try:
        with open(path) as f:
            d = json.load(f)
    except FileNotFoundError:
        raise LabError("no daemon %s in %s" % (name, node))
    for sig, wait in ((signal.SIGTERM, timeout), (signal.SIGKILL, 3.0)):
        if alive(d["pid"], d["started"]):
            with contextlib.suppress(ProcessLookupError):
                os.kill(d["pid"], sig)
            end = time.monotonic() + wait
            while alive(d["pid"], d["started"]) and time.monotonic() < end:
                time.sleep(0.02)
    os.unlink(path)


def daemons(lab):
    out = []
    base = os.path.join(lab.dir, "daemon")
    for f in sorted(os.listdir(base)):
        if f.endswith(".json"):
            with open(os.path.join(base, f)) as h:
                d = json.load(h)
            d["alive"] = bool(alive(d["pid"], d["started"]))
            out.append(d)
    return out
