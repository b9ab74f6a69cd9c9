"""Since when a page has said what it says."""

from collections import OrderedDict
from datetime import datetime, timedelta

_MAX_PAGES = 2000

Key = tuple[str, str, str]
"""The address of a page, its format, and the language of the interface."""


class PageStates:
    """Remembers when each state of a page was first served. What a page says can change without
    any instant in it: a story found late, a copy of an old one, an article that was removed."""

    def __init__(self) -> None:
        self._states: OrderedDict[Key, tuple[str, datetime]] = OrderedDict()

    def modified(self, page: Key, etag: str, now: datetime) -> datetime:
        """Return when `page` was first served with the state that `etag` names, in whole seconds as
        HTTP writes them; two states never share one."""
        known = self._states.pop(page, None)
        since = now.replace(microsecond=0)
        if known is not None:
            known_etag, known_since = known
            if known_etag == etag:
                since = known_since
            else:
                since = max(since, known_since + timedelta(seconds=1))
        self._states[page] = (etag, since)
        if len(self._states) > _MAX_PAGES:
            self._states.popitem(last=False)
        return since
