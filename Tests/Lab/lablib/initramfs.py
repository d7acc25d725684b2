"""Debian's kernel, and a small first root for it: busybox, `guest/init` and chosen modules.

The archive is written here and the modules' needs are read from the modules, so neither cpio nor kmod is needed.
"""
import glob
import gzip
import os
import re
import shutil
import stat

from .core import HERE, LabError, run

CACHE = os.environ.get("DEEVNET_LAB_CACHE") or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "deevnet-lab")
PACKAGE = "linux-image-amd64"


def find_kernel():
    """(vmlinuz, modules folder) of the kernel that was fetched."""
    found = sorted(glob.glob(CACHE + "/linux-image-*/boot/vmlinuz-*"))
    if not found:
        raise LabError("no kernel for machines: `lab kernel --fetch` unpacks Debian's %s into %s" % (PACKAGE, CACHE))
    boot, name = os.path.split(found[-1])
    return found[-1], os.path.join(os.path.dirname(boot), "lib/modules", name.partition("-")[2])


def fetch_kernel():
    """Downloads and unpacks the kernel's package, installing nothing, unless that was done before."""
    try:
        return find_kernel()
    except LabError:
        pass
    name = re.search(r"Depends: (linux-image-\d\S*)", run(["apt-cache", "depends", PACKAGE], check=False).stdout)
    if not name:
        raise LabError("no kernel for machines: apt knows no %s (apt-get update?)" % PACKAGE)
    work = "%s/fetch.%d" % (CACHE, os.getpid())
    os.makedirs(work)
    try:
        run(["env", "--chdir=" + work, "apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", name[1]], timeout=600)
        run(["dpkg-deb", "-x", glob.glob(work + "/*.deb")[0], work + "/kernel"], timeout=600)
        if not os.path.exists("%s/%s" % (CACHE, name[1])):      # by another fetch meanwhile
            os.rename(work + "/kernel", "%s/%s" % (CACHE, name[1]))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return find_kernel()


def load_order(folder, names):
    """The files of the modules, each after those that it needs; what is built into the kernel needs none."""
    files = {os.path.basename(f)[:-3].replace("-", "_"): f for f in glob.glob(folder + "/kernel/**/*.ko", recursive=True)}
    with open(folder + "/modules.builtin") as f:
        inside = {os.path.basename(line.strip())[:-3].replace("-", "_") for line in f}
    order = []

    def add(name):
        name = name.replace("-", "_")
        if name in inside or files.get(name) in order:
            return
        if name not in files:
            raise LabError("no module %s in %s" % (name, folder))
        with open(files[name], "rb") as f:
            needs = re.search(rb"\0depends=([^\0]*)\0", f.read())
        for need in needs[1].decode().split(",") if needs else []:
            if need:
                add(need)
        order.append(files[name])

    for n in names:
        add(n)
    return order


class Cpio:
    """The archive format that the kernel unpacks (newc); everything belongs to root and has no time."""

    def __init__(self):
        self.out, self.count, self.folders = bytearray(), 0, set()

    def entry(self, name, mode, data=b"", device=(0, 0)):
        self.count += 1
        path = name.encode() + b"\0"
        self.out += b"070701" + b"".join(b"%08X" % v for v in (self.count, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(path), 0))
        for part in (path, data):
            self.out += part
            self.out += b"\0" * (-len(self.out) % 4)

    def folder(self, name):
        if name and name not in self.folders:
            self.folder(os.path.dirname(name))
            self.folders.add(name)
            self.entry(name, stat.S_IFDIR | 0o755)

    def file(self, name, source):
        self.folder(os.path.dirname(name))
        with open(source, "rb") as f:
            self.entry(name, stat.S_IFREG | 0o755, f.read())


def build(out, modules):
    """Writes the archive; returns the kernel that it fits."""
    kernel, folder = find_kernel()
    busybox = shutil.which("busybox")
    if not busybox:
        raise LabError("machines need busybox")
    c = Cpio()
    for d in ("bin", "dev", "mnt", "proc", "root", "sys"):
        c.folder(d)
    c.entry("dev/console", stat.S_IFCHR | 0o600, device=(5, 1))
    c.file("init", os.path.join(HERE, "guest", "init"))
    c.file("bin/busybox", busybox)
    for library in re.findall(r"(/\S+) \(0x", run(["ldd", busybox], check=False).stdout):      # none where it is static
        c.file(library[1:], library)
    for applet in run([busybox, "--list"]).stdout.split():
        if applet != "busybox":
            c.entry("bin/" + applet, stat.S_IFLNK | 0o777, b"busybox")
    c.folder("modules")
    for i, path in enumerate(load_order(folder, modules)):
        c.file("modules/%03d-%s" % (i, os.path.basename(path)), path)
    c.entry("TRAILER!!!", 0)
    with open(out, "wb") as f:
        f.write(gzip.compress(c.out, 1, mtime=0))
    return kernel
