"""The report: a page that stands alone, written from stores of both kinds."""

import argparse
import asyncio
import re
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler.commands.report import Command
from crawler.health.outlet_state import Health, Reason
from crawler.storage import open_reader
from crawler.web.interface import UiLanguage
from crawler.web.report import writer_alone, written_report
from crawler.web.site import Site
from tests.conftest import Scrapy
from tests.web.newsroom import FIRST, OUTLETS, SECOND

SINCE, UNTIL = date(2026, 2, 27), date(2026, 3, 2)
HEALTH = (
    Health("youm7", "degraded", (Reason("http_403", "4 of 5 <pages> were refused"),)),
    Health("bbc_ur", "healthy"),
)


def written(
    uri: str,
    language: UiLanguage = "en",
    base: str | None = None,
    days: tuple[date, date] = (SINCE, UNTIL),
) -> str:
    async def write() -> str:
        async with open_reader(uri) as reader:
            writer = writer_alone(Site(reader, OUTLETS), language, base)
            page, _ = await written_report(writer, *days, HEALTH, largest=10)
            return page

    return asyncio.run(write())


def parsed(text: str) -> Any:
    """Return the elements of a page (lxml's; its stubs know no result of XPath)."""
    return html.fromstring(text)


def table_of(page: Any, heading: str) -> list[list[str]]:
    """Return the cells of the rows of the tables below a heading, but those behind charts."""
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.xpath(f"//section[h2[@id='{heading}']]/div/table/tbody/tr")
    ]


@pytest.fixture(params=["tallied_newsroom", "mongodb_tallied_newsroom"])
def uri(request: pytest.FixtureRequest) -> str:
    """The URI of a filled store of each kind; its last day was never counted."""
    return str(request.getfixturevalue(request.param))


def test_the_numbers_are_right(uri: str) -> None:
    page = parsed(written(uri))
    totals = {each[0].text: each[1].text for each in page.xpath("//dl[@class='totals']/div")}
    assert totals == {
        "Stories": "5",
        "Copies": "6",
        "In Arabic": "3",
        "In Urdu": "2",
        "Outlets": "3",
        "Agencies": "2",
    }
    by_day = page.xpath("//figure[.//*[@id='by-language-title']]//tbody/tr")
    assert [[cell.text_content() for cell in row] for row in by_day] == [
        ["27 February 2026", "2", "0", "2"],
        ["28 February 2026", "0", "1", "1"],
        ["1 March 2026", "1", "1", "2"],
    ]
    assert table_of(page, "outlets") == [
        ["Youm7", "2", "0", "1", "3", "3", "", "1"],
        ["BBC News Urdu", "0", "1", "1", "2", "2", "", "0"],
        ["copy_ar", "0", "0", "1", "1", "0", "3 hours 6 minutes", "0"],
    ]
    assert table_of(page, "carriers") == [
        ["Reuters", "3", "3 hours 6 minutes", "Youm7 2 copy_ar 1"],
        ["وكالة <الساحل>", "1", "", "Youm7 1"],
    ]
    speed = page.xpath("//figure[.//*[@id='delays-title']]//tbody/tr")
    assert [[cell.text_content() for cell in row] for row in speed] == [
        ["copy_ar", "3 hours 6 minutes"]
    ]
    (row,) = table_of(page, "health")
    assert row[:2] == ["Youm7", "degraded"]
    assert "4 of 5 <pages> were refused" in row[2]


def test_the_largest_stories_lead_to_the_outlets(tallied_newsroom: str) -> None:
    page = parsed(written(tallied_newsroom))
    (story,) = page.xpath("//section[h2[@id='largest']]/article")
    headline = story.xpath("h3")[0]
    assert (headline.get("lang"), headline.get("dir")) == ("ar", "rtl")
    assert headline.text_content() == FIRST.headline
    assert story.xpath(".//a/@href") == [FIRST.url, FIRST.url, SECOND.url]
    line = " ".join(story.xpath("p[@class='carriers']")[0].text_content().split())
    assert line == "2 copies Youm7 first copy_ar 3 hours 6 minutes later"


