"""Who holds a lease: a process, named so that another one on the same machine can see whether it
still lives."""

import os
import socket
from pathlib import Path

_PROC = Path("/proc")
_HIDDEN = "hidden"


def this_process() -> str:
    """The name of this process: HOST:PID:STARTED:WHERE, the last two only where /proc tells them.

    STARTED (clock ticks since boot) tells it from a later process of the same number, WHERE (boot
    and namespace of process numbers) from those of other machines and containers that call
    themselves HOST.
    """
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}:{_where()}"


def is_dead(owner: str) -> bool:
    """Whether the process that named itself `owner` lived here and has ended; False where that
    cannot be known."""
    host, pid, started, where = (*owner.split(":"), "", "", "")[:4]
    if host != socket.gethostname() or not where or where != _where() or not pid.isdigit():
        return False
    return _started(int(pid)) not in (started, _HIDDEN)


def describe_owner(owner: str) -> str:
    """`owner` as a message names it."""
    host, _, rest = owner.partition(":")
    return f"process {rest.split(':')[0]} on {host}" if rest else owner


def _started(pid: int) -> str:
    """When a process started; empty when there is none. See proc(5), /proc/pid/stat, field 22."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except OSError:  # proc(5), hidepid=1: it lives, and is another user's
        return _HIDDEN
    # The second field is the program's name, which may hold spaces and brackets; the third comes
    # first here.
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]  # a zombie has ended


def _where() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        namespace = os.stat(_PROC / "self/ns/pid").st_ino
        # proc(5), hidepid=2: of other users' processes nothing is seen, not even that they live.
        os.stat(_PROC / "1")
    except OSError:
        return ""
    return f"{boot}/{namespace}"
