"""The add-on behind the REPLAY setting: a crawl from recordings, with no network at all."""

import sys

from scrapy.settings import BaseSettings

from crawler.replay.recording import ReplayError
from crawler.replay.replay_setting import recordings

_OFFLINE = {
    "HTTPCACHE_ENABLED": True,
    "HTTPCACHE_STORAGE": "crawler.replay.cache_storage.RecordedStorage",
    # Whatever was recorded is the answer, fresh or not, to any scheme and whatever the status.
    "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.DummyPolicy",
    "HTTPCACHE_IGNORE_SCHEMES": [],
    "HTTPCACHE_IGNORE_HTTP_CODES": [],
    # It would ignore the request without a failure; the handlers below raise one that names it.
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

_USAGE_STATUS = 2


class ReplayAddon:
    """Makes a crawl answer from recordings when REPLAY is set; does nothing otherwise."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Read the recordings; an error in them ends the process with one line and status 2.

        Later on Scrapy would log a traceback and go on.
        """
        try:
            recordings(settings)
        except ReplayError as error:
            print(f"REPLAY: {error}", file=sys.stderr)
            sys.exit(_USAGE_STATUS)

    def update_settings(self, settings: BaseSettings) -> None:
        """Switch the network off, at the priority at which a spider sets its delay."""
        if settings.get("REPLAY") is not None:
            for name, value in _OFFLINE.items():
                settings.set(name, value, priority="spider")
