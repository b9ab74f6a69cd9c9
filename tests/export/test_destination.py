"""A file is whole or not there; what was there before stays until then."""

import os
import resource
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from crawler.export.destination import ExportError, UnwritableError, opened


def test_the_file_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "stories.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with opened(str(path)) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["stories.csv"]


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    with opened(str(tmp_path / "new")):
        pass
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "stories.csv"
    path.write_bytes(b"old")
    with pytest.raises(KeyError), opened(str(path)) as file:
        _fail_after(file)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["stories.csv"]


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with (
            pytest.raises(ExportError, match=r"stories\.csv: file too large; nothing was kept"),
            opened(str(tmp_path / "stories.csv")) as file,
        ):
            file.writelines(b"x" * 10_000 for _ in range(100))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/x", "missing/x: there is no folder /.*/missing$"),
        ("file/x", "file/x: there is no folder /.*/file$"),
        (".", "is a directory"),
        ("x" * 300, "file name too long"),
        ("nul\0", "embedded null byte"),
    ],
)
def test_a_path_that_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableError, match=why), opened(f"{tmp_path}/{name}"):
        pytest.fail("it was opened")


def test_what_a_dead_process_left_of_the_same_file_is_removed(tmp_path: Path) -> None:
    path, other = str(tmp_path / "stories.xlsx"), str(tmp_path / "other.xlsx")
    with opened(path), opened(other):
        parts = [tmp_path / name for name in os.listdir(tmp_path)]
    stale = tmp_path / sorted(part.name for part in parts)[0]
    other_stale = tmp_path / sorted(part.name for part in parts)[1]
    for part in (stale, other_stale):
        part.write_bytes(b"half")
        part.with_name(f"{part.name}-rows").mkdir()
        (part.with_name(f"{part.name}-rows") / "rows").touch()
    for name in (path, other):
        before = len(os.listdir(tmp_path))
        with opened(name) as file:
            file.write(b"whole")
            with opened(name) as second:  # of a process that lives
                second.write(b"second")
        assert len(os.listdir(tmp_path)) == before - 2
    assert sorted(os.listdir(tmp_path)) == ["other.xlsx", "stories.xlsx"]
    assert Path(path).read_bytes() == b"whole"


def test_a_link_goes_on_leading_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "latest.csv"
    link.symlink_to("folder/stories.csv")
    with opened(str(link)) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "folder" / "stories.csv").read_bytes() == b"new"


def test_a_device_is_written_to_and_stays_a_device() -> None:
    with opened(os.devnull) as file:
        file.write(b"x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
    with pytest.raises(ExportError, match="no space left on device"), opened("/dev/full") as file:
        file.write(b"x")


def _fail_after(file: BinaryIO) -> None:
    file.write(b"half")
    raise KeyError
