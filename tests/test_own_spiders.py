"""The examples of docs/own-spiders.md, in a project of somebody else's, with Khabar installed from
its wheel."""

import json
import os
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "own-spiders.md").read_text(encoding="utf-8")
SITE = "https://news.example"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
EXAMPLES = [block for block in BLOCKS if "scrapy.Spider" in block]
SETTINGS = [block for block in BLOCKS if "scrapy.Spider" not in block]
NAMES = [re.findall('    name = "(.*)"', example)[0] for example in EXAMPLES]
PAGES = ("market", "bridge", "school", "harbour", "library")

# One more spider: what is wrong, and what is no article.
WRONG = f'''
import scrapy


class WrongSpider(scrapy.Spider):
    name = "wrong"
    start_urls = ["{SITE}/market"]

    def parse(self, response):
        yield {{"url": "/market", "headline": "بلا عنوان صفحة"}}
        yield {{"url": response.url, "headline": 7, "body": None}}
        yield {{"url": response.urljoin("/kept"), "headline": "خبر", "date": "قريباً", "tags": 7}}
        yield {{"price": 7}}
'''

RUN = """
import json
import sys

from scrapy.crawler import CrawlerProcess
from scrapy.utils.project import get_project_settings

import crawler

process = CrawlerProcess(get_project_settings())
crawlers = {name: process.create_crawler(name) for name in sys.argv[1:]}
for each in crawlers.values():
    process.crawl(each)
process.start()
stats = {name: each.stats.get_stats() for name, each in crawlers.items()}
own = {
    name: {key: value for key, value in stats.items() if "khabar" in key or "exception" in key}
    for name, stats in stats.items()
}
print(json.dumps({"package": crawler.__file__, "stats": own}))
"""


