"""The names of processes that hold leases: another process on the same machine can see by such a
name whether its owner still lives."""

import os
import socket
from pathlib import Path

_PROC = Path("/proc")
_HIDDEN = "hidden"


def this_process() -> str:
    """Return the name of this process: HOST:PID:STARTED:WHERE, the last two empty without /proc.

    STARTED (clock ticks since boot) tells this process from a later one of the same number, WHERE
    (boot and namespace of process numbers) from processes of other machines and containers that
    call themselves HOST.
    """
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}:{_where()}"


def is_dead(owner: str) -> bool:
    """Return True if the process that named itself `owner` ran here and has ended, False if it
    lives or that cannot be known."""
    host, pid, started, where = (*owner.split(":"), "", "", "")[:4]
    if host != socket.gethostname() or not where or where != _where() or not pid.isdigit():
        return False
    return _started(int(pid)) not in (started, _HIDDEN)


def describe_owner(owner: str) -> str:
    """Return `owner` in the words of a message."""
    host, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    return f"process {pid} on {host}" if rest else owner


def _started(pid: int) -> str:
    """Return when a process started, in clock ticks since boot; "" when it has ended, _HIDDEN when
    that cannot be seen. See proc(5), /proc/pid/stat, field 22."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except OSError:  # proc(5), hidepid=1: it lives, and is another user's
        return _HIDDEN
    # The second field is the program's name, which may hold spaces and brackets.
    state, *from_fourth = stat.rpartition(")")[2].split()
    is_zombie = state in "ZX"
    return "" if is_zombie else from_fourth[22 - 4]


def _where() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        namespace = os.stat(_PROC / "self/ns/pid").st_ino
        # proc(5), hidepid=2: of other users' processes nothing is seen, not even that they live.
        os.stat(_PROC / "1")
    except OSError:
        return ""
    return f"{boot}/{namespace}"
