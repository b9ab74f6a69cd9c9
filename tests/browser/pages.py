"""Every page of the site, as it is looked at in a browser."""

from dataclasses import dataclass
from urllib.parse import quote

from tests.browser.edition import ACCESS, HARBOUR, NOW, UNDATED, VOWELS, id_of

LANGUAGES = ("ar", "ur", "en")
WIDTHS = (320, 768, 1280)


@dataclass(frozen=True)
class Shown:
    """A page: its address without what chooses the look, and the status of its answer."""

    name: str
    address: str
    status: int = 200
    is_guarded: bool = False

    def chosen(self, **choices: str) -> str:
        """Return the address with some choices, e.g. `ui="ur"`."""
        given = "&".join(f"{name}={value}" for name, value in choices.items())
        return f"{self.address}{'&' if '?' in self.address else '?'}{given}"


def search(words: str) -> str:
    """Return the address of the stories with these words."""
    return f"/search?q={quote(words)}"


PAGES = (
    Shown("front", "/"),
    Shown("next-page", "/?limit=2"),
    Shown("filtered", "/?language=ur&outlet=bbc_ur"),
    Shown("nothing", search("كركدن")),
    Shown("search-help", "/search"),
    Shown("search-arabic", search("ميناء")),
    Shown("search-urdu", search("كراچي")),
    Shown("search-help", "/search"),
    Shown("search-refused", search("(ميناء"), status=400),
    Shown("search-filtered", f"{search('لائبریری')}&language=ur&outlet=bbc_ur&since=2020-01-01"),
    Shown("story-arabic", f"/stories/{id_of(HARBOUR)}"),
    Shown("story-urdu", f"/stories/{id_of(ACCESS)}"),
    Shown("story-vowels", f"/stories/{id_of(VOWELS)}"),
    Shown("story-bare", f"/stories/{id_of(UNDATED)}"),
    Shown("story-by-address", f"/stories?address={quote(HARBOUR.url, safe='')}"),
    Shown("days", "/days"),
    Shown("day", f"/days/{NOW:%Y-%m-%d}"),
    Shown("agencies", "/agencies"),
    Shown("agency", "/agencies/afp"),
    Shown("outlets", "/outlets"),
    Shown("outlet", "/outlets/bbc_ur"),
    Shown("outlet-failing", "/outlets/jang"),
    Shown("outlet-unread", "/outlets/aawsat"),
    Shown("runs", "/runs"),
    Shown("health", "/health"),
    Shown("enter", "/enter", is_guarded=True),
    Shown("no-page", "/nowhere", status=404),
    Shown("bad-parameter", "/?limit=0", status=400),
)
