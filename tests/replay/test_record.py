"""`scrapy record` against a site on this machine, and the replay of what it wrote."""

import gzip
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SPIDER = """
from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider

class GazetteSpider(OutletSpider):
    outlet = Outlet(
        name="gazette", title="Gazette", native="الجريدة", language="ar", country="EG",
        zone="Africa/Cairo",
        hosts=("127.0.0.1",), articles=r"http://127\\.0\\.0\\.1:\\d+/story/\\d+\\.html",
        discovery=(
            Feed(url="SITE/rss"),
            Listing(url="SITE/latest", links="h3 a"),
            Listing(url="SITE/ajax", form={"section": "{each}", "page": "{n}"}, each=("أخبار", "b"),
                    first=0, last=1),
        ),
        publisher="petra", as_of=2024, confidence="low", delay=0,
    )
"""
STORY = """<!doctype html><html lang="ar" dir="rtl">
<head><meta charset="utf-8"><title>الجريدة</title></head><body>
<article><h1>افتتاح مكتبة عامة جديدة في وسط المدينة</h1>
<p>افتتح رئيس البلدية صباح اليوم مكتبة عامة تضم أربعين ألف كتاب وقاعة واسعة للأطفال في وسط المدينة
القديمة.</p>
<p>وقال أمين المكتبة إن القاعات ستبقى مفتوحة حتى المساء طوال أيام الأسبوع، وإن الاستعارة مجانية
لجميع السكان.</p>
</article></body></html>"""
HTML = "text/html; charset=utf-8"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(scrapy: Run, site: Any, tmp_path: Path) -> Run:
    """Return a function that runs a command in a project whose one outlet is the site."""
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "site_spiders.py").write_text(SPIDER.replace("SITE", site.url), encoding="utf-8")
    path = os.pathsep.join([str(modules), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)

    def run(command: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        settings = (
            "-s",
            "SPIDER_MODULES=site_spiders",
            "-s",
            "AUTOTHROTTLE_ENABLED=0",
            "-s",
            "GUARD_ALLOW=127.0.0.0/8",
        )
        store = f"sqlite:///{tmp_path}/khabar.db"
        return scrapy(command, *settings, *arguments, PYTHONPATH=path, KHABAR_STORE_URI=store)

    return run


@pytest.fixture
def record(run: Run, tmp_path: Path) -> Run:
    """Return a function that runs `scrapy record ...` into the folder `recorded`."""
    return lambda *arguments: run("record", "--into", str(tmp_path / "recorded"), *arguments)


def files(tmp_path: Path) -> set[str]:
    recorded = tmp_path / "recorded"
    return {str(file.relative_to(recorded)) for file in recorded.rglob("*") if file.is_file()}


def content(tmp_path: Path, file: str) -> Any:
    return json.loads((tmp_path / "recorded" / file).read_text(encoding="utf-8"))


def test_an_article_is_recorded_with_its_redirect_and_replays_to_what_is_expected(
    run: Run, record: Run, site: Any, tmp_path: Path
) -> None:
    story = site.serve(
        "/story/2024.html",
        gzip.compress(STORY.encode()),
        Content_Type=HTML,
        Content_Encoding="gzip",
        Set_Cookie="session=secret",
    )
    short = site.serve("/go", status=302, Location="/story/2024.html")

    finished = record(short)

    assert finished.returncode == 0, finished.stderr
    case = "gazette/article-2024/"
    assert finished.stdout.startswith(f"{tmp_path}/recorded/gazette/article-2024: ")
    assert files(tmp_path) == {
        case + name for name in ("exchange.json", "page.html", "expected.json")
    }
    redirect, page = content(tmp_path, case + "exchange.json")
    assert (redirect["url"], redirect["status"], redirect["body"]) == (short, 302, None)
    assert redirect["headers"]["Location"] == "/story/2024.html"
    assert (page["url"], page["status"], page["body"]) == (story, 200, "page.html")
    assert page["headers"]["Content-Type"] == HTML
    assert not page["headers"].keys() & {"Content-Encoding", "Content-Length", "Set-Cookie"}
    assert (tmp_path / "recorded" / case / "page.html").read_text(encoding="utf-8") == STORY
    expected = content(tmp_path, case + "expected.json")
    assert expected["checked"] is False
    assert expected["article"]["headline"] == "افتتاح مكتبة عامة جديدة في وسط المدينة"
    assert expected["article"]["outlet"] == "gazette"

    site.pages.clear()
    site.asked.clear()
    out = tmp_path / "items.jsonl"
    replay = ("-s", f"REPLAY={tmp_path}/recorded", "-O", f"{out}:jsonl")
    replayed = run("crawl", "gazette", "-a", f"url={short}", *replay)

    assert replayed.returncode == 0, replayed.stderr
    [item] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {name: item[name] for name in ("headline", "body", "language")} == {
        name: expected["article"][name] for name in ("headline", "body", "language")
    }
    assert item["fetched_at"].startswith(page["fetched_at"][:19])
    assert site.asked == []


def test_a_feed_and_a_listing_are_recorded_with_the_articles_they_announce(
    record: Run, site: Any, tmp_path: Path
) -> None:
    items = "".join(
        f"<item><link>{site.url}{path}</link></item>" for path in ("/story/1.html", "/about")
    )
    feed = site.serve(
        "/rss", f'<rss version="2.0"><channel>{items}</channel></rss>', Content_Type="text/xml"
    )
    listing = site.serve("/latest", '<h3><a href="/story/2.html">x</a></h3>', Content_Type=HTML)

    assert record(feed, "--case", "feed").returncode == 0
    assert record(listing, "--case", "latest", "--spider", "gazette").returncode == 0

    assert content(tmp_path, "gazette/feed/expected.json") == {
        "checked": False,
        "discovery": "feed",
        "addresses": [f"{site.url}/story/1.html"],
    }
    assert content(tmp_path, "gazette/latest/expected.json") == {
        "checked": False,
        "discovery": "listing",
        "addresses": [f"{site.url}/story/2.html"],
    }
    assert {"gazette/feed/feed.xml", "gazette/latest/listing.html"} < files(tmp_path)


def test_a_form_is_recorded_with_what_it_sent_and_answers_only_that(
    record: Run, run: Run, site: Any, tmp_path: Path
) -> None:
    first, other = "section=%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1&page=0", "section=b&page=0"
    site.serve(f"/ajax {first}", '<a href="/story/1.html">x</a>', Content_Type=HTML)
    site.serve(f"/ajax {other}", '<a href="/story/2.html">x</a>', Content_Type=HTML)
    site.serve("/story/1.html", STORY, Content_Type=HTML)

    assert record(f"{site.url}/ajax", "--case", "declared").returncode == 0
    assert record(f"{site.url}/ajax", "--case", "named", "--form", other).returncode == 0
    assert record(f"{site.url}/story/1.html", "--case", "story").returncode == 0

    [hop] = content(tmp_path, "gazette/declared/exchange.json")
    assert (hop["url"], hop["form"], hop["status"]) == (f"{site.url}/ajax", first, 200)
    assert content(tmp_path, "gazette/declared/expected.json")["addresses"] == [
        f"{site.url}/story/1.html"
    ]
    [hop] = content(tmp_path, "gazette/named/exchange.json")
    assert hop["form"] == other
    site.pages.clear()
    site.asked.clear()
    out = tmp_path / "items.jsonl"
    replayed = run("crawl", "gazette", "-s", f"REPLAY={tmp_path}/recorded", "-O", f"{out}:jsonl")
    assert f"not_recorded: {site.url}/rss" in replayed.stderr
    assert f"not_recorded: {site.url}/story/2.html" in replayed.stderr
    assert f'"url": "{site.url}/story/1.html"' in out.read_text(encoding="utf-8")
    assert site.asked == []


def test_a_form_that_sends_nothing_is_refused(record: Run, site: Any) -> None:
    finished = record(f"{site.url}/ajax", "--form", "")

    assert finished.returncode == 2
    assert "--form sends nothing" in finished.stderr


def test_a_page_that_we_cannot_read_is_recorded_for_whoever_mends_that(
    record: Run, site: Any, tmp_path: Path
) -> None:
    finished = record(site.serve("/story/1.html", "<p>x</p>", Content_Type=HTML), "--case", "x")

    assert finished.returncode == 0, finished.stderr
    assert "our extraction finds no article in it" in finished.stdout
    assert content(tmp_path, "gazette/x/expected.json")["article"]["headline"] is None


def test_a_case_is_replaced_only_by_force(record: Run, site: Any, tmp_path: Path) -> None:
    page = site.serve("/story/1.html", STORY, Content_Type=HTML)
    assert record(page, "--case", "one").returncode == 0
    kept = tmp_path / "recorded/gazette/one/page.html"
    site.serve("/story/1.html", STORY + "<!-- later -->", Content_Type=HTML)

    again = record(page, "--case", "one")

    assert again.returncode == 2
    assert "gazette/one exists; --force replaces it" in again.stderr
    assert kept.read_text(encoding="utf-8") == STORY
    assert record(page, "--case", "one", "--force").returncode == 0
    assert kept.read_text(encoding="utf-8").endswith("later -->")


def test_an_address_is_recorded_as_often_as_it_is_asked_for(
    record: Run, run: Run, site: Any, tmp_path: Path
) -> None:
    page = site.serve("/story/2026.html", STORY, Content_Type=HTML)
    assert record(page).returncode == 0
    site.serve("/story/2026.html", STORY.replace("أربعين", "خمسين"), Content_Type=HTML)

    assert record(page).returncode == 0

    first, second = sorted((tmp_path / "recorded/gazette").iterdir())
    assert first.name == "article-2026"
    assert re.fullmatch(r"article-2026-\d{4}-\d\d-\d\dT\d{6}", second.name)
    [hop] = content(tmp_path, "gazette/article-2026/exchange.json")
    out = tmp_path / "items.jsonl"
    replay = (f"url={page}", "-s", f"REPLAY={tmp_path}/recorded")
    for at, said in ((), "خمسين"), (("-s", f"REPLAY_AT={hop['fetched_at']}"), "أربعين"):
        replayed = run("crawl", "gazette", "-a", *replay, *at, "-O", f"{out}:jsonl")
        assert replayed.returncode == 0, replayed.stderr
        assert said in out.read_text(encoding="utf-8")


def test_robots_txt_is_obeyed_whatever_the_settings_say(
    record: Run, site: Any, tmp_path: Path
) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /story/")
    page = site.serve("/story/1.html", STORY, Content_Type=HTML)

    finished = record(page, "-s", "ROBOTSTXT_OBEY=0")

    assert (finished.returncode, finished.stderr) == (12, f"{page}: robots; nothing recorded\n")
    assert site.asked == ["/robots.txt"]
    assert files(tmp_path) == set()


@pytest.mark.parametrize(
    ("path", "answer", "cause"),
    [
        ("/story/1.html", {"status": 404}, "http_404"),
        ("/about", {"body": "<p>x</p>"}, "not_article"),
    ],
)
def test_what_is_no_page_of_the_outlet_is_not_recorded(
    path: str, answer: dict[str, Any], cause: str, record: Run, site: Any, tmp_path: Path
) -> None:
    page = site.serve(path, Content_Type=HTML, **answer)

    finished = record(page)

    assert (finished.returncode, finished.stderr) == (11, f"{page}: {cause}; nothing recorded\n")
    assert files(tmp_path) == set()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "name one http(s) address"),
        (["feed.xml"], "name one http(s) address"),
        (["file:///etc/passwd", "--spider", "gazette"], "name one http(s) address"),
        (["https://elsewhere.example/1"], "no outlet has it; name one with --spider"),
        (["https://elsewhere.example/1", "--spider", "gazet"], "unknown outlet 'gazet'"),
        (
            ["http://127.0.0.1/story/1.html", "--case", "../one"],
            "--case '../one' is not a folder name",
        ),
        (["http://127.0.0.1/story/1.html", "--case", ".."], "--case '..' is not a folder name"),
    ],
)
def test_usage_is_checked_before_anything_is_asked(
    arguments: list[str], complaint: str, record: Run, tmp_path: Path
) -> None:
    finished = record(*arguments)

    assert finished.returncode == 2
    assert complaint in finished.stderr


