"""`scrapy addoutlet` against a site on this machine."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HTML = "text/html; charset=utf-8"
FRONT = """<html lang="ar"><head><title>الواحة</title>
<meta property="og:site_name" content="صحيفة الواحة">
<link rel="alternate" type="application/rss+xml" href="/rss"></head>
<body><nav><a href="/about">من نحن</a></nav></body></html>"""
STORY = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>TITLE</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="2026-11-2DAYT09:30:00+02:00"></head><body>
<article><h1>TITLE</h1>
<p>افتتح رئيس البلدية صباح اليوم مكتبة عامة تضم أربعين ألف كتاب وقاعة واسعة للأطفال في وسط المدينة
القديمة، بعد عامين من العمل.</p>
<p>وقال أمين المكتبة إن القاعات ستبقى مفتوحة حتى المساء طوال أيام الأسبوع، وإن الاستعارة مجانية
لجميع السكان.</p></article></body></html>"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def add(scrapy: Run, tmp_path: Path) -> Run:
    """Return a function that runs `scrapy addoutlet` in a project with an empty package."""
    for package in ("papers", "papers/ar"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        settings = ("SPIDER_MODULES=papers", "AUTOTHROTTLE_ENABLED=0", "GUARD_ALLOW=127.0.0.0/8",
                    "DOWNLOAD_DELAY=0")  # fmt: skip
        options = [part for setting in settings for part in ("-s", setting)]
        fixtures = ("--fixtures", str(tmp_path / "fixtures"))
        return scrapy("addoutlet", *options, *fixtures, *arguments, PYTHONPATH=path)

    return run


def serve_site(site: Any, *, with_feed: bool = True) -> list[str]:
    """Serve a front page, a feed and three stories; return the addresses of the stories."""
    titles = ("افتتاح مكتبة عامة في المدينة", "مطر غزير على الساحل الشرقي", "قطار جديد إلى الجنوب")
    stories = [
        site.serve(
            f"/story/{7000 + day}/{slug}",
            STORY.replace("TITLE", title).replace("DAY", str(day)).encode(),
            Content_Type=HTML,
        )
        for day, (slug, title) in enumerate(zip(("library", "rain", "train"), titles, strict=True))
    ]
    links = "".join(f"<item><link>{url}</link></item>" for url in stories)
    feed = f'<rss version="2.0"><channel>{links}</channel></rss>'
    site.serve("/", FRONT.encode(), Content_Type=HTML)
    if with_feed:
        site.serve("/rss", feed.encode(), Content_Type="text/xml")
    return stories


def test_a_declaration_and_fixtures_are_written_and_doubts_are_told(
    add: Run, site: Any, tmp_path: Path
) -> None:
    first, *_ = serve_site(site)
    finished = add(first, "--name", "waha", "--country", "jo")
    assert finished.returncode == 0, finished.stderr
    module = (tmp_path / "papers" / "ar" / "waha.py").read_text("utf-8")
    namespace: dict[str, Any] = {"__name__": "papers.ar.waha", "OutletSpider": object}
    # Scrapy's Spider wants the file of its module.
    exec(module.replace("from crawler.spiders.base import OutletSpider\n", ""), namespace)
    outlet = namespace["WahaSpider"].outlet
    assert (outlet.title, outlet.country, outlet.zone) == ("صحيفة الواحة", "JO", "Asia/Amman")
    assert outlet.articles == r"/story/\d+/[^/]+"
    assert outlet.id == r"story/\d+"
    assert outlet.is_article(first)
    assert [type(kind).__name__ for kind in outlet.discovery] == ["Feed"]
    cases = sorted(path.name for path in (tmp_path / "fixtures" / "waha").iterdir())
    assert len([case for case in cases if case.startswith("article-")]) == 3
    assert len([case for case in cases if case.startswith("feed-")]) == 1
    (case,) = (tmp_path / "fixtures" / "waha").glob("article-library")
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert expected["article"]["published"] == "2026-11-20T07:30:00+00:00"
    assert expected["checked"] is False
    assert "Unsure:" in finished.stdout
    assert "no source of the gazetteer publishes here" in finished.stdout
    again = add(first, "--name", "waha", "--country", "JO")
    assert again.returncode == 2
    assert "waha is declared already" in again.stderr


def declared_in(module: Path) -> Any:
    """Return the outlet that a written module declares."""
    namespace: dict[str, Any] = {"__name__": f"papers.ar.{module.stem}", "OutletSpider": object}
    source = module.read_text("utf-8")
    # Scrapy's Spider wants the file of its module.
    exec(source.replace("from crawler.spiders.base import OutletSpider\n", ""), namespace)
    return next(value.outlet for value in namespace.values() if hasattr(value, "outlet"))


def test_a_site_that_announces_nothing_is_declared_as_unconfirmed(
    add: Run, site: Any, tmp_path: Path
) -> None:
    first, *_ = serve_site(site, with_feed=False)
    finished = add(first, "--name", "waha", "--country", "JO")
    assert finished.returncode == 0, finished.stderr
    outlet = declared_in(tmp_path / "papers" / "ar" / "waha.py")
    assert (outlet.state, [type(kind).__name__ for kind in outlet.discovery]) == (
        "unconfirmed",
        ["Listing"],
    )
    assert outlet.discovery[0].url.endswith("/")
    assert outlet.is_article(first)
    assert "state: unconfirmed, since nothing was seen that announces" in finished.stdout
    assert [path.name for path in (tmp_path / "fixtures" / "waha").iterdir()] == ["article-library"]


def test_a_wordpress_site_of_slugs_gets_its_platform_and_an_exclude(
    add: Run, site: Any, tmp_path: Path
) -> None:
    pages = ("about-us", "contact", "privacy")
    slugs = ("public-library-opens-in-city", "heavy-rain-on-east-coast", "new-train-to-the-south")
    story = STORY.replace("<head>", '<head><meta name="generator" content="WordPress 6.8">')
    stories = [
        site.serve(
            f"/{slug}/",
            story.replace("TITLE", f"خبر من المدينة {day}").replace("DAY", str(day)).encode(),
            Content_Type=HTML,
        )
        for day, slug in enumerate(slugs)
    ]
    for page in pages:
        site.serve(f"/{page}/", FRONT.encode(), Content_Type=HTML)
    links = "".join(f'<a href="/{slug}/">{slug}</a>' for slug in (*pages, *slugs))
    front = f'<html lang="ar"><body>{links}<img src="/wp-content/a.png"></body></html>'
    site.serve("/", front.encode(), Content_Type=HTML)
    finished = add(stories[0], "--name", "waha", "--country", "JO")
    assert finished.returncode == 0, finished.stderr
    outlet = declared_in(tmp_path / "papers" / "ar" / "waha.py")
    assert outlet.platform is not None
    assert outlet.platform.name == "WordPress"
    assert all(map(outlet.is_article, stories))
    assert not any(outlet.is_article(f"{stories[0].partition('/p')[0]}/{page}/") for page in pages)
    assert not outlet.is_article(f"{stories[0].partition('/p')[0]}/wp-login")
    articles = (tmp_path / "fixtures" / "waha").glob("article-*")
    assert len(list(articles)) == 3, finished.stdout
    assert "platform: WordPress" in finished.stdout


def test_a_page_that_is_no_article_is_told(add: Run, site: Any) -> None:
    front = site.serve("/", FRONT.encode(), Content_Type=HTML)
    finished = add(front, "--name", "waha", "--country", "JO")
    assert finished.returncode == 11
    assert "no page could be read as an article" in finished.stderr
    missing = add(f"{front}story/1", "--name", "waha", "--country", "JO")
    assert "http_404" in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("about",), "name the http(s) address"),
        (("--name", "9", "http://127.0.0.1/a"), "'9' is no slug"),
    ],
)
def test_arguments_that_make_no_sense_are_told(
    add: Run, arguments: tuple[str, ...], said: str
) -> None:
    finished = add(*arguments)
    assert finished.returncode == 2
    assert said in finished.stderr


def test_it_writes_into_packages_of_the_project_only(add: Run, site: Any) -> None:
    first, *_ = serve_site(site)
    finished = add(first, "--name", "waha", "--country", "JO", "--into", "json")
    assert finished.returncode == 2
    assert "--into json: not in SPIDER_MODULES (papers)" in finished.stderr


def test_of_an_index_without_dates_the_last_child_counts_as_the_newest(
    add: Run, site: Any, tmp_path: Path
) -> None:
    first, *others = serve_site(site, with_feed=False)
    name = "http://www.sitemaps.org/schemas/sitemap/0.9"
    children = [
        site.serve(
            f"/posts-{number}.xml",
            f'<urlset xmlns="{name}"><url><loc>{url}</loc></url></urlset>'.encode(),
            Content_Type="text/xml",
        )
        for number, url in enumerate((first, *others), 8)
    ]
    entries = "".join(f"<sitemap><loc>{child}</loc></sitemap>" for child in children)
    index = f'<sitemapindex xmlns="{name}">{entries}</sitemapindex>'
    site.serve("/sitemap.xml", index.encode(), Content_Type="text/xml")
    finished = add(first, "--name", "waha", "--country", "JO")
    assert finished.returncode == 0, finished.stderr
    assert "its last child is taken for the newest" in finished.stdout
    module = (tmp_path / "papers" / "ar" / "waha.py").read_text("utf-8")
    assert 'sitemap.xml", newest="last"),)' in module
    recorded = (tmp_path / "fixtures" / "waha").glob("sitemap-*/expected.json")
    announced = [json.loads(file.read_text("utf-8")).get("addresses") for file in recorded]
    assert [others[-1]] in announced
