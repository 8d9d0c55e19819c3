"""Where a student's file runs: a house of its own that cannot be written, an empty /tmp, no network, nobody else.

The new root has only what Python needs and the house; what is not put there cannot be read. It works for root, who
becomes nobody in it, and for a usual user where Linux lets them have namespaces.
"""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from lab.checking.house_files import House, bound_places
from lab.checking.system_calls import (
    CLONE_NEWUSER,
    MS_BIND,
    MS_NODEV,
    MS_NOSUID,
    MS_PRIVATE,
    MS_REC,
    NEW_NAMESPACES,
    change_root,
    give_up_rights,
    let_go_of,
    make_read_only,
    mount,
    unshare,
)
from models.shared.start_errors import HOUSE

FIRST_NOBODY, COUNT_OF_NOBODIES = 30000, 30000  # users that no system has by itself
OLD = "/old"
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/localtime")
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
TMP = "/tmp"  # noqa: S108 - one of its own
THROWAWAY = "/throwaway"  # where it may write; /tmp is another name of it, unless the house is in there
OPTIONS_OF_THROWAWAY = "size=64m,nr_inodes=4k,mode=700"
SETTINGS_OF_ROOT = "size=32m,mode=755"


def enter_sandbox(house: House, nobody: int = FIRST_NOBODY) -> None:
    """This process is in namespaces of its own from now on, and its root has only `house` and Python. OSError."""
    is_root = os.geteuid() == 0
    user, group, bound = os.geteuid(), os.getegid(), bound_places()
    unshare(NEW_NAMESPACES | (0 if is_root else CLONE_NEWUSER))
    if not is_root:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    mount("none", "/", "", MS_REC | MS_PRIVATE)
    begin_root()
    for path in (*SYSTEM, *DEVICES):
        take_along(path)
    build_house(house, bound)
    for path in python_paths():
        take_along(path)
    Path(THROWAWAY).mkdir()
    if not Path(TMP).exists():
        Path(TMP).symlink_to(THROWAWAY)
    let_go_of(OLD)
    Path(OLD).rmdir()
    make_read_only("/")
    who = f",uid={nobody},gid={nobody}" if is_root else f",uid={user},gid={group}"
    mount("tmpfs", THROWAWAY, "tmpfs", MS_NOSUID | MS_NODEV, OPTIONS_OF_THROWAWAY + who)
    os.chdir(HOUSE)


def begin_root() -> None:
    """An empty root; the old one is below it until all is taken along."""
    mount("tmpfs", TMP, "tmpfs", MS_NOSUID | MS_NODEV, SETTINGS_OF_ROOT)
    os.chdir(TMP)
    Path(OLD[1:]).mkdir(0o700)
    change_root(".", OLD[1:])
    os.chdir("/")


def take_along(path: str) -> None:
    """What is at this path is there in the new root, too."""
    old = Path(OLD + path)
    if Path(path).exists() or not (old.exists() or old.is_symlink()):
        return  # it is below something that is there already
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    if old.is_symlink():
        Path(path).symlink_to(old.readlink())
    elif old.is_dir():
        Path(path).mkdir()
        mount(str(old), path, "", MS_BIND | MS_REC)
    else:
        Path(path).touch()
        mount(str(old), path, "", MS_BIND)


def build_house(house: House, bound: list[str]) -> None:
    """The program as it is, but with these files."""
    HOUSE.mkdir(parents=True, exist_ok=True)
    mount("tmpfs", str(HOUSE), "tmpfs", MS_NOSUID | MS_NODEV, SETTINGS_OF_ROOT)
    for name, content in house.items():  # before anything real is there that could be written
        file = HOUSE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for name in bound:
        take_along(str(HOUSE / name))


@cache
def python_paths() -> tuple[str, ...]:
    """Where this Python and its packages are, the outer folders first."""
    places = {sys.prefix, sys.base_prefix, *sys.path}
    return tuple(path for path in sorted(places) if path not in ("/", str(HOUSE)) and Path(path).is_absolute())


def nobody_alone() -> int:
    """A user for what this process starts: how many processes a user may have is counted for each by itself."""
    return FIRST_NOBODY + os.getpid() % COUNT_OF_NOBODIES


def become_nobody(nobody: int) -> None:
    """In the process that runs somebody's file: another user than root, without a right of its own."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(nobody, nobody, nobody)
        os.setresuid(nobody, nobody, nobody)
    give_up_rights()


def in_a_process(work: Callable[[], None]) -> bool:
    """Whether a process of its own does this without an error."""
    number = os.fork()
    if number == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - whatever it is, it cannot be done here
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 0


@cache
def can_be_closed_off() -> bool:
    """Whether this system lets us have such a place."""
    if not hasattr(os, "fork") or sys.platform != "linux":
        return False
    return in_a_process(lambda: enter_sandbox({}))
