"""The page of a story."""

from urllib.parse import quote

from crawler.dedup import article_id, canonical_url
from tests.web.newsroom import FIRST, SECOND, Visitor, parsed

STORY = article_id(canonical_url(FIRST.url))


def test_a_story_shows_its_text_its_copies_and_what_changed(visitor_of_both: Visitor) -> None:
    page = visitor_of_both.get(f"/stories/{STORY}?ui=en")
    assert page.status_code == 200
    tree = parsed(page)
    (text,) = tree.xpath("//div[@class='text']")
    assert (text.get("lang"), text.get("dir")) == ("ar", "rtl")
    assert "ستة أرصفة" in text.text_content()
    copies = [
        " ".join(each.text_content().split()) for each in tree.xpath("//ol[@class='copies']/li")
    ]
    assert len(copies) == 2
    assert "first" in copies[0]
    assert "3 hours 6 minutes later" in copies[1]
    assert "The same text." in copies[1]
    assert [each.text_content() for each in tree.xpath("//del")] == ["أربعة"]
    assert [each.text_content() for each in tree.xpath("//ins")] == ["ستة"]
    facts = " ".join(tree.xpath("//section[@class='facts']")[0].text_content().split())
    assert "القاهرة - رويترز" in facts
    assert "2026-03-01 12:00 UTC" in facts


def test_every_name_of_a_story_leads_to_it(visitor_of_both: Visitor) -> None:
    copy = article_id(canonical_url(SECOND.url))
    addresses = (FIRST.url, f"{FIRST.url}?utm_source=x", SECOND.url)
    for path in (f"/stories/{copy}", *(f"/stories?address={quote(a, safe='')}" for a in addresses)):
        assert visitor_of_both.get(f"{path}", accept="application/json").json()["id"] == STORY, path


def test_what_is_not_stored_is_not_found(visitor: Visitor) -> None:
    assert visitor.get(f"/stories/{'0' * 32}").status_code == 404
    assert visitor.get("/stories/nonsense").status_code == 400
    assert visitor.get("/stories").status_code == 400
    assert visitor.get("/nowhere").status_code == 404
