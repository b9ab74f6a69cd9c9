"""The frontier: what is known of each address of an outlet, and when it is to be looked at next.
Pure."""

from crawler.frontier.revisits import Pace, announced, checked, failed, set_aside
from crawler.frontier.tracked_url import TrackedUrl, UrlKind

__all__ = ["Pace", "TrackedUrl", "UrlKind", "announced", "checked", "failed", "set_aside"]
