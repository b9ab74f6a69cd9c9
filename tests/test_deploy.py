"""The examples in deploy/ stay true: what they name exists, and what they run runs."""

import argparse
import fcntl
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.commands.serve import Command, read_access
from crawler.health.status import Status
from tests.conftest import REPLAYED_OUTLETS, ROOT

DEPLOY = ROOT / "deploy"
STATE = "/var/lib/khabar"
# As cron(8) starts a job; Debian's PATH.
CRON_ENVIRONMENT = {"HOME": "/", "LOGNAME": "khabar", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}


def unit(name: str) -> dict[str, list[str]]:
    """The values of each option of a systemd unit; options can be repeated, and no two sections
    share one here."""
    options = defaultdict(list)
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            option, _, value = line.partition("=")
            options[option].append(value)
    return options


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile: name and the rest, lines joined."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def container(name: str) -> str:
    """What the one instruction `name` of the Containerfile says."""
    (rest,) = [rest for each, rest in instructions() if each == name]
    return rest


def cron_line() -> str:
    (line,) = (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines()
    return line


def service_command() -> str:
    (command,) = unit("khabar.service")["ExecStart"]
    return command.removeprefix("/opt/khabar/")


def container_command() -> str:
    entry, command = json.loads(container("ENTRYPOINT")), json.loads(container("CMD"))
    return shlex.join([".venv/bin/" + entry[0], *entry[1:], *command])


def cron_command() -> str:
    return cron_line().split(maxsplit=5)[5]


Run = Callable[[str], "subprocess.CompletedProcess[str]"]
Scrapy = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command of an example as cron would, with its folders moved to where the test is and
    the pages recorded ones; the environment file is the example."""
    example = (DEPLOY / "khabar.env.example").read_text(encoding="utf-8")
    (tmp_path / "khabar.env").write_text(example.replace(STATE, str(tmp_path)), encoding="utf-8")
    here = {
        "/opt/khabar": str(ROOT),
        "/etc/khabar.env": str(tmp_path / "khabar.env"),
        STATE: str(tmp_path),
        ".venv/bin/scrapy": f"{sys.executable} -m scrapy.cmdline",
        "--jobs 2": f"--jobs 2 --only {','.join(REPLAYED_OUTLETS)} -s REPLAY=fixtures",
    }

    def in_shell(command: str) -> "subprocess.CompletedProcess[str]":
        for there, place in here.items():
            command = command.replace(there, place)
        assert "REPLAY" in command
        return subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=ROOT,
            env=CRON_ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return in_shell


def settings_variables() -> set[str]:
    """The environment variables that the settings are read from."""
    text = (ROOT / "crawler" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'os\.environ\.get\("(KHABAR_\w+)"', text))


def crawled_outlets(folder: Path, scrapy: Scrapy) -> set[str]:
    """The outlets whose crawl into the store of `folder` is done."""
    runs = scrapy(
        "runs", "--json", KHABAR_STORE_URI=f"sqlite:///{folder}/khabar.db"
    ).stdout.splitlines()
    return {each["outlet"] for each in map(json.loads, runs) if each["status"] == "done"}


@pytest.mark.skipif(not shutil.which("flock"), reason="no flock (util-linux) here")
def test_the_cron_line_crawls_with_cron_s_bare_environment(
    run: Run, tmp_path: Path, scrapy: Scrapy
) -> None:
    assert "%" not in cron_line(), "a new line to cron"
    done = run(cron_command())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), (
        "cron would send what is printed as mail"
    )
    assert re.search(
        "^youm7 +done ", (tmp_path / "crawl.log").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert crawled_outlets(tmp_path, scrapy) == set(REPLAYED_OUTLETS)


@pytest.mark.skipif(not shutil.which("flock"), reason="no flock (util-linux) here")
def test_the_cron_line_starts_nothing_while_one_runs(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "crawl.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run(cron_command()).returncode == 1
    assert not (tmp_path / "khabar.db").exists()


@pytest.mark.parametrize(
    "command", [service_command(), container_command()], ids=["service", "container"]
)
def test_the_command_runs(run: Run, tmp_path: Path, command: str, scrapy: Scrapy) -> None:
    done = run(f"set -a && . /etc/khabar.env && {command}")
    assert done.returncode == 0, done.stderr
    assert crawled_outlets(tmp_path, scrapy) == set(REPLAYED_OUTLETS)


def test_the_service_fits_the_project() -> None:
    service = unit("khabar.service")
    assert service["WorkingDirectory"] == ["/opt/khabar"]
    assert service["EnvironmentFile"] == ["/etc/khabar.env"]
    assert service["StateDirectory"] == [Path(STATE).name]
    assert service["User"] == ["khabar"]
    good = {Status(int(word)) for word in service["SuccessExitStatus"][0].split()}
    assert good == {Status.DEGRADED, Status.ALREADY_RUNNING}
    assert service["KillMode"] == ["mixed"], (
        "or each crawl gets the signal twice, and ends without its last writes"
    )
    assert not {"MemoryDenyWriteExecute", "ProtectProc"} & set(service), (
        "tried: see the comment there"
    )


def analyze(*arguments: str | Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    done = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


UNITS = ("khabar.service", "khabar.timer", "khabar-web.service")


def test_the_site_s_service_fits_the_project() -> None:
    service, crawls = unit("khabar-web.service"), unit("khabar.service")
    for option in ("WorkingDirectory", "EnvironmentFile", "StateDirectory", "User", "UMask"):
        assert service[option] == crawls[option]
    assert service["RestartPreventExitStatus"] == [str(Status.USAGE.value)]
    (command,) = service["ExecStart"]
    _, name, *given = shlex.split(command)
    assert name == "serve"
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    serve = Command()
    serve.settings = Settings()
    serve.add_options(parser)
    access = read_access(parser.parse_args(given), "a-token-of-the-environment")
    assert access.trusted_proxies == {"127.0.0.1"}
    assert not access.user_header


def test_systemd_finds_no_fault_with_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        # It checks that the command is there.
        (tmp_path / name).write_text(
            text.replace("/opt/khabar/.venv/bin/scrapy", sys.executable), encoding="utf-8"
        )
    analyze("verify", *(tmp_path / name for name in UNITS))
    analyze("calendar", *unit("khabar.timer")["OnCalendar"])


def test_the_service_is_confined() -> None:
    # Tenths of systemd's exposure level; 96 without a word of hardening.
    for name in ("khabar.service", "khabar-web.service"):
        analyze("security", "--offline=yes", "--threshold=15", DEPLOY / name)


def test_the_environment_file_means_the_same_to_all_its_readers(tmp_path: Path) -> None:
    lines = (DEPLOY / "khabar.env.example").read_text(encoding="utf-8").splitlines()
    examples = [line.removeprefix("#") for line in lines if re.match(r"#?KHABAR_", line)]
    file = tmp_path / "khabar.env"
    file.write_text("\n".join(examples), encoding="utf-8")
    shell = subprocess.run(
        ["/bin/sh", "-c", 'set -a && . "$0" && env', file],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {line for line in shell.stdout.splitlines() if line.startswith("KHABAR_")} == set(
        examples
    )
    assert {line.partition("=")[0] for line in examples} < settings_variables()


def test_each_variable_is_documented() -> None:
    text = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(KHABAR_\w+)` \|", text, re.MULTILINE)) == settings_variables()


def test_each_exit_status_is_documented() -> None:
    text = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == [
        str(status.value) for status in Status
    ]


def test_the_image_is_built_of_what_is_there_and_of_what_is_locked() -> None:
    for sources in (rest.split()[:-1] for name, rest in instructions() if name == "COPY"):
        assert all((ROOT / source).exists() for source in sources), sources
    (install,) = [rest for name, rest in instructions() if "pip install" in rest]
    assert "--require-hashes -r requirements/run.txt" in install


def test_the_image_runs_without_root_and_holds_no_secret() -> None:
    names = [name for name, _ in instructions()]
    assert names.index("USER") > max(
        place for place, name in enumerate(names) if name in ("RUN", "COPY")
    )
    assert int(container("USER")) > 0
    assert "ARG" not in names
    assert container("VOLUME") == STATE
    variables = dict(part.split("=", 1) for part in container("ENV").split())
    assert set(variables) < settings_variables()
    assert all(STATE in value and "@" not in value for value in variables.values())
