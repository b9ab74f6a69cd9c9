"""The add-on behind the REPLAY setting: a crawl from recordings, with no network at all."""

import sys

from scrapy.settings import BaseSettings

from crawler.replay.recording import ReplayError
from crawler.replay.switch import recordings

_OFFLINE = {
    "HTTPCACHE_ENABLED": True,
    "HTTPCACHE_STORAGE": "crawler.replay.storage.RecordedStorage",
    # Whatever was recorded is the answer, fresh or not, to any scheme and whatever the status.
    "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.DummyPolicy",
    "HTTPCACHE_IGNORE_SCHEMES": [],
    "HTTPCACHE_IGNORE_HTTP_CODES": [],
    # Silent: the request would be ignored without a failure. The handlers below name it.
    "HTTPCACHE_IGNORE_MISSING": False,
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawler.replay.offline.NoNetwork")
    | dict.fromkeys(("file", "ftp", "s3", "data")),
    # Recordings neither change nor answer conditional requests, and are replayed to be read again.
    "INCREMENTAL": False,
    "REFUSED_PAUSE": 0,
    # There is nobody to be polite to, and a recorded failure stays one.
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_ENABLED": False,
}


class ReplayAddon:
    """Does nothing unless REPLAY is set."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Read the recordings before anything starts: what is wrong with them ends the process in
        one line.

        It is the last moment for that: later on Scrapy logs a traceback and goes on.
        """
        try:
            recordings(settings)
        except ReplayError as error:
            print(f"REPLAY: {error}", file=sys.stderr)
            sys.exit(2)

    def update_settings(self, settings: BaseSettings) -> None:
        """Switch the network off; with a spider's priority, because a spider sets its delay with
        it."""
        if settings.get("REPLAY") is not None:
            for name, value in _OFFLINE.items():
                settings.set(name, value, priority="spider")
