"""Tables on a terminal of 80 columns, and in a log."""

import io
import re
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from rich.console import Console

from crawler.counts import CrawlCounts
from crawler.display import tables
from crawler.display.outlets import OutletSummary
from crawler.display.tables import print_health, print_outlets, print_runs
from crawler.health.outlet_state import Health, Reason
from crawler.health.status import Status
from crawler.health.table import print_table
from crawler.storage import Run

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUN = Run(
    id="1",
    outlet="cnnbusinessarabic",
    started=NOON,
    finished=NOON,
    status="interrupted",
    scope="span",
    found=12345,
    fetched=12344,
    new_stories=9876,
    gaps={"gap_date": 3, "gap_body": 12},
    failures={"http_404": 4, "not_article/site_page": 17, "unreadable_data": 9, "timeout": 2},
    left=77,
)
OUTLET = OutletSummary(
    name="cnnbusinessarabic",
    title="CNN Business Arabic",
    native="سي إن إن الاقتصادية",
    language="ar",
    country="AE",
    hosts=("cnnbusinessarabic.com",),
    discovery=("feed", "news_sitemap", "sitemap", "listing"),
    platform=None,
    state="dead_discovery",
    declared="dead_discovery",
    evidence="",
    as_of=2026,
    confidence="high",
    last_success=NOON,
    stories=123456,
)
REASON = Reason("http_403", "the site refused 12 of 12 requests for articles, five runs in a row")
HEALTH = Health("cnnbusinessarabic", "degraded", (REASON, Reason("gap_date", "no dates read")))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the tables print on a terminal of 80 columns."""
    to = io.StringIO()

    def console(**given: object) -> Console:
        return console_of(to, width=80)

    monkeypatch.setattr(tables, "StdoutConsole", console)
    return to


def console_of(to: io.StringIO, width: int, *, terminal: bool = True) -> Console:
    return Console(
        file=to, width=width, force_terminal=terminal, color_system=None, highlight=False
    )


def lines_of(written: io.StringIO) -> list[str]:
    """The lines printed, which must fit 80 columns."""
    lines = written.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert "…" not in written.getvalue()
    return [line.rstrip() for line in lines]


def assert_words(words: str, lines: list[str]) -> None:
    """Each of `words` stands whole in the lines."""
    printed = re.sub(r"[\u2066-\u2069]", "", " ".join(lines)).split()
    assert set(words.split()) <= set(printed)


def test_runs_of_long_names_and_numbers_lose_no_word(written: io.StringIO) -> None:
    print_runs([RUN, RUN])
    lines = lines_of(written)
    assert lines[0].split() == ["started", "outlet", "status"]
    assert lines[1] == "2026-03-01 12:00Z cnnbusinessarabic interrupted (span)"
    assert lines[2].strip().startswith("found 12345, fetched 12344, new stories 9876, copies 0,")
    assert_words("gap_date 3, gap_body 12 not_article/site_page 17, unreadable_data run: 77", lines)


def test_outlets_lose_no_word(written: io.StringIO) -> None:
    print_outlets([OUTLET, OUTLET])
    lines = lines_of(written)
    assert lines[1].split() == [
        *("cnnbusinessarabic", "ar", "AE", "dead_discovery", "2026-03-01", "12:00Z", "123456"),
    ]
    assert lines[2].strip().startswith("\u2067سي إن إن الاقتصادية\u2069  feed, news_sitemap")
    assert_words("news_sitemap, sitemap, listing", lines)


def test_reasons_lose_no_word(written: io.StringIO) -> None:
    print_health([(HEALTH, NOON), (Health("youm7", "healthy", ()), None)])
    lines = lines_of(written)
    assert lines[1] == "cnnbusinessarabic degraded 2026-03-01 12:00Z"
    assert_words(f"http_403: {REASON.detail} gap_date: no dates read youm7 healthy -", lines)


def test_the_table_of_a_crawl_loses_no_word() -> None:
    to = io.StringIO()
    counts = CrawlCounts(found=12345, fetched=12344, new_stories=9876, failures={"http_404": 4})
    rows: dict[str, tuple[CrawlCounts, Status | str]] = {
        "cnnbusinessarabic": (counts, Status.STORE_DOWN),
        "lajornada_of_cairo": (counts, Status.STORE_DOWN),
        "youm7": (CrawlCounts(), Status.DONE),
    }
    print_table(rows, console_of(to, width=80))
    lines = lines_of(to)
    assert lines[1] == "cnnbusinessarabic  store down (13)"
    assert_words("cnnbusinessarabic store down (13) 12345, 9876, failures: http_404", lines)


def test_the_table_of_a_crawl_keeps_its_columns_where_they_fit() -> None:
    to = io.StringIO()
    print_table({"youm7": (CrawlCounts(found=3, left=2), Status.DONE)}, console_of(to, width=80))
    assert lines_of(to) == [
        "outlet status found fetched new stories copies revisions unchanged",
        "youm7  done       3       0           0      0         0         0",
        "youm7: left for the next run: 2",
    ]


def test_short_rows_stand_in_one_line_on_80_columns_too(written: io.StringIO) -> None:
    print_health([(Health("youm7", "healthy", ()), NOON)])
    assert lines_of(written) == [
        "outlet state   last success      why",
        "youm7  healthy 2026-03-01 12:00Z",
    ]


def test_in_a_log_each_row_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    to = io.StringIO()

    def console(**given: object) -> Console:
        return console_of(to, width=80, terminal=False)

    monkeypatch.setattr(tables, "StdoutConsole", console)
    print_runs([RUN])
    print_outlets([OUTLET])
    lines = to.getvalue().splitlines()
    assert len(lines) == 4
    assert "http_404 4, not_article/site_page 17, unreadable_data 9, timeout 2" in lines[1]
    assert "سي إن إن الاقتصادية" in lines[3]
    assert not set("\u2066\u2067\u2068\u2069") & set(to.getvalue())
