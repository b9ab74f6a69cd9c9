"""The frontier: what is known of each address of an outlet, and when it is to be looked at next.
Pure."""

from crawler.frontier.page import Page, PageKind
from crawler.frontier.revisits import Pace, announced, failed, looked, set_aside

__all__ = ["Pace", "Page", "PageKind", "announced", "failed", "looked", "set_aside"]
