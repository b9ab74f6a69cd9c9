"""The 20 outlets of the soak, each a site of another kind, some with trouble planted."""

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

Announces = Literal["rss", "atom", "news", "index", "listing", "dated"]
Trouble = Literal["no_text", "no_dates", "feed_error", "feed_html", "challenge", "quiet", "flood"]
"""Trouble of a whole outlet in the last rounds:

no_text     a changed layout: the text of pages would be drawn by a script
no_dates    a changed layout: pages print no date any more
feed_error  the feed answers 500
feed_html   the feed answers with a page instead, every other time with nothing
challenge   every address answers 403 and asks for a browser
quiet       nothing new for a day, as on a holiday
flood       in the last round twelve times as many articles as usual
"""
FaultKind = Literal[
    "timeout",
    "reset",
    "unavailable",
    "throttled",
    "truncated",
    "slow",
    "moved",
    "gone",
    "private",
    "file",
    "plus",
]
"""Faults of single addresses. The first five turn good after some tries; "slow" answers late;
"moved" is announced by an address that redirects to the article. The others are never good: 404,
redirects to a server on 127.0.0.1 and to file:///etc/passwd, and pages for paying readers that
robots.txt disallows."""

TRANSIENT = frozenset({"timeout", "reset", "unavailable", "throttled", "truncated"})
NEVER_GOOD = frozenset({"gone", "private", "file", "plus"})

AGENCIES = {"ar": "reuters", "ur": "afp"}
"""Language -> id in the gazetteer of the agency whose wire its outlets print."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """One outlet: how it announces, prints and dates its articles, its trouble and its faults.

    `publisher`: the id in the gazetteer of a real outlet that its spider borrows. `machine`: the
    structured data in its pages. `prints`: the name of its form of a date in `printing.FORMATS`.
    `false_z`: its structured dates print the local clock with a "Z". `wire`: its credit of a wire
    story; with a city the dateline, else the last line. `tags`: the element of its paragraphs.
    `declared`: True if its spider names selectors. `path`: the form of its addresses. `validators`:
    the validators that its answers carry.
    """

    number: int
    name: str
    language: Literal["ar", "ur"]
    country: str
    zone: str
    publisher: str
    announces: Announces
    machine: Literal["jsonld", "opengraph", "microdata", "none"]
    prints: str
    wire: str
    tags: Literal["p", "br", "div"] = "p"
    declared: bool = False
    path: Literal["plain", "dated", "query"] = "plain"
    validators: Literal["etag", "modified", "both", "none"] = "both"
    charset: str = "utf-8"
    false_z: bool = False
    trouble: Trouble | None = None
    faults: tuple[FaultKind, ...] = ()

    @property
    def host(self) -> str:
        """The outlet's own address on the loopback device, which has all of 127/8."""
        return f"127.0.1.{self.number}"

    @property
    def tzinfo(self) -> ZoneInfo:
        """The time zone of the outlet's clock."""
        return ZoneInfo(self.zone)