@pytest.mark.parametrize("language", ["ar", "ur", "en"])
def test_nothing_is_asked_for(tallied_newsroom: str, language: UiLanguage) -> None:
    text = written(tallied_newsroom, language)
    page = parsed(text)
    direction = "ltr" if language == "en" else "rtl"
    assert (page.get("lang"), page.get("dir")) == (language, direction)
    assert page.xpath("//script | //link | //img | //iframe | //form | //@style | //@src") == []
    assert {each[:8] for each in page.xpath("//@href")} == {"https://"}  # the stories' own
    assert page.xpath("//*[@href and not(self::a)]") == []
    style = page.xpath("//style")[0].text_content()
    assert set(re.findall(r"url\(\"?(.{5})", style)) == {"data:"}
    assert "@import" not in style
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; font-src data:"]
    titles = page.xpath("//figure/figcaption")
    assert len(titles) == len(page.xpath("//svg[@role='img']")) >= 6
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_only_the_type_of_the_texts_stands_within(tallied_newsroom: str) -> None:
    families = re.compile(r'@font-face \{\s*font-family: "([^"]+)"')
    both = written(tallied_newsroom, "en", days=(SINCE, UNTIL))
    assert set(families.findall(both)) == {"Khabar Latin", "Khabar Naskh"}
    urdu = written(tallied_newsroom, "ur")
    assert set(families.findall(urdu)) == {"Khabar Latin", "Khabar Naskh", "Khabar Nastaliq"}
    none = written(tallied_newsroom, "en", days=(date(2020, 1, 1), date(2020, 1, 8)))
    assert families.findall(none) == ["Khabar Latin"]


def test_names_lead_to_a_running_site(tallied_newsroom: str) -> None:
    page = parsed(written(tallied_newsroom, "ur", "http://127.0.0.1:8000"))
    addresses = page.xpath("//section[h2[@id='carriers']]//a/@href")
    assert addresses[:2] == [
        "http://127.0.0.1:8000/agencies/reuters?ui=ur",
        "http://127.0.0.1:8000/outlets/youm7?ui=ur",
    ]
    (headline,) = page.xpath("//article/h3/a/@href")
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/stories/[0-9a-f]{32}\?ui=ur", headline)


def asked(*arguments: str) -> tuple[Command, argparse.Namespace]:
    command = Command()
    command.settings = get_project_settings()
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    return command, parser.parse_args(arguments)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--zone", "Karatschi"), "--zone: 'Karatschi' is no time zone"),
        (("--since", "2026-03-02", "--until", "2026-03-02"), "is not before --until"),
        (("--since", "2027-13-01"), "--since: '2027-13-01' is not a date"),
        (("--since", "2090-01-01"), "--since 2090-01-01 lies ahead"),
        (("--since", "1996-01-01", "--until", "2026-01-01"), "more than 7,320 days"),
        (("--base", "javascript:alert(1)"), "--base: 'javascript:alert(1)' is no address"),
        (("--base", "http://[::1"), "is no address such as"),
    ],
)
def test_bad_options_are_told_in_one_line(arguments: tuple[str, ...], told: str) -> None:
    command, options = asked(*arguments)
    with pytest.raises(UsageError, match=re.escape(told)) as caught:
        command.run([], options)
    assert "\n" not in str(caught.value)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "crawler.web.report", None)
    command, options = asked()
    with pytest.raises(UsageError, match=re.escape('pip install "khabar[web]"')):
        command.run([], options)


def test_the_command_writes_a_whole_file_or_none(
    scrapy: Scrapy, tallied_newsroom: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    process = scrapy(
        *("report", "--since", "2026-02-27", "--until", "2026-03-02"),
        *("--zone", "Asia/Karachi", "--ui", "ar", "--out", str(path)),
        KHABAR_STORE_URI=tallied_newsroom,
    )
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    page = parsed(path.read_text(encoding="utf-8"))
    heading = page.xpath("//p[@class='kicker']")[0].text_content()
    assert " ".join(heading.split()) == "من 27 فبراير 2026 إلى 1 مارس 2026"
    assert page.xpath("//dl[@class='totals']/div/dd")[0].text == "5"
    whole = path.read_bytes()
    process = scrapy("report", "--out", str(path), KHABAR_STORE_URI="sqlite:////missing/x.db")
    assert process.returncode == 2
    assert path.read_bytes() == whole
    process = scrapy("report", "--out", "/missing/x.html", KHABAR_STORE_URI=tallied_newsroom)
    assert process.returncode == 2
    assert process.stderr == "scrapy report: /missing/x.html: there is no folder /missing\n"


def test_a_week_without_stories_is_told_too(scrapy: Scrapy, tallied_newsroom: str) -> None:
    process = scrapy("report", "--out", "-", KHABAR_STORE_URI=tallied_newsroom)
    today = datetime.now(UTC).date()
    week = f"{today - timedelta(days=6)} to {today}"
    assert process.returncode == 0
    assert process.stderr == f"scrapy report: no story is stored of {week}\n"
    assert parsed(process.stdout).xpath("//figure//svg") == []