def test_recording_from_recordings_is_refused(record: Run, fixtures: Any, make_hop: Any) -> None:
    fixtures.record("gazette/one", make_hop("https://news.example/1"))

    finished = record("http://127.0.0.1/story/1.html", "-s", f"REPLAY={fixtures.path}")

    assert finished.returncode == 2
    assert "recording needs the network" in finished.stderr


def test_nothing_is_recorded_from_inside_the_network(
    record: Run, site: Any, tmp_path: Path
) -> None:
    story = site.serve("/story/1.html", STORY, Content_Type=HTML)

    finished = record(story, "-s", "GUARD_ALLOW=")

    told = f"{story}: private_address; nothing recorded\n"
    assert (finished.returncode, finished.stderr) == (11, told)
    assert (site.asked, files(tmp_path)) == ([], set())


def test_a_live_site_is_checked_against_its_declaration(run: Run, site: Any) -> None:
    story = site.serve("/story/2024.html", STORY.encode(), Content_Type=HTML)
    feed = f'<rss version="2.0"><channel><item><link>{story}</link></item></channel></rss>'
    site.serve("/rss", feed.encode(), Content_Type="text/xml")
    site.serve("/latest", f'<h2><a href="{story}">-</a></h2>'.encode(), Content_Type=HTML)

    finished = run("check-outlet", "gazette", "--live")

    assert finished.returncode == 1
    listing, form = finished.stdout.splitlines()
    assert listing.startswith("gazette: discovery[1]: ")
    assert "/latest: not_as_declared" in listing
    assert form.startswith("gazette: discovery[2]: ")
    assert "404" in form


