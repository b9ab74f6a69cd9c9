"""Who owns an address: the page that was read at it."""

from itertools import permutations

from crawler.items import Article
from crawler.storage.incoming import prepare
from crawler.stories import addresses
from crawler.stories.versions import OldVersion
from tests.storage.samples import HOUR, NOON, article

OWN = "https://a.example/own"


def page(name: str, text: str, hours: int = 0, claims: str | None = OWN) -> Article:
    return article(f"a/{name}", text, canonical_url=claims, fetched_at=NOON + hours * HOUR)


def test_a_page_owns_the_address_that_it_was_read_at() -> None:
    assert addresses.is_owner(prepare(page("own", "نص")).article)
    assert addresses.is_owner(prepare(page("own", "نص", claims=None)).article)
    assert not addresses.is_owner(prepare(page("b", "نص")).article)


def test_the_rules_of_the_outlet_say_which_address_is_the_page_s_own() -> None:
    twin = article("a/own?page=1", canonical_url=OWN, own_url=OWN)
    assert addresses.is_owner(prepare(twin).article)


def test_a_claim_is_refused_once_the_owner_prints_other_texts() -> None:
    owner, claimant = prepare(page("own", "أ")), prepare(page("b", "ب"))
    assert addresses.is_claim_refused(claimant, owner.as_first, ())
    assert not addresses.is_claim_refused(prepare(page("b", "أ")), owner.as_first, ())
    earlier = OldVersion(claimant.article, NOON, 0)
    assert not addresses.is_claim_refused(claimant, owner.as_first, [earlier])


def test_a_second_claimant_is_refused_where_another_text_stands() -> None:
    first, second = prepare(page("b", "أ")), prepare(page("c", "ب"))
    earlier = OldVersion(second.article, NOON, 0)
    assert addresses.is_claim_refused(second, first.as_first, [earlier])
    assert not addresses.is_claim_refused(prepare(page("c", "أ")), first.as_first, ())
    assert not addresses.is_claim_refused(prepare(page("b", "ب")), first.as_first, ())


def test_a_claimant_never_revises_the_owner() -> None:
    owner = prepare(page("own", "أ", hours=1)).as_first
    change = addresses.apply(owner, prepare(page("b", "ب", hours=2)))
    assert (change.outcome, change.current) == ("unchanged", owner)


def test_an_owner_takes_over_and_claimants_keep_all_their_texts() -> None:
    claimants = [page("b", "ب"), page("c", "ج", 1), page("b", "ب ب", 2), page("d", "أ", 3)]
    for order in permutations(claimants):
        current = prepare(order[0]).as_first
        old: list[OldVersion] = []
        for later in order[1:]:
            change = addresses.apply(current, prepare(later), old)
            current = change.current
            if change.old_version is not None:
                old.append(change.old_version)
        owner = prepare(page("own", "أ", 4))
        assert addresses.is_takeover(owner, current)
        takeover = addresses.take_over(current, old, owner)
        assert takeover.outcome == "unchanged"
        assert takeover.current.article.url == OWN
        assert takeover.current.first_seen == NOON + 3 * HOUR
        assert takeover.old_versions == []
        assert [(moved.article.url[-1], moved.article.body) for moved in takeover.moved] == [
            ("b", "ب"),
            ("c", "ج"),
            ("b", "ب ب"),
        ]
        assert all(addresses.is_owner(moved.article) for moved in takeover.moved)
        assert takeover.refused_claims == 2


def test_a_page_that_was_stored_before_own_addresses_were_is_revised_and_not_moved() -> None:
    # The outlet's rules bring /b to /own, as its stored article does not say.
    stored = prepare(page("b", "ب")).as_first
    revised = prepare(page("b", "ج", 1))
    revised.article.own_url = OWN
    assert not addresses.is_takeover(revised, stored)
    assert addresses.apply(stored, revised).outcome == "revision"
