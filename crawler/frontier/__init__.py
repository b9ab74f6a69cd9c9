"""The frontier: the addresses of an outlet, and when each is checked next. Pure."""

from crawler.frontier.revisits import (
    NO_NEWS,
    Pace,
    aliased,
    announced,
    checked,
    failed,
    has_credible_due,
    is_for_another_reader,
    is_outdated,
    merged,
    set_aside,
    with_credible_instants,
    without_news,
)
from crawler.frontier.tracked_url import TrackedUrl, UrlKind

__all__ = [
    "NO_NEWS",
    "Pace",
    "TrackedUrl",
    "UrlKind",
    "aliased",
    "announced",
    "checked",
    "failed",
    "has_credible_due",
    "is_for_another_reader",
    "is_outdated",
    "merged",
    "set_aside",
    "with_credible_instants",
    "without_news",
]
