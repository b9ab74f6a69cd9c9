"""What outlets print under many stories, on both stores."""

from crawler.dedup import paragraph_key
from crawler.storage import Boilerplate
from crawler.storage.learning import LATEST, MANY, MOST, learn, repeated
from tests.storage.samples import NOON, SyncStore, article
from tests.storage.stories import paragraphs

NOTICE = "جميع ما ينشر هنا يعبر عن رأي أصحابه ولا تتحمل الصحيفة أي مسؤولية عن مضمونه أمام القراء"


def test_a_paragraph_under_many_headlines_is_known_by_its_folded_form() -> None:
    prints = [
        article(f"a/{n}", f"{paragraphs(n)[0]}\n\n{NOTICE}", headline=f"خبر {n}")
        for n in range(MANY)
    ]
    assert repeated(prints) == {paragraph_key(NOTICE.replace("أ", "ا"))}
    assert repeated(prints[1:]) == frozenset()


def test_one_story_at_many_addresses_teaches_nothing() -> None:
    assert (
        repeated(article(f"a/{n}", NOTICE, headline="خبر واحد") for n in range(3 * MANY))
        == frozenset()
    )


def test_the_table_is_bounded_and_keeps_the_most_common() -> None:
    lines = [" ".join(paragraphs(n)[:1]) for n in range(MOST + 10)]
    prints = [article(f"a/{n}", "\n".join(lines), headline=f"خبر {n}") for n in range(MANY)]
    prints.append(article("a/more", lines[-1], headline="خبر آخر"))
    found = repeated(prints)
    assert len(found) == MOST
    assert paragraph_key(lines[-1]) in found


def test_it_is_learned_from_the_store_for_one_outlet_in_versions_and_forgotten(
    store: SyncStore,
) -> None:
    prints = [
        article(f"a/{n}", f"{paragraphs(n)[0]}\n\n{NOTICE}", headline=f"خبر {n}")
        for n in range(MANY)
    ]
    store.save(*prints, article("b/1", NOTICE))
    known = Boilerplate(1, frozenset({paragraph_key(NOTICE)}))
    for _ in range(2):  # nothing new, no new version
        assert store.run(lambda s: learn(s, "a")) == known
    assert store.run(lambda s: learn(s, "b")) == Boilerplate()
    later = [
        article(f"a/later{n}", paragraphs(n)[1], headline=f"خبر {n}", published=NOON)
        for n in range(LATEST)
    ]
    store.run(lambda s: s.save_many(later))
    assert store.run(lambda s: learn(s, "a")) == Boilerplate(2, frozenset())
