"""What is said of a place that holds no store, or one of another schema."""

from crawler.storage.protocol import StoreError, StoreUnavailable


def no_store(name: object) -> StoreError:
    """name: of the place, as messages show it; so below."""
    return StoreError(f"{name}: there is no store yet; the first crawl makes it")


def other_schema(name: object, stored: int, ours: int) -> StoreError:
    return StoreError(f"{name}: schema {stored}; this version reads schema {ours}")


def older_schema(name: object, stored: int, ours: int) -> StoreError:
    """Of a schema that this program upgrades when it opens the store to write."""
    return StoreError(
        f"{name}: this store has schema {stored}, this program reads {ours}: crawl, or run"
        " `scrapy check-store`, once to upgrade it"
    )


def unfinished_schema(name: object) -> StoreUnavailable:
    return StoreUnavailable(
        f"{name}: the store is being made or upgraded; try again when that is done (if it was"
        " broken off, `scrapy check-store` goes on with it)"
    )
