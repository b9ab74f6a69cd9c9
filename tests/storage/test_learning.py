"""Learning what outlets print under many stories, on both stores."""

from crawler.dedup import paragraph_key
from crawler.storage import Boilerplate
from crawler.storage.learning import learn_boilerplate
from crawler.stories.boilerplate import LATEST_ARTICLES, MIN_HEADLINES
from tests.storage.invented import paragraphs
from tests.storage.samples import NOON, SyncStore, article

NOTICE = "جميع ما ينشر هنا يعبر عن رأي أصحابه ولا تتحمل الصحيفة أي مسؤولية عن مضمونه أمام القراء"


def test_it_is_learned_from_the_store_for_one_outlet_in_versions_and_forgotten(
    store: SyncStore,
) -> None:
    prints = [
        article(f"a/{n}", f"{paragraphs(n)[0]}\n\n{NOTICE}", headline=f"خبر {n}")
        for n in range(MIN_HEADLINES)
    ]
    store.save(*prints, article("b/1", NOTICE))
    known = Boilerplate(1, frozenset({paragraph_key(NOTICE)}))
    for _ in range(2):  # nothing new, no new version
        assert store.run(lambda s: learn_boilerplate(s, "a")) == known
    assert store.run(lambda s: learn_boilerplate(s, "b")) == Boilerplate()
    later = [
        article(f"a/later{n}", paragraphs(n)[1], headline=f"خبر {n}", published=NOON)
        for n in range(LATEST_ARTICLES)
    ]
    store.run(lambda s: s.save_many(later))
    assert store.run(lambda s: learn_boilerplate(s, "a")) == Boilerplate(2, frozenset())
