"""What an outlet prints under many stories."""

from crawler.dedup import paragraph_key
from crawler.stories.boilerplate import MAX_PARAGRAPHS, MIN_HEADLINES, find_boilerplate
from tests.storage.invented import paragraphs
from tests.storage.samples import article

NOTICE = "جميع ما ينشر هنا يعبر عن رأي أصحابه ولا تتحمل الصحيفة أي مسؤولية عن مضمونه أمام القراء"


def test_a_paragraph_under_many_headlines_is_known_by_its_folded_form() -> None:
    prints = [
        article(f"a/{n}", f"{paragraphs(n)[0]}\n\n{NOTICE}", headline=f"خبر {n}")
        for n in range(MIN_HEADLINES)
    ]
    assert find_boilerplate(prints) == {paragraph_key(NOTICE.replace("أ", "ا"))}
    assert find_boilerplate(prints[1:]) == frozenset()


def test_one_story_at_many_addresses_teaches_nothing() -> None:
    assert (
        find_boilerplate(
            article(f"a/{n}", NOTICE, headline="خبر واحد") for n in range(3 * MIN_HEADLINES)
        )
        == frozenset()
    )


def test_the_table_is_bounded_and_keeps_the_most_common() -> None:
    lines = [" ".join(paragraphs(n)[:1]) for n in range(MAX_PARAGRAPHS + 10)]
    prints = [
        article(f"a/{n}", "\n".join(lines), headline=f"خبر {n}") for n in range(MIN_HEADLINES)
    ]
    prints.append(article("a/more", lines[-1], headline="خبر آخر"))
    found = find_boilerplate(prints)
    assert len(found) == MAX_PARAGRAPHS
    assert paragraph_key(lines[-1]) in found
