"""Taking removed articles out of the spool, by the rules by which a store refuses them."""

from collections.abc import Callable, Collection, Iterable

from crawler.items import Article
from crawler.outlet import Outlet
from crawler.storage.incoming import prepare
from crawler.storage.protocol import StoreError
from crawler.storage.spool import Removed, Spool, no_outlet
from crawler.stories.addresses import as_declared
from crawler.stories.tombstones import Retention, Tombstone, incoming_keys, is_forgotten


def remove_from_spool(
    spool: Spool,
    tombstones: Collection[Tombstone],
    retentions: Iterable[Retention],
    declared: Callable[[str], Outlet | None] = no_outlet,
) -> Removed:
    """Remove the articles that wait in `spool` and that a store with these tombstones and
    retentions would refuse, at the addresses that they wait with or at those that their outlets
    declare today. declared: the outlet of a name."""
    buried = {key for tombstone in tombstones for key in tombstone.keys}
    addresses = [tombstone.address for tombstone in tombstones]
    by_outlet = {retention.outlet: retention for retention in retentions}

    def is_removed(article: Article) -> bool:
        outlet = declared(article.outlet) if article.outlet else None
        return is_refused(article) or (
            outlet is not None and is_refused(as_declared(article, outlet))
        )

    def is_refused(article: Article) -> bool:
        try:
            incoming = prepare(article)
        except StoreError:
            return article.url in addresses
        found = incoming_keys(incoming).intersection(buried)
        retention = by_outlet.get(incoming.article.outlet or "")
        return is_forgotten(incoming, found, retention, is_stored=False)

    return spool.remove(is_removed, addresses)
