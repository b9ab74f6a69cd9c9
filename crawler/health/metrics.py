"""The numbers of a store for a monitoring system, in the text format of OpenMetrics.

Only gauges: the textfile collector of Prometheus's node exporter, which reads such a file, knows no
state sets.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from crawler.health.monitors import State
from crawler.health.outlet_state import Health
from crawler.storage import Run

STATES: tuple[str, ...] = get_args(State)

_Labels = Mapping[str, str]
_Sample = tuple[_Labels, float]


@dataclass(frozen=True, slots=True)
class OutletMetrics:
    """What is told of one outlet. runs: those that began on the last day. last_success: the end of
    the newest run that could read the outlet, None if no run could."""

    health: Health
    last_success: datetime | None
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class StoreMetrics:
    """What is told of the store. counts: see `Store.counts`. size, spool_size: bytes."""

    counts: Mapping[str, int]
    size: int
    spool_size: int


def render(outlets: Sequence[OutletMetrics], store: StoreMetrics) -> str:
    """Return the metrics as text, which ends as OpenMetrics wants it."""
    lines: list[str] = []
    for name, text, samples in (*_of_outlets(outlets), *_of_store(store)):
        lines += _family(name, text, samples)
    return "\n".join([*lines, "# EOF", ""])


def _of_outlets(
    outlets: Sequence[OutletMetrics],
) -> Iterable[tuple[str, str, Iterable[_Sample]]]:
    yield (
        "khabar_outlet_last_success_timestamp_seconds",
        "When the newest run that could read the outlet ended.",
        [
            ({"outlet": each.health.outlet}, each.last_success.timestamp())
            for each in outlets
            if each.last_success is not None
        ],
    )
    yield (
        "khabar_outlet_state",
        "1 for the state that the outlet is in (scrapy health), 0 for the others.",
        [
            ({"outlet": each.health.outlet, "state": state}, float(state == each.health.state))
            for each in outlets
            for state in STATES
        ],
    )
    numbers = {
        "runs": "Runs that began on the last day.",
        "new_stories": "New stories of the runs that began on the last day.",
        "copies": "New copies of known stories of the runs that began on the last day.",
        "revisions": "Changed articles of the runs that began on the last day.",
        "forgotten": "Articles refused because they were removed, in the runs of the last day.",
        "left": "Articles that the runs of the last day left for the next one.",
    }
    for name, text in numbers.items():
        yield (
            f"khabar_outlet_{name}",
            text,
            [({"outlet": each.health.outlet}, float(_sum(each.runs, name))) for each in outlets],
        )
    yield (
        "khabar_outlet_gaps",
        "Stored articles that lack a field, in the runs that began on the last day.",
        _by_name(outlets, "gaps", "field"),
    )
    yield (
        "khabar_outlet_failures",
        "What could not be read, by cause (docs/causes.md), in the runs of the last day.",
        _by_name(outlets, "failures", "cause"),
    )


def _of_store(store: StoreMetrics) -> Iterable[tuple[str, str, Iterable[_Sample]]]:
    for name, count in store.counts.items():
        yield f"khabar_store_{name}", f"Number of {name} in the store.", [({}, float(count))]
    yield "khabar_store_size_bytes", "Bytes of the store on the disk.", [({}, float(store.size))]
    text = "Bytes of the articles that wait in the spool, and of lines set aside."
    yield "khabar_spool_size_bytes", text, [({}, float(store.spool_size))]


def _sum(runs: Sequence[Run], name: str) -> int:
    return len(runs) if name == "runs" else sum(getattr(run, name) for run in runs)


def _by_name(outlets: Sequence[OutletMetrics], count: str, label: str) -> list[_Sample]:
    """Return the sums of a count that runs keep by name."""
    samples: list[_Sample] = []
    for each in outlets:
        sums: dict[str, int] = {}
        for run in each.runs:
            for name, number in getattr(run, count).items():
                sums[name] = sums.get(name, 0) + number
        samples += [
            ({"outlet": each.health.outlet, label: name}, float(sums[name]))
            for name in sorted(sums)
        ]
    return samples


def _family(name: str, text: str, samples: Iterable[_Sample]) -> list[str]:
    lines = [f"# TYPE {name} gauge"]
    unit = name.rpartition("_")[2]
    if unit in ("seconds", "bytes"):
        lines.append(f"# UNIT {name} {unit}")
    lines.append(f"# HELP {name} {text}")
    return lines + [f"{name}{_labels(labels)} {_number(value)}" for labels, value in samples]


def _labels(labels: _Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
