import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.spiders.loader import OutletLoader, unknown_name

DECLARATION = """
from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class SahifaSpider(OutletSpider):
    outlet = Outlet(
        name="sahifa_ar", title="Sahifa", native="صحيفة", language="ar", country="JO",
        zone="Asia/Amman",
        hosts=("sahifa.example",), articles=r"https://sahifa\\.example/\\d+",
        discovery=(Feed(url="https://sahifa.example/rss"),), publisher="petra",
        as_of=2024, confidence="low",
    )
"""


def load(folder: Path, monkeypatch: pytest.MonkeyPatch, declaration: str) -> list[str]:
    package = f"spiders_of_{folder.name.replace('-', '_')}"
    (folder / package).mkdir()
    (folder / package / "__init__.py").write_text("")
    (folder / package / "sahifa.py").write_text(declaration, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    try:
        return OutletLoader(Settings({"SPIDER_MODULES": [package]})).list()
    finally:
        for name in [name for name in sys.modules if name.startswith(package)]:
            del sys.modules[name]


def test_two_outlets_of_one_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = DECLARATION.replace("class SahifaSpider", "class Twin").split("class Twin")[1]
    with pytest.raises(SystemExit, match="two outlets are called 'sahifa_ar'"):
        load(tmp_path, monkeypatch, f"{DECLARATION}\n\nclass Twin{twin}")


def test_a_good_declaration_loads_under_its_outlets_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load(tmp_path, monkeypatch, DECLARATION) == ["sahifa_ar"]


@pytest.mark.parametrize(
    ("find", "replacement", "said"),
    [
        (
            'zone="Asia/Amman"',
            'zone="Asia/Aman"',
            "OutletError: sahifa_ar: zone: 'Asia/Aman' is not an IANA",
        ),
        ('zone="Asia/Amman"', 'timezone="Asia/Amman"', "unexpected keyword argument 'timezone'"),
        (
            'hosts=("sahifa.example",),',
            "",
            "missing 1 required keyword-only argument: 'hosts'",
        ),
        (
            "https://sahifa.example/rss",
            "https://sahfia.example/rss",
            "sahifa_ar: discovery: 'sahfia.example' is of none of the domains sahifa.example",
        ),
        ("outlet = Outlet(", "outlets = Outlet(", "SahifaSpider: declare `outlet = Outlet(...)`"),
        (
            'publisher="petra"',
            'publisher="petre"',
            "sahifa_ar: 'petre' is no id in crawler/gazetteer/gazetteer.csv; did you mean petra",
        ),
        ("class SahifaSpider(", "class SahifaSpider((", "SyntaxError"),
        (
            "from crawler.outlet import",
            "from crawler.outlets import",
            "No module named 'crawler.outlets'",
        ),
    ],
)
def test_what_is_missing_or_misspelt_is_said_in_one_line_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, find: str, replacement: str, said: str
) -> None:
    assert find in DECLARATION
    with pytest.raises(SystemExit) as caught:
        load(tmp_path, monkeypatch, DECLARATION.replace(find, replacement))
    message = str(caught.value)
    assert said in message
    assert "sahifa.py" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("yuom7", ["youm7", "bbc_ar"], "unknown outlet 'yuom7'; did you mean youm7?"),
        ("shams", ["south", "north"], "unknown outlet 'shams'; known: north, south"),
        ("x", map(str, range(500)), "unknown outlet 'x'; `scrapy list` shows them"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    name: str, known: list[str], said: str
) -> None:
    assert unknown_name("outlet", name, known) == said
