"""Whether a process that named itself still lives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.storage import owner
from crawler.storage.owner import describe_owner, is_dead, this_process

SAY = "from crawler.storage.owner import this_process; print(this_process(), flush=True); input()"


def test_a_process_is_dead_once_it_has_ended_and_not_before() -> None:
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", SAY], stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None
    owner = process.stdout.readline().strip()
    assert not is_dead(owner)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(owner), "though nobody has fetched its status yet"
    process.communicate()
    assert is_dead(owner)


def test_a_later_process_of_the_same_number_is_another() -> None:
    host, pid, started, where = this_process().split(":")
    assert is_dead(f"{host}:{pid}:{int(started) - 1}:{where}")
    assert not is_dead(this_process())


@pytest.mark.parametrize("part", [0, 3])
def test_nothing_is_known_of_processes_elsewhere(part: int) -> None:
    parts = [*this_process().split(":")[:2], "1", this_process().split(":")[3]]
    assert is_dead(":".join(parts))
    parts[part] = "elsewhere"
    assert not is_dead(":".join(parts))


def test_where_processes_of_others_are_hidden_nobody_is_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, _, _, where = this_process().split(":")
    boot = tmp_path / "sys/kernel/random/boot_id"
    boot.parent.mkdir(parents=True)
    boot.write_text(where.split("/")[0])
    (tmp_path / "self").symlink_to("/proc/self")
    monkeypatch.setattr(owner, "_PROC", tmp_path)
    assert not is_dead(f"{host}:7:5:{where}"), "as with hidepid=2: not even process 1 is seen"
    (tmp_path / "1").mkdir()
    assert is_dead(f"{host}:7:5:{where}")
    (tmp_path / "7/stat").mkdir(parents=True)
    assert not is_dead(f"{host}:7:5:{where}"), "as with hidepid=1: it is seen and cannot be read"


@pytest.mark.parametrize("name", ["", "someone", "host:12", "host:x:1:", ":::"])
def test_a_name_of_another_make_is_never_dead(name: str) -> None:
    assert not is_dead(name)


def test_a_message_names_the_process_and_its_machine() -> None:
    assert describe_owner("crawler1:77:123:abc") == "process 77 on crawler1"
    assert describe_owner("someone") == "someone"
