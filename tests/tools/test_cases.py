"""The files of an outlet's fixtures, from its tables."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tools.written.cases import outlet_files
from tools.written.declared import Article, Document, FixturesError, OutletFixtures, read_wire

NOON = datetime(2023, 11, 22, 12, tzinfo=UTC)


def outlet(**changed: Any) -> OutletFixtures:
    """An outlet whose pages are Arabi21's."""
    values: dict[str, Any] = {
        "name": "arabi21",
        "publisher": "arabi21",
        "language": "ar",
        "zone": "Asia/Amman",
        "months": "LB",
        "fetched_at": NOON,
        "articles": {},
        "documents": {},
        "print": {"brand": "عربي21", "home": "https://arabi21.com"},
    }
    return OutletFixtures(**{**values, **changed})


def article(**changed: Any) -> Article:
    values: dict[str, Any] = {
        "url": "https://arabi21.com/story/7/خبر",
        "published": NOON,
        "headline": "خبر",
        "text": "أول\n\nثان\n",
        "dateline": "عمان - ",
    }
    return Article(**{**values, **changed})


def hops(files: dict[str, bytes], case: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads(files[f"{case}/exchange.json"])
    return content


def expected(files: dict[str, bytes], case: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files[f"{case}/expected.json"])
    return content


def test_what_the_table_gives_is_printed_and_expected() -> None:
    story = article(agencies=("afp",), tags=("بلدية",), expected={"published_raw": "x"})
    files = outlet_files(outlet(articles={"a": story}, notes="n", precision="minute"))
    assert set(files) == {
        f"article-a/{name}" for name in ("page.html", "exchange.json", "expected.json", "NOTES.md")
    }
    fields = expected(files, "article-a")["article"]
    assert fields["body"] == "أول\n\nثان"
    assert fields["dateline"] == "عمان -"
    assert fields["sources"] == [
        {"id": "arabi21", "role": "publisher"},
        {"id": "afp", "role": "agency"},
    ]
    assert (fields["published"], fields["published_precision"]) == (
        "2023-11-22T12:00:00+00:00",
        "minute",
    )
    assert (fields["tags"], fields["published_raw"]) == (["بلدية"], "x")
    page = files["article-a/page.html"].decode()
    assert "<p>عمان - أول</p>" in page
    assert "22 تشرين الثاني 2023 03:00 م" in page
    assert files["article-a/NOTES.md"] == b"# Inferred\n\nn\n"


def test_a_redirect_is_a_hop() -> None:
    files = outlet_files(outlet(articles={"a": article(redirects=("https://arabi21.com/?p=7",))}))
    first, last = hops(files, "article-a")
    assert (first["status"], first["headers"]["Location"]) == (301, last["url"])
    assert last["url"] == "https://arabi21.com/story/7/%D8%AE%D8%A8%D8%B1"


def test_a_wire_story_is_cut_and_edited() -> None:
    wire = read_wire("ar-marathon")
    carried = article(wire="ar-marathon", headline="", cut=2, edits=(("تستعد مدينة", "تستعد"),))
    assert carried.title == wire.headline
    assert carried.paragraphs[0].startswith("تستعد إسطنبول")
    assert len(carried.paragraphs) == wire.text.strip().count("\n\n") - 1
    with pytest.raises(FixturesError, match="لا شيء"):
        _ = article(wire="ar-marathon", edits=(("لا شيء", ""),)).paragraphs


def test_a_document_announces_its_articles() -> None:
    articles = {"a": article(), "b": article(url="https://arabi21.com/story/8")}
    feed = Document(url="https://arabi21.com/rss", kind="feed", articles=("b",))
    files = outlet_files(outlet(articles=articles, documents={"feed": feed}))
    assert expected(files, "feed") == {
        "checked": True,
        "discovery": "feed",
        "addresses": ["https://arabi21.com/story/8"],
    }
    assert b"story/8</link>" in files["feed/feed.xml"]
    assert b"story/7" not in files["feed/feed.xml"]


@pytest.mark.parametrize(
    ("form", "kept"),
    [({"page": 1, "name": "{x}"}, {"page": "1", "name": "{x}"}), ('{"page": 1}', '{"page": 1}')],
)
def test_what_is_posted_is_recorded(form: Any, kept: object) -> None:
    listing = Document(url="https://arabi21.com/more", kind="feed", form=form)
    (hop,) = hops(outlet_files(outlet(documents={"more": listing})), "more")
    assert hop["form"] == kept


def test_what_a_template_lacks_is_told_with_the_case() -> None:
    with pytest.raises(FixturesError, match=r"arabi21: a: page\.html: 'brand'"):
        outlet_files(outlet(articles={"a": article()}, print={}))
