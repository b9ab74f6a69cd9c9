"""Who owns an address: the page that was read at it, or one that claims it (rel=canonical, og:url).

- A page that was read at its own address owns that address. All its texts stand there.
- The claim of another page is believed while it prints a text of the owner's. Then it adds nothing:
  the owner's own looks bring corrections.
- Else the claimant stands at its own address. When the owner comes after it, the claimant's texts
  move there.
- At an address that nobody owns the first claimant stands, and any other page that prints the text
  that stands there. Pages that print other texts show that the address is their template's: they
  stand at their own addresses. So no story is lost in whatever order pages come. A page with the
  text of an owner that comes later is then a copy of its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.dedup import AddressError, article_id, canonical_url, single_escaped
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.stories import versions
from crawler.stories.model import SaveOutcome
from crawler.stories.versions import Change, Current, Incoming, OldVersion, same_text


@dataclass(frozen=True, slots=True)
class Takeover:
    """The effect of an owner that comes to an address where claimants stand.

    current, old_versions: the texts that stand at the address from now on. outcome: of the owner's
    article; None if it shares no text with a claimant, and is new. moved: the texts of claimants,
    to be stored at their own addresses, the oldest first.
    """

    current: Current
    old_versions: list[OldVersion]
    outcome: SaveOutcome | None
    moved: list[Incoming]

    @property
    def refused_claims(self) -> int:
        """Number of pages whose claim was believed until now."""
        return len({incoming.id for incoming in self.moved})


def own_address(article: Article) -> str:
    """Return the canonical form of the address that `article` was read at."""
    if article.own_url:
        return article.own_url
    try:
        return canonical_url(article.url)
    except AddressError:
        return article.canonical_url or article.url


def is_owner(article: Article) -> bool:
    """Return True if `article` stands at its own address, False if it claims another page's."""
    return own_address(article) == article.canonical_url


def at_own_address(incoming: Incoming) -> Incoming:
    """Return `incoming` at its own address instead of the one that it claims."""
    address = own_address(incoming.article)
    article = replace(incoming.article, canonical_url=address)
    return replace(incoming, id=article_id(address), article=article)


def is_claim_refused(
    incoming: Incoming,
    current: Current,
    old_versions: Sequence[OldVersion],
    restless: Collection[str] = (),
) -> bool:
    """Return True if `incoming` claims an address at which another page stands with other texts.

    current, old_versions: the texts that stand at the address. The older ones count if its owner
    printed them: claimants may have left theirs. restless: keys of the lines of the outlet that
    never rest.
    """
    if is_owner(incoming.article) or _same_page(incoming.article, current.article):
        return False
    texts = [current.article]
    if is_owner(current.article):
        texts += [old.article for old in old_versions]
    return not any(same_text(incoming.article, text, restless) for text in texts)


def is_takeover(incoming: Incoming, current: Current) -> bool:
    """Return True if `incoming` owns the address at which only claimants have stood so far."""
    return (
        is_owner(incoming.article)
        and not is_owner(current.article)
        and not _same_page(incoming.article, current.article)
    )


def apply(
    current: Current,
    incoming: Incoming,
    old_versions: Sequence[OldVersion] = (),
    restless: Collection[str] = (),
) -> Change:
    """Return the effect of `incoming` on the same address, which is no takeover.

    The arguments are those of `crawler.stories.versions.apply`.
    """
    if _is_claim(incoming.article, current.article):
        return Change("unchanged", current)
    return versions.apply(current, incoming, old_versions, restless)


def take_over(
    current: Current,
    old_versions: Sequence[OldVersion],
    incoming: Incoming,
    restless: Collection[str] = (),
) -> Takeover:
    """Return the effect of an owner, `incoming`, on the texts that claimants have left."""
    newest = OldVersion(current.article, current.first_seen, order=current.revisions)
    kept, moved = [], []
    for old in sorted((*old_versions, newest), key=lambda old: (old.first_seen, old.order)):
        version = replace(incoming, article=old.article, seen=old.first_seen)
        if _same_page(incoming.article, old.article):
            kept.append(version)
        elif same_text(incoming.article, old.article, restless):
            kept.append(replace(version, article=_as_owner(old.article, incoming.article)))
        else:
            moved.append(at_own_address(version))
    if not kept:
        return Takeover(incoming.as_first, [], None, moved)
    stands = kept[0].as_first
    kept_versions: list[OldVersion] = []
    for version in (*kept[1:], incoming):
        change = versions.apply(stands, version, kept_versions, restless)
        stands = change.current
        if change.old_version is not None:
            kept_versions.append(change.old_version)
    stands = replace(stands, article=_as_owner(stands.article, incoming.article))
    return Takeover(stands, kept_versions, change.outcome, moved)


def readdressed(
    address: str,
    current: Current,
    old_versions: Sequence[OldVersion],
    clock: datetime,
    outlet: Outlet | None = None,
) -> list[Incoming]:
    """Return all texts of an article, the oldest first, to be stored at `address` instead of the
    article's canonical address. clock: the present time of this machine. outlet: by whose
    declaration the addresses that the texts were read at are read anew."""
    newest = OldVersion(current.article, current.first_seen, order=current.revisions)
    ordered = sorted((*old_versions, newest), key=lambda old: (old.first_seen, old.order))
    versions = []
    for old in ordered:
        if outlet is None:
            own_url = old.article.own_url and single_escaped(old.article.own_url)
        else:
            own_url = declared_own_url(outlet, old.article)
        article = replace(old.article, canonical_url=address, own_url=own_url)
        versions.append(Incoming(article_id(address), article, old.first_seen, clock))
    return versions


def declared_address(
    outlet: Outlet, url: str, own_url: str | None, canonical: str | None
) -> str | None:
    """Return the canonical address of a stored article by the declaration of its outlet today.

    The other arguments are the fields of the article. An address that the page only claims is read
    as it stands, since the claim as printed is not stored.
    """
    try:
        own = own_url or canonical_url(url)
        claimed = canonical if canonical not in (None, own) else None
        return canonical_url(claimed or url, outlet=outlet)
    except AddressError:
        return canonical


def declared_own_url(outlet: Outlet, article: Article) -> str | None:
    """Return the canonical form of the address that `article` was read at by the declaration of
    `outlet`; None where the general rules give the same."""
    try:
        own = canonical_url(article.url, outlet=outlet)
        return own if own != canonical_url(article.url) else None
    except AddressError:
        return article.own_url


def as_declared(article: Article, outlet: Outlet) -> Article:
    """Return `article`, which was read by an earlier declaration of `outlet`, with the addresses
    that the declaration gives today."""
    address = declared_address(outlet, article.url, article.own_url, article.canonical_url)
    return replace(article, canonical_url=address, own_url=declared_own_url(outlet, article))


def _is_claim(article: Article, current: Article) -> bool:
    """Return True if `article` claims the address that another page, with `current`, owns."""
    return is_owner(current) and not is_owner(article) and not _same_page(article, current)


def _same_page(a: Article, b: Article) -> bool:
    """Return True if both were read at one address. Of articles that were stored before their own
    addresses were, the rules of the outlet are not known."""
    return own_address(a) == own_address(b) or a.url == b.url


def _as_owner(article: Article, owner: Article) -> Article:
    return replace(article, url=owner.url, own_url=owner.own_url)
