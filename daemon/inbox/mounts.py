"""On what kind of file system does a folder live, and does it report changes at all?"""

import os
import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_MOUNT_NUMBERS = Path("/proc/self/mountinfo")
# inotify tells what this kernel does: on these, others write, or a program in between.
_SILENT = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb3", "smbfs", "sshfs", "vboxsf", "virtiofs"),
    )
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def mounts_now() -> bytes:
    """Return the kernel's list of mounts; two calls differ when something was mounted or unmounted in between."""
    try:
        return _MOUNT_NUMBERS.read_bytes()
    except OSError:
        return b""


def must_be_polled(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Return whether a folder must be polled: it is on a network or FUSE file system, which reports no or few changes.

    Args:
        mounts: The kernel's list of mounts.
    """
    try:
        lines = os.fsdecode(mounts.read_bytes()).splitlines()
    except OSError:
        return False
    inside = folder.resolve()
    kind, depth = "", -1
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mounted_on = Path(_OCTAL.sub(lambda octal: chr(int(octal[1], 8)), fields[1]))
        # Of mounts on the same place the last one is on top.
        if len(mounted_on.parts) >= depth and inside.is_relative_to(mounted_on):
            kind, depth = fields[2], len(mounted_on.parts)
    return kind in _SILENT or kind.startswith("fuse")