@pytest.mark.parametrize("kinds", ["Feed", "Sitemap"])
def test_two_documents_of_a_kind_and_an_index_are_checked_alive(
    run: Run, site: Any, tmp_path: Path, kinds: str
) -> None:
    story = site.serve("/story/2024.html", STORY.encode(), Content_Type=HTML)
    feed = f'<rss version="2.0"><channel><item><link>{story}</link></item></channel></rss>'
    site.serve("/rss", feed.encode(), Content_Type="text/xml")
    site.serve("/rss/2", feed.encode(), Content_Type="text/xml")
    child = f"<urlset><url><loc>{story}</loc></url></urlset>"
    index = f"<sitemapindex><sitemap><loc>{site.url}/child.xml</loc></sitemap></sitemapindex>"
    site.serve("/child.xml", child.encode(), Content_Type="text/xml")
    site.serve("/index.xml", index.encode(), Content_Type="text/xml")
    module = tmp_path / "modules" / "site_spiders.py"
    declared = 'Feed(url="SITE/rss"), Feed(url="SITE/rss/2"),'
    if kinds == "Sitemap":
        declared = 'Sitemap(url="SITE/index.xml"),'
    source = re.sub(r"(?s)Feed\(url=.*first=0, last=1\),", declared, SPIDER)
    source = source.replace("SITE", site.url).replace("import Feed, ", "import Feed, Sitemap, ")
    module.write_text(source, "utf-8")

    finished = run("check-outlet", "gazette", "--live")

    assert (finished.returncode, finished.stdout) == (0, ""), finished.stderr