def page(number: int, title: str) -> str:
    return f"""<html><head><meta charset="utf-8"></head><body><h1>{title}</h1>
    <time datetime="2024-05-0{number}T10:15:00+03:00">2024-05-0{number} 10:15</time>
    <span class="author">ليلى حداد</span><a class="tag">محليات</a>
    <p>عمان - بترا: أعلنت البلدية اليوم عن {title} أمام الزوار.</p>
    <p>وقالت البلدية في بيانها إن {title} يأتي ضمن خطتها لهذا العام.</p></body></html>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with the pages of the examples."""
    folder = tmp_path_factory.mktemp("site")
    titles = ("افتتاح السوق", "توسعة الجسر", "بناء المدرسة", "تجديد الميناء", "نقل المكتبة")
    for number, (name, title) in enumerate(zip(PAGES, titles, strict=True), 1):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(page(number, title), encoding="utf-8")

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel is installed, in front of what else is."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    source = folder / "source"
    source.mkdir()
    for name in ("crawler", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        (source / name).symlink_to(ROOT / name)
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source]
    subprocess.run([*pip, *map(str, build)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    install = ["install", "--no-deps", "--no-index", "--target", target, wheel]
    subprocess.run([*pip, *map(str, install)], check=True, capture_output=True)
    return target


@pytest.fixture
def project(tmp_path: Path, site: str) -> Path:
    """A project of somebody else's, with the add-on and with each example as a spider."""
    files = {
        "scrapy.cfg": "[settings]\ndefault = news.settings\n",
        "run.py": RUN,
        "news/__init__.py": "",
        "news/spiders/__init__.py": "",
        "news/settings.py": textwrap.dedent("""\
            SPIDER_MODULES = ["news.spiders"]
            TELNETCONSOLE_ENABLED = REMOTE_CONTROL_ENABLED = False
            LOG_LEVEL = "WARNING"
            ITEM_PIPELINES = {"news.pipelines.OwnPipeline": 300}
            """)
        + SETTINGS[0].replace("sqlite:///khabar.db", "sqlite:///own.db")
        + 'ARTICLE_ZONE = "Asia/Amman"\n',
        # What a project does with its own items goes on as before.
        "news/pipelines.py": textwrap.dedent("""\
            class OwnPipeline:
                def process_item(self, item):
                    assert not type(item).__module__.startswith("crawler")
                    return item
            """),
    }
    examples = {f"news/spiders/{name}_spider.py": each for name, each in zip(NAMES, EXAMPLES)}  # noqa: B905
    files |= examples | {"news/spiders/wrong.py": WRONG}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(SITE, site), encoding="utf-8")
    return tmp_path


def run(
    installed: Path, folder: Path, *command: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command of Python's in `folder`, with the wheel alone."""
    # Scrapy leaves SCRAPY_SETTINGS_MODULE in the process of a test that ran before.
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KHABAR", "SCRAPY"))
    }
    return subprocess.run(
        [sys.executable, "-W", "error", *command],
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(installed)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def stories(installed: Path, folder: Path, uri: str) -> list[dict[str, Any]]:
    done = run(
        installed,
        folder,
        *("-m", "scrapy.cmdline", "stories", "--json"),
        SCRAPY_SETTINGS_MODULE="crawler.settings",
        KHABAR_STORE_URI=uri,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_document_has_an_example_of_each_kind_of_item() -> None:
    assert NAMES == ["dicts", "items", "dataclasses", "attrs", "pydantic"]
    assert 'ADDONS = {"crawler.addon.KhabarAddon": 0}' in SETTINGS[0]


@pytest.mark.parametrize("backend", ["sqlite", "mongo"])
def test_the_examples_store_their_articles_from_a_wheel(
    installed: Path, project: Path, site: str, backend: str, request: pytest.FixtureRequest
) -> None:
    uri = "sqlite:///own.db"
    if backend == "mongo":
        uri = request.getfixturevalue("mongod_uri").replace("/?", "/own_spiders?")
        settings = project / "news" / "settings.py"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("sqlite:///own.db", uri), encoding="utf-8")
    done = run(installed, project, "run.py", *NAMES, "wrong")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    printed = json.loads(done.stdout)
    assert Path(printed["package"]).is_relative_to(installed)
    for name in NAMES:
        assert printed["stats"][name]["khabar/outcome/new_story"] == 1, name
        assert not [key for key in printed["stats"][name] if "exception" in key]
    counts = {name: n for name, n in printed["stats"]["wrong"].items() if n}
    assert counts == {
        "khabar/outcome/new_story": 1,
        "khabar/dropped/item_url": 1,
        "khabar/dropped/empty": 1,
        "khabar/doubt/item_field": 2,
        "khabar/doubt/unreadable_date": 1,
        "khabar/gap/body": 1,
        "khabar/gap/date": 1,
        "khabar/other_items": 1,
    }

    stored = {story["copies"][0]["outlet"]: story for story in stories(installed, project, uri)}
    assert sorted(stored) == sorted([*NAMES, "wrong"])
    for number, (name, path) in enumerate(zip(NAMES, PAGES, strict=True), 1):
        story = stored[name]
        assert story["copies"][0]["url"].startswith(f"{site}/{path}")
        if name == "attrs":  # its items have no date
            assert story["published"] is None
        else:
            assert story["published"].startswith(f"2024-05-0{number}T07:15:00"), name
        assert "petra" in story["copies"][0]["agencies"] or name == "items", name
    assert "reuters" in stored["items"]["copies"][0]["agencies"]


def test_a_project_beside_the_outlets_has_its_spiders_and_our_commands(
    installed: Path, project: Path
) -> None:
    (project / "news" / "settings.py").write_text(SETTINGS[1], encoding="utf-8")
    done = run(
        installed,
        project,
        *("-m", "scrapy.cmdline", "crawl", "dicts", "-s", "ARTICLE_ZONE=Asia/Amman"),
        KHABAR_GUARD_ALLOW="127.0.0.0/8",
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert re.search(r"^dicts +done +0 +0 +1 +0 ", done.stderr, re.MULTILINE), done.stderr
    (story,) = stories(installed, project, "sqlite:///khabar.db")
    assert story["copies"][0]["outlet"] == "dicts"
    listed = run(installed, project, "-m", "scrapy.cmdline", "list").stdout.split()
    assert {"youm7", *NAMES} < set(listed)


def test_a_wheel_alone_runs_the_commands(installed: Path, tmp_path: Path) -> None:
    done = run(
        installed,
        tmp_path,
        *("-m", "scrapy.cmdline", "crawl", "youm7", "-s", f"REPLAY={ROOT / 'fixtures'}"),
        SCRAPY_SETTINGS_MODULE="crawler.settings",
    )
    assert done.returncode == 0, done.stderr
    assert {
        story["outlet"]
        for each in stories(installed, tmp_path, "sqlite:///khabar.db")
        for story in each["copies"]
    } == {"youm7"}