# fmt: off
SITES = (
    Site(number=1, name="nakhla", language="ar", country="EG", zone="Africa/Cairo",
         publisher="youm7", announces="rss", machine="jsonld", prints="youm7",
         wire="{city} - رويترز: ", declared=True, false_z=True, faults=("timeout",)),
    Site(number=2, name="marsa", language="ar", country="KW", zone="Asia/Kuwait",
         publisher="kuna", announces="rss", machine="none", prints="kuna",
         wire="{city} (رويترز) - ", path="query", validators="etag", trouble="flood"),
    Site(number=3, name="manara", language="ar", country="AE", zone="Asia/Dubai", publisher="wam",
         announces="atom", machine="opengraph", prints="wam", wire="المصدر: رويترز", tags="br",
         path="dated", faults=("throttled",)),
    Site(number=4, name="ufuq", language="ar", country="AE", zone="Asia/Dubai",
         publisher="sky-news-arabia", announces="news", machine="jsonld", prints="skynews",
         wire="(رويترز)", tags="div", validators="modified", faults=("reset",)),
    Site(number=5, name="atlas", language="ar", country="MA", zone="Africa/Casablanca",
         publisher="hespress", announces="rss", machine="none", prints="hespress",
         wire="{city} - رويترز: ", declared=True, path="dated", trouble="feed_error"),
    Site(number=6, name="yasmin", language="ar", country="PS", zone="Asia/Hebron",
         publisher="wafa", announces="index", machine="microdata", prints="wafa",
         wire="{city} (رويترز) - ", tags="br", faults=("truncated",)),
    Site(number=7, name="sahel", language="ar", country="YE", zone="Asia/Aden", publisher="saba",
         announces="index", machine="none", prints="saba", wire="{city} - رويترز: ",
         charset="windows-1256", validators="none"),
    Site(number=8, name="wadi", language="ar", country="EG", zone="Africa/Cairo",
         publisher="ahram-gate", announces="listing", machine="none", prints="ahram",
         wire="{city} - رويترز: ", declared=True, trouble="no_text"),
    Site(number=9, name="bayrak", language="ar", country="JO", zone="Asia/Amman",
         publisher="ammon-news", announces="listing", machine="none", prints="ammon",
         wire="المصدر: رويترز", tags="div", faults=("private", "file")),
    Site(number=10, name="dalil", language="ar", country="EG", zone="Africa/Cairo",
         publisher="masrawy", announces="dated", machine="opengraph", prints="elbalad",
         wire="(رويترز)", trouble="challenge"),
    Site(number=11, name="chinar", language="ur", country="PK", zone="Asia/Karachi",
         publisher="jang", announces="rss", machine="none", prints="jang",
         wire="{city} (اے ایف پی) ", declared=True, faults=("unavailable",)),
    Site(number=12, name="neem", language="ur", country="PK", zone="Asia/Karachi",
         publisher="urdupoint", announces="rss", machine="jsonld", prints="urdupoint",
         wire="{city}(اے ایف پی)۔ ", path="query", trouble="feed_html"),
    Site(number=13, name="ravi", language="ur", country="PK", zone="Asia/Karachi",
         publisher="dunya-news", announces="atom", machine="none", prints="dunya",
         wire="ذریعہ: اے ایف پی", tags="br", validators="etag", faults=("slow",)),
    Site(number=14, name="sitara", language="ur", country="PK", zone="Asia/Karachi",
         publisher="geo-news", announces="news", machine="jsonld", prints="24urdu",
         wire="{city} (اے ایف پی) ", path="dated", trouble="quiet"),
    Site(number=15, name="mashal", language="ur", country="PK", zone="Asia/Karachi",
         publisher="samaa", announces="news", machine="opengraph", prints="jasarat",
         wire="ذریعہ: اے ایف پی", declared=True, faults=("gone", "plus")),
    Site(number=16, name="subah", language="ur", country="PK", zone="Asia/Karachi",
         publisher="express-pk", announces="index", machine="microdata", prints="dailypakistan",
         wire="{city} (اے ایف پی) ", faults=("timeout", "truncated")),
    Site(number=17, name="gulab", language="ur", country="PK", zone="Asia/Karachi",
         publisher="nawa-i-waqt", announces="index", machine="jsonld", prints="24urdu",
         wire="{city}(اے ایف پی)۔ ", tags="div", validators="modified", faults=("reset",)),
    Site(number=18, name="kirn", language="ur", country="PK", zone="Asia/Karachi",
         publisher="jasarat", announces="listing", machine="none", prints="jasarat",
         wire="{city} (اے ایف پی) ", trouble="no_dates"),
    Site(number=19, name="chashma", language="ur", country="PK", zone="Asia/Karachi",
         publisher="92-news", announces="listing", machine="opengraph", prints="24urdu",
         wire="ذریعہ: اے ایف پی", tags="br", path="dated", faults=("moved", "throttled")),
    Site(number=20, name="parbat", language="ur", country="PK", zone="Asia/Karachi",
         publisher="24-news", announces="dated", machine="none", prints="dailypakistan",
         wire="{city} (اے ایف پی) ", declared=True, validators="none", faults=("unavailable",)),
)
# fmt: on
