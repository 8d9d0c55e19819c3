"""What Linux is granted for that Python has no function for: namespaces, mounts, and the rights of a process."""

import ctypes
import os
from ctypes import c_char_p, c_int, c_long, c_uint32, c_uint64, c_ulong

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
NEW_NAMESPACES = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 4096, 16384, 1 << 18
MNT_DETACH = 2
MOUNTED_READ_ONLY = 1  # an attribute of a mount
SYS_MOUNT_SETATTR = 442  # the same number on each kind of machine
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
CAPABILITY_VERSION = 0x20080522
MOST_CAPABILITIES = 64

libc = ctypes.CDLL(None, use_errno=True)


class MountAttributes(ctypes.Structure):
    """What `mount_setattr` is told."""

    _fields_ = [("set", c_uint64), ("clear", c_uint64), ("propagation", c_uint64), ("namespace", c_uint64)]


def granted(result: int) -> None:
    """OSError when the system has refused."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def unshare(flags: int) -> None:
    """Leave these namespaces for new ones."""
    granted(libc.unshare(c_int(flags)))


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """As the program `mount`."""
    words = (source.encode(), target.encode(), kind.encode() or None)
    granted(libc.mount(*map(c_char_p, words), c_ulong(flags), c_char_p(options.encode())))


def let_go_of(target: str) -> None:
    """Unmount it, as soon as nobody needs it."""
    granted(libc.umount2(c_char_p(target.encode()), c_int(MNT_DETACH)))


def change_root(new: str, old: str) -> None:
    """`new` is the root from now on, and what was the root is at `old`, below it."""
    granted(libc.pivot_root(c_char_p(new.encode()), c_char_p(old.encode())))


def make_read_only(path: str) -> None:
    """The mount there and all below it."""
    attributes = MountAttributes(MOUNTED_READ_ONLY, 0, 0, 0)
    size = ctypes.sizeof(attributes)
    place = c_char_p(path.encode())
    granted(
        libc.syscall(
            c_long(SYS_MOUNT_SETATTR), c_int(AT_FDCWD), place, c_int(AT_RECURSIVE), ctypes.byref(attributes), size
        )
    )


def die_with_parent() -> None:
    """This process is killed when its parent ends."""
    granted(libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0))


def give_up_rights() -> None:
    """This process can do nothing more than any other one of its user, and no program can give it more."""
    granted(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    for number in range(MOST_CAPABILITIES):
        libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)  # it fails where there is no such one, or no right to
    header = (c_uint32 * 2)(CAPABILITY_VERSION, 0)
    granted(libc.capset(ctypes.byref(header), ctypes.byref((c_uint32 * 6)())))
