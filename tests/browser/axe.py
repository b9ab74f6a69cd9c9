"""axe-core, which looks for what keeps people from reading a page: downloaded once from npm, in
the version that ci/axe-core.json pins."""

import base64
import hashlib
import json
import os
import tarfile
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PINNED = ROOT / "ci" / "axe-core.json"
CACHE = ROOT / ".cache" / "axe"

_WITHIN = 60  # seconds


class NoAxe(Exception):
    """axe-core is not here; the message says why."""


@dataclass(frozen=True)
class Axe:
    """axe-core's source, which is evaluated in a page: no policy of the page keeps it out."""

    source: str

    def violations(
        self, page: Page, only: Sequence[str] = (), without: Sequence[str] = ()
    ) -> list[str]:
        """Return what is wrong with a page, one line each. only, without: rules, by their ids."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self.source)
        options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
        if only:
            options["runOnly"] = {"type": "rule", "values": list(only)}
        options["rules"] = {each: {"enabled": False} for each in without}
        found = page.evaluate(
            "async options => (await axe.run(document, options)).violations", options
        )
        return [
            f"{each['id']}: {node['html'][:200]}: {node['failureSummary']}"
            for each in found
            for node in each["nodes"]
        ]


def axe() -> Axe:
    """Return axe-core, downloaded on the first use. Raises NoAxe."""
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    kept = CACHE / f"axe-{pinned['version']}.min.js"
    if not kept.exists():
        _download(pinned, kept)
    return Axe(kept.read_text(encoding="utf-8"))


def _download(pinned: dict[str, str], kept: Path) -> None:
    """Put the file into the cache, whole or not at all: test runs may be at it side by side."""
    try:
        with urllib.request.urlopen(pinned["tarball"], timeout=_WITHIN) as response:
            archive = response.read()
    except OSError as error:
        raise NoAxe(f"{pinned['tarball']}: {error}") from None
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if f"sha512-{digest}" != pinned["integrity"]:
        raise NoAxe(f"{pinned['tarball']} is not what {PINNED.name} pins")
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        member = files.extractfile("package/axe.min.js")
        assert member is not None
        source = member.read()
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=CACHE, delete=False) as file:
        file.write(source)
    os.replace(file.name, kept)
