"""The text that a monitoring system reads."""

import re
from datetime import UTC, datetime, timedelta
from itertools import groupby

from crawler.health.metrics import OutletMetrics, StoreMetrics, render
from crawler.health.outlet_state import Health
from crawler.storage import Run

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SAMPLE = re.compile(r'([a-z_]+)(\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[0-9.e+]+)')


def run(**counts: object) -> Run:
    return Run("r", "youm7", NOW, NOW, "done", **counts)  # type: ignore[arg-type]


def samples(text: str) -> dict[str, float]:
    """The samples of a text, every line of which must be well formed."""
    values = {}
    for line in text.splitlines():
        if line.startswith("#"):
            assert re.fullmatch(r"# (EOF|(TYPE|HELP|UNIT) khabar_[a-z_]+ .+)", line), line
            continue
        match = SAMPLE.fullmatch(line)
        assert match, line
        name, labels, value = match.groups()
        values[f"{name}{labels or ''}"] = float(value)
    return values


def test_the_runs_of_a_day_are_summed_up() -> None:
    youm7 = OutletMetrics(
        Health("youm7", "degraded"),
        NOW - timedelta(seconds=1),
        [
            run(new_stories=3, copies=1, gaps={"date": 1}, failures={"http_404": 2}),
            run(new_stories=4, left=5, failures={"http_404": 1, "dns": 1}, forgotten=2),
        ],
    )
    never = OutletMetrics(Health("bbc_ar", "never"), None, [])
    text = render([youm7, never], StoreMetrics({"stories": 7, "articles": 9}, 12345, 0))
    assert text.endswith("\n# EOF\n")
    values = samples(text)
    assert values['khabar_outlet_last_success_timestamp_seconds{outlet="youm7"}'] == (
        NOW.timestamp() - 1
    )
    assert 'khabar_outlet_last_success_timestamp_seconds{outlet="bbc_ar"}' not in values
    assert values['khabar_outlet_state{outlet="youm7",state="degraded"}'] == 1
    assert values['khabar_outlet_state{outlet="youm7",state="healthy"}'] == 0
    assert values['khabar_outlet_new_stories{outlet="youm7"}'] == 7
    assert values['khabar_outlet_new_stories{outlet="bbc_ar"}'] == 0
    assert values['khabar_outlet_runs{outlet="youm7"}'] == 2
    assert values['khabar_outlet_forgotten{outlet="youm7"}'] == 2
    assert values['khabar_outlet_left{outlet="youm7"}'] == 5
    assert values['khabar_outlet_gaps{outlet="youm7",field="date"}'] == 1
    assert values['khabar_outlet_failures{outlet="youm7",cause="http_404"}'] == 3
    assert values['khabar_outlet_failures{outlet="youm7",cause="dns"}'] == 1
    assert values["khabar_store_articles"] == 9
    assert values["khabar_store_size_bytes"] == 12345


def test_a_family_is_one_block_whatever_a_label_holds() -> None:
    odd = 'a "quoted" \\ name\nof two lines'
    outlets = [OutletMetrics(Health(name, "healthy"), NOW, [run(gaps={odd: 1})]) for name in "ab"]
    text = render(outlets, StoreMetrics({}, 0, 0))
    assert len(samples(text)) > 20
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    sampled = [re.split("[ {]", line)[0] for line in text.splitlines() if not line.startswith("#")]
    blocks = [name for name, _ in groupby(sampled)]
    assert len(blocks) == len(set(blocks))
