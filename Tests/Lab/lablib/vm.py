"""A machine with Debian's kernel, in QEMU without acceleration, so that it is the same everywhere."""
import contextlib
import os
import subprocess

from . import core, initramfs
from .core import LabError

MODULES = ["virtio_pci", "9pnet_virtio", "9p", "overlay"]


def vm_exec(command, share, modules, systemd, mem, timeout):
    """Runs a shell command in a machine that sees this one's files; the folder `share` is its /lab, and has `stdout` and `stderr` afterwards.

    Returns the command's status.
    """
    if os.geteuid():
        raise LabError("a machine sees this one's files as root does: run it as root")
    status, serial, initrd, run = (os.path.join(share, n) for n in ("status", "serial.log", "initrd", "run"))
    for name in (status, serial, share + "/stdout", share + "/stderr"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
    with open(run, "w") as f:
        f.write(command + "\n")
    kernel = initramfs.build(initrd, MODULES + modules)
    append = "console=ttyS0 quiet panic=-1 net.ifnames=0 mitigations=off"
    if systemd:                       # the disks that this machine mounts and unlocks at its own boot aren't there
        append += " lab.systemd fstab=no luks=no systemd.gpt_auto=no systemd.show_status=error"
    args = ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg", "-cpu", "max", "-m", str(mem), "-nodefaults", "-no-user-config", "-display", "none",
            "-nic", "none", "-no-reboot", "-serial", "file:" + serial, "-kernel", kernel, "-initrd", initrd, "-append", append,
            "-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
            "-virtfs", "local,path=%s,mount_tag=lab,security_model=none" % share]
    try:
        p = subprocess.run(args, stdin=subprocess.DEVNULL, text=True, capture_output=True, timeout=timeout, preexec_fn=core.die_with_parent)
    except subprocess.TimeoutExpired:
        raise LabError("the machine took longer than %d s\n%s" % (timeout, last_words(serial)))
    try:
        with open(status) as f:
            return int(f.read())
    except (OSError, ValueError):
        raise LabError("the machine ended without a result\n%s%s" % (p.stderr, last_words(serial)))


def last_words(serial):
    return core.tail(serial) if os.path.exists(serial) else ""
