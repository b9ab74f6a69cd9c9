"""Stored values as JSON lines: UTF-8, one object a line, instants in ISO 8601 UTC, to the
millisecond."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from crawler.attention import Count
from crawler.carriers import Carrier
from crawler.digest.gather import Digest
from crawler.display.outlets import OutletSummary
from crawler.display.url_history import UrlHistory
from crawler.health.outlet_state import Health
from crawler.replay.check import Finding
from crawler.storage.codec import RUN_NAMES, iso_instant
from crawler.storage.protocol import Run
from crawler.stories.model import Story
from crawler.watches import Message


def json_line(value: Story | Run | Health | OutletSummary | UrlHistory | Finding | Carrier) -> str:
    """Return `value` as one line of JSON, with Arabic letters unescaped."""
    values = run_values(value) if isinstance(value, Run) else asdict(value)
    return json.dumps(values, ensure_ascii=False, default=encode)


def run_values(run: Run) -> dict[str, Any]:
    """Return the fields of a run by the names under which programs know them."""
    values = asdict(run)
    return {shown_name: values[name] for name, shown_name in RUN_NAMES.items()}


def encode(value: object) -> str:
    """Return the JSON form of a value that `json` does not know. Raises TypeError for all but
    instants."""
    if isinstance(value, datetime):
        return iso_instant(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def count_line(by: str, count: Count) -> str:
    """Return `count`, of a key of `crawler.attention.BY`, as one line of JSON; an agency has a
    name too."""
    values: dict[str, object] = {by: count.key}
    if by == "agency":
        values["name"] = count.name
    values |= {"stories": count.stories, "copies": count.copies}
    return json.dumps(values, ensure_ascii=False)


def message_line(message: Message) -> str:
    """Return `message` as one line of JSON."""
    return json.dumps(asdict(message), ensure_ascii=False, default=encode)


def digest_line(digest: Digest) -> str:
    """Return `digest` as one line of JSON."""
    return json.dumps(asdict(digest), ensure_ascii=False, default=encode)
