"""The vocabulary of causes: every name by which a crawl tells that something failed, was refused,
is missing, looks wrong, was left out or needs somebody's attention.

A new cause is one entry of `Cause`; `docs/causes.md` is made of these entries by
`python -m crawler.causes > docs/causes.md`.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from http import HTTPStatus
from typing import Self


class Kind(StrEnum):
    """The sort of event that a cause names, and the column or report in which it is counted."""

    description: str

    def __new__(cls, name: str, description: str) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.description = description
        return member

    FAILURE = (
        "failure",
        "A page, document or article that was announced and is not in the store, or a part of it"
        " that was lost. Counted in the column `failures` of the table.",
    )
    REFUSAL = (
        "refusal",
        "A failure by which the site says that it does not want to be read. Counted as a failure;"
        " a run of which most failures are refusals ends with status 12.",
    )
    GAP = (
        "gap",
        "A stored article lacks something. Counted in the column `gaps`, without `gap_`.",
    )
    WARNING = (
        "warning",
        "An article was read and stored, but something on its page disagrees with something else."
        " Kept in the run's summary (`doubts`).",
    )
    DROP = ("drop", "An article was read and not stored. Kept in the run's summary (`dropped`).")
    ALARM = (
        "alarm",
        "A finding of `scrapy health` on an outlet's runs as a whole. Failures, gaps and warnings"
        " are reported by their own names where their share is unusual.",
    )


_PASSES = "Nothing if it passes: the next runs try again."
_BLOCKED = "Write to the site; set `KHABAR_CONTACT`, so that it can reach you."
_SCARCE = "Nothing while there are few; if there are many, look at the pages."
_LAYOUT = "Record a page and mend the outlet's layout or selectors."
_FIELD = "Compare a page with its article; if the field is wrong, mend the reader or the selectors."
_ANNOUNCED = "Open the document; if it has moved or changed its form, mend the declaration."


ANSWERED = "The server answered %(answer)s."
"""The meaning of a member of the family `http_<status>`, without its answer."""


class Cause(StrEnum):
    """Why something went wrong, as users see it: in tables, summaries, logs and `scrapy health`.

    kind: the sort of event. meaning: one sentence. action: what a reader should do. The names of
    answers, `http_<status>`, are an open family: `Cause.http(418)` is one of its members. answer:
    the status and its standard name, which stand in the meaning of such a member; empty for others.
    """

    kind: Kind
    meaning: str
    action: str
    answer: str

    # The defaults are for a look-up by name, `Cause("dns")`, which gives nothing else.
    def __new__(
        cls, name: str, kind: Kind = Kind.FAILURE, meaning: str = "", action: str = ""
    ) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.kind = kind
        member.meaning = meaning
        member.action = action
        member.answer = ""
        return member

    @classmethod
    def http(cls, status: int) -> "Cause":
        """Return the cause of an answer with this HTTP status, e.g. "http_404"; `HTTP_OTHER` for a
        number that is no status."""
        return cls(f"http_{status}") if 100 <= status <= 999 else cls.HTTP_OTHER

    @classmethod
    def not_article(cls, verdict: str) -> "Cause":
        """Return the cause of a page that was judged to be `verdict` (a `Verdict`, decided in
        crawler/extraction/verdict.py) and not an article. A page that a limit keeps from being read
        at all has the limit's.

        Raises ValueError for a verdict that has no entry.
        """
        if verdict == cls.TOO_MANY_ATTRIBUTES:
            return cls.TOO_MANY_ATTRIBUTES
        return cls(f"not_article/{verdict}")

    @classmethod
    def drift(cls, field: str) -> "Cause":
        """Return the warning that selectors and generic extraction differ in `field` (a
        `DriftField`, decided in crawler/extraction/disagreements.py).

        Raises ValueError for a field that has no entry.
        """
        return cls(f"drift/{field}")

    @classmethod
    def _missing_(cls, value: object) -> "Cause | None":
        """Return a member of the family `http_<status>` for a status without its own entry."""
        found = re.fullmatch(r"http_(\d{3})", value) if isinstance(value, str) else None
        if found is None:
            return None
        member = str.__new__(cls, found[0])
        member._name_ = found[0].upper()
        member._value_ = found[0]
        member.kind = cls.HTTP.kind
        member.answer = _status_name(int(found[1]))
        member.meaning = ANSWERED % {"answer": member.answer}
        member.action = cls.HTTP.action
        return member

    # Of a request: no answer that could be used

    DNS = (
        "dns",
        Kind.FAILURE,
        "The name of the host has no address.",
        "If it stays, check the address in the declaration and this machine's name server.",
    )
    TIMEOUT = (
        "timeout",
        Kind.FAILURE,
        "No whole answer came within `DOWNLOAD_TIMEOUT` seconds.",
        _PASSES,
    )
    CONNECTION_REFUSED = (
        "refused",
        Kind.FAILURE,
        "The host refused the connection: no server listens there.",
        _PASSES,
    )
    CONNECTION_LOST = (
        "connection_lost",
        Kind.FAILURE,
        "The connection broke, or could not be made.",
        _PASSES,
    )
    TRUNCATED = (
        "truncated",
        Kind.FAILURE,
        "The body ended before its declared length, or inside its gzip stream.",
        _PASSES,
    )
    DAMAGED = (
        "damaged",
        Kind.FAILURE,
        "The body is not packed as its Content-Encoding says.",
        _PASSES,
    )
    TOO_LARGE = (
        "too_large",
        Kind.FAILURE,
        "The body, or what it unpacks to, is larger than anything that is meant to be read.",
        "If it is news, raise the limit (`DOWNLOAD_MAXSIZE`); limits stand in SECURITY.md.",
    )
    SCHEME = (
        "scheme",
        Kind.FAILURE,
        "The address, or the one that it redirects to, is neither http nor https.",
        "Nothing.",
    )
    BAD_ADDRESS = ("bad_address", Kind.FAILURE, "The address names an impossible host.", "Nothing.")
    PRIVATE_ADDRESS = (
        "private_address",
        Kind.FAILURE,
        "The SSRF guard: the host leads to an address that is not on the open internet.",
        "Nothing; for a server of your own, name its network in `KHABAR_GUARD_ALLOW`.",
    )
    TLS = (
        "tls",
        Kind.FAILURE,
        "The server's certificate is expired, another host's, or signed by nobody known.",
        "Nothing if it passes; the site has to renew it.",
    )
    OFFSITE = (
        "offsite",
        Kind.FAILURE,
        "The address, or the one that it redirects to, is on none of the outlet's hosts.",
        "If it is the outlet's, add the host to the declaration.",
    )
    REDIRECTS = (
        "redirects",
        Kind.FAILURE,
        "The page redirects again and again (`REDIRECT_MAX_TIMES`).",
        _PASSES,
    )
    REDIRECT_LOOP = (
        "redirect_loop",
        Kind.FAILURE,
        "The page redirects to itself, as one does that waits for a cookie.",
        _PASSES,
    )
    URL_TOO_LONG = (
        "url_too_long",
        Kind.FAILURE,
        "The address is longer than `URLLENGTH_LIMIT`.",
        "If the outlet prints such addresses, raise the limit.",
    )
    PUT_OFF = (
        "put_off",
        Kind.FAILURE,
        "The page failed in an earlier run, and its next try is not due. Shown only where no"
        " announced page has ever been read.",
        "See why it failed: `scrapy why ADDRESS`, or the last run that tried.",
    )
    UNACCOUNTED = (
        "unaccounted",
        Kind.FAILURE,
        "The run asked for the page and has lost sight of it: an error of ours.",
        "Report it with the log, which names the addresses.",
    )
    IGNORED = (
        "ignored",
        Kind.FAILURE,
        "Scrapy ignored the request for a reason that has no name here.",
        "Report it with the log at level DEBUG.",
    )
    STOPPED = (
        "stopped",
        Kind.FAILURE,
        "The run ended before the page was read.",
        "Nothing: the next run sends it.",
    )
    OUT_OF_TIME = (
        "out_of_time",
        Kind.FAILURE,
        "The time of the run (`RUN_SECONDS`) was over before the request was sent.",
        "Nothing: the next run begins with it. It is counted as left, not as failed.",
    )
    ROBOTS_UNREACHABLE = (
        "robots_unreachable",
        Kind.FAILURE,
        "The host's robots.txt could not be read, so nothing of the host may be asked for.",
        _PASSES,
    )
    NOT_RECORDED = (
        "not_recorded",
        Kind.FAILURE,
        "Under `REPLAY`: there is no recording of the address.",
        "Record it (`scrapy record`), or cut the address from the recorded document.",
    )
    ERROR = (
        "error",
        Kind.FAILURE,
        "An exception in our own code.",
        "Read the traceback in the log, and report it.",
    )

    # Of a request: an answer, but not the page

    HTTP_404 = (
        "http_404",
        Kind.FAILURE,
        "The server says that there is no such page.",
        _SCARCE,
    )
    HTTP_410 = ("http_410", Kind.FAILURE, "The server says that the page is gone.", _SCARCE)
    HTTP = (
        "http_<status>",
        Kind.FAILURE,
        "The server answered another HTTP status than 200, after the usual tries.",
        _PASSES,
    )
    HTTP_OTHER = (
        "http_other",
        Kind.FAILURE,
        "The server answered with a number that is no HTTP status, which has three digits.",
        _PASSES,
    )
    HTTP_401 = ("http_401", Kind.REFUSAL, "The server wants to know who asks.", _BLOCKED)
    HTTP_403 = ("http_403", Kind.REFUSAL, "The server forbids the page.", _BLOCKED)
    HTTP_429 = (
        "http_429",
        Kind.REFUSAL,
        "The server says that we ask too often, also after the waits that it asked for.",
        "Raise the outlet's `delay`.",
    )
    HTTP_451 = (
        "http_451",
        Kind.REFUSAL,
        "The server withholds the page for legal reasons, perhaps in this country only.",
        _BLOCKED,
    )
    CHALLENGE = (
        "challenge",
        Kind.REFUSAL,
        "In the place of the page came one that asks to prove that a browser reads it.",
        _BLOCKED,
    )
    ROBOTS = (
        "robots",
        Kind.REFUSAL,
        "The site's robots.txt forbids the page to us.",
        "Nothing; if all is forbidden, write to the site or remove the outlet.",
    )
    CRAWL_DELAY = (
        "crawl_delay",
        Kind.REFUSAL,
        "The site's robots.txt asks for more than `PATIENCE` seconds between requests.",
        "Write to the site, or raise `PATIENCE`.",
    )

    # Of a page that came

    REDIRECTED = (
        "redirected",
        Kind.FAILURE,
        "The page redirects to an address that is not an article's by the outlet's pattern.",
        "If articles have moved, mend the pattern `articles`.",
    )
    NOT_ARTICLE = (
        "not_article",
        Kind.FAILURE,
        "`scrapy record`: the page is neither an article nor readable as a declared document.",
        "Name an article's address, or one that the outlet declares.",
    )
    NOT_ARTICLE_EMPTY = (
        "not_article/empty",
        Kind.FAILURE,
        "The page has no running text.",
        "Nothing while there are few; if there are many, record a page and mend the reader.",
    )
    NOT_ARTICLE_LISTING = (
        "not_article/listing",
        Kind.FAILURE,
        "The page is a list of links to stories.",
        "If many are, narrow the pattern `articles`.",
    )
    NOT_ARTICLE_SITE_PAGE = (
        "not_article/site_page",
        Kind.FAILURE,
        "The page says itself that it is no article: a section, a tag, an author, about, contact."
        " It is asked for again after 90 days, or when it is read by another version.",
        "If many do, narrow the pattern `articles`, or name their addresses in `exclude`.",
    )
    NOT_ARTICLE_GALLERY = (
        "not_article/gallery",
        Kind.FAILURE,
        "The page is a series of pictures without a story.",
        _SCARCE,
    )
    NOT_ARTICLE_VIDEO = (
        "not_article/video",
        Kind.FAILURE,
        "The page is a video without a story.",
        _SCARCE,
    )
    NOT_ARTICLE_ERROR_PAGE = (
        "not_article/error_page",
        Kind.FAILURE,
        "The page says that there is no such page, though with status 200.",
        _SCARCE,
    )
    NOT_ARTICLE_PAYWALL = (
        "not_article/paywall",
        Kind.FAILURE,
        "The page asks for a subscription in the place of the story.",
        _SCARCE,
    )
    NOT_ARTICLE_LANGUAGE = (
        "not_article/language",
        Kind.FAILURE,
        "The story is in neither Arabic nor Urdu.",
        _SCARCE,
    )
    NOT_ARTICLE_MOJIBAKE = (
        "not_article/mojibake",
        Kind.FAILURE,
        "The words were read in a wrong encoding before they reached us, and some of their letters"
        " are lost.",
        "Look at the page in a browser; if people see the same, write to the site.",
    )
    NOT_ARTICLE_NOT_HTML = (
        "not_article/not_html",
        Kind.FAILURE,
        "The answer is no HTML.",
        _SCARCE,
    )

    # Of an article on its way into the store

    STORE = (
        "store",
        Kind.FAILURE,
        "The store rejected the article, which waits in the spool to be tried once more.",
        "Read the log's line; after the next run the article stands in the spool's `.broken` file.",
    )
    SPOOLED = (
        "spooled",
        Kind.FAILURE,
        "The store was away: the article waits in the spool, and the next run stores it first.",
        "Bring the store back.",
    )
    BROKEN_SPOOL_LINE = (
        "broken_spool_line",
        Kind.FAILURE,
        "A line of the spool was cut short or rejected by the store, and was set aside.",
        "Look at the spool's `.broken` file.",
    )

    # Of a feed, sitemap or listing

    NOT_AS_DECLARED = (
        "not_as_declared",
        Kind.FAILURE,
        "The document cannot be read as the feed, sitemap or listing that it is declared to be.",
        _ANNOUNCED,
    )
    NO_LINKS = (
        "no_links",
        Kind.FAILURE,
        "A listing or a sitemap index has no link where the declaration says that links are.",
        "Open it; mend `links`, `entries`, `follow` or `newest`; see if a script builds it.",
    )
    ONLY_IMAGES = (
        "only_images",
        Kind.FAILURE,
        "A sitemap lists images and not one page.",
        "Declare the sitemap of the articles in its place.",
    )
    TOO_MANY_ATTRIBUTES = (
        "too_many_attributes",
        Kind.FAILURE,
        "A tag of the page or document has over a thousand attributes, which would take the parser"
        " minutes; it was not read.",
        _SCARCE,
    )
    BROKEN_ENTRY = (
        "broken_entry",
        Kind.FAILURE,
        "An entry of a feed, a sitemap or a JSON listing has no address that can be used.",
        "Nothing while there are few.",
    )
    TOO_MANY_ENTRIES = (
        "too_many_entries",
        Kind.FAILURE,
        "A document announced more addresses than are taken from one; the others were left out.",
        "Declare the smaller documents in its place, such as those of one day.",
    )
    NO_ARTICLE_ADDRESS = (
        "no_article_address",
        Kind.FAILURE,
        "Of all addresses that a document announces none is an article's by the outlet's pattern.",
        "Mend the pattern `articles`, or the declared document.",
    )

    # Of a stored article

    GAP_HEADLINE = ("gap_headline", Kind.GAP, "The article has no headline.", _LAYOUT)
    GAP_BODY = ("gap_body", Kind.GAP, "The article has no text.", _LAYOUT)
    GAP_DATE = (
        "gap_date",
        Kind.GAP,
        "The article has no date of publication that could be read; what was printed is kept.",
        _LAYOUT,
    )
    DRIFT_HEADLINE = (
        "drift/headline",
        Kind.WARNING,
        "The outlet's selectors find another headline than generic extraction.",
        _LAYOUT,
    )
    DRIFT_BODY = (
        "drift/body",
        Kind.WARNING,
        "The outlet's selectors find another text than generic extraction.",
        _LAYOUT,
    )
    DRIFT_PUBLISHED = (
        "drift/published",
        Kind.WARNING,
        "The outlet's selectors find another day of publication than generic extraction.",
        _LAYOUT,
    )
    BROKEN_JSONLD = (
        "broken_jsonld",
        Kind.WARNING,
        "A JSON-LD block of the page is broken; what could be read of it was read.",
        "Nothing while dates and authors are right; else declare selectors for them.",
    )
    FURTHER_PAGES = (
        "further_pages",
        Kind.WARNING,
        "The article goes on on further pages; only the first one was read.",
        "Nothing: the stored text is the first page's.",
    )
    UNREADABLE_STATE = (
        "unreadable_state",
        Kind.WARNING,
        "The page prints no text, or its first paragraph alone, and keeps the rest in a script that"
        " is no JSON.",
        _LAYOUT,
    )
    UNREADABLE_DATA = (
        "unreadable_data",
        Kind.WARNING,
        "The page lacks the JSON document that the outlet's layout declares (`data`), or the"
        " document is broken; the page was read without it.",
        _LAYOUT,
    )
    FIRST_PARAGRAPH_ONLY = (
        "first_paragraph_only",
        Kind.WARNING,
        "The page says that it is an article, and one paragraph of a longer text was found.",
        _LAYOUT,
    )
    MOJIBAKE_REPAIRED = (
        "mojibake_repaired",
        Kind.WARNING,
        "The words were read in a wrong encoding before they reached us, and were set right.",
        "Nothing while there are few.",
    )
    UNREADABLE_DATE = (
        "unreadable_date",
        Kind.WARNING,
        "A date of publication is printed and could not be read.",
        _FIELD,
    )
    UNREADABLE_MODIFIED = (
        "unreadable_modified",
        Kind.WARNING,
        "A date of modification is printed and could not be read.",
        _FIELD,
    )
    FUTURE_DATE = (
        "future_date",
        Kind.WARNING,
        "The date of publication lies more than a day ahead of the visit, and was not believed.",
        _FIELD,
    )
    DATE_BEFORE_WEB = (
        "date_before_web",
        Kind.WARNING,
        "The date of publication lies before 1995, and was not believed; what was printed is kept.",
        _FIELD,
    )
    DATE_FROM_FEED = (
        "date_from_feed",
        Kind.WARNING,
        "The page gives no date of publication, or the day alone; the date, or its minute, is that"
        " of the feed, sitemap or listing that announced it.",
        "Nothing if pages print no more; else mend the reader or the selectors.",
    )
    DATE_FROM_ADDRESS = (
        "date_from_address",
        Kind.WARNING,
        "Neither the page nor its announcement gives a date; the day is that in the address.",
        "Nothing if pages print no date; else mend the reader or the selectors.",
    )
    FEED_HOURS_OFF = (
        "feed_hours_off",
        Kind.WARNING,
        "The announced date and that of the page differ by whole hours or show the same clock in"
        " different zones; the page's was believed.",
        "Find out which zone is false; declare `machine_dates` of the feed or sitemap, or of the"
        " layout.",
    )
    MODIFIED_BEFORE_PUBLISHED = (
        "modified_before_published",
        Kind.WARNING,
        "The date of modification lies before that of publication; both are kept as read.",
        _FIELD,
    )
    FOREIGN_CANONICAL = (
        "foreign_canonical",
        Kind.WARNING,
        "A page names as its own (`rel=canonical`, `og:url`) the address of another page, which"
        " prints another text. It is stored under the address that it was read at.",
        "Nothing: no article is lost. The outlet's template prints a stale address.",
    )
    ROBOTS_CUT = (
        "robots_cut",
        Kind.WARNING,
        "The host's robots.txt is larger than 500 KiB; the whole lines of that much were read.",
        "Nothing; RFC 9309 asks for no more.",
    )
    DATELINE_DATE = (
        "dateline_date",
        Kind.WARNING,
        "The day in the dateline is more than a day from the date of publication.",
        _FIELD,
    )

    ITEM_FIELD = (
        "item_field",
        Kind.WARNING,
        "A field of an item, of a spider that is not an OutletSpider, has a value of a type or form"
        " that the field cannot have. The field is missing; the article is stored.",
        "Mend the spider; the log names the field and the type.",
    )

    # Of an article that is not stored

    ITEM_URL = (
        "item_url",
        Kind.DROP,
        "The item of a spider that is not an OutletSpider has no http or https address.",
        "Mend the spider: `url` is the whole address of the article's page (`response.url`).",
    )
    EMPTY = ("empty", Kind.DROP, "The article has neither headline nor text.", _LAYOUT)
    EXCLUDED = (
        "excluded",
        Kind.DROP,
        "The outlet's declaration leaves out the article's section (`exclude`), or no longer takes"
        " its address for an article's. It is asked for again after 90 days, or when it is read by"
        " another version.",
        "Nothing.",
    )
    OUTSIDE_SPAN = (
        "outside_span",
        Kind.DROP,
        "The article lies outside the days that were asked for (`-a since`, `until`).",
        "Nothing.",
    )

    # Of an outlet's runs

    NOTHING_FOUND = (
        "nothing_found",
        Kind.ALARM,
        "No feed, sitemap or listing announced an article, and none failed either.",
        _ANNOUNCED,
    )
    NOTHING_NEW = (
        "nothing_new",
        Kind.ALARM,
        "Nothing new came for longer than the longest silence before (quiet), or twice as long"
        " (degraded); an outlet whose rhythm is not known yet has a week.",
        "Look at the site; if it has news, mend the declared documents.",
    )
    DISCOVERY_FAILED = (
        "discovery_failed",
        Kind.ALARM,
        "A feed, sitemap or listing was dead in the last two runs while others lived.",
        _ANNOUNCED,
    )
    OFF_PATTERN = (
        "off_pattern",
        Kind.ALARM,
        "No address that a document announces is an article's by the outlet's pattern; or fewer"
        " than half the usual number are, and the other addresses grew by over half of the loss.",
        "Mend the pattern `articles`.",
    )
    FLOOD = (
        "flood",
        Kind.ALARM,
        "Over 50 addresses were announced, and over three times the 90th percentile of earlier"
        " runs.",
        "Look at the document; if it lists an archive now, declare another.",
    )
    NO_CREDIT = (
        "no_credit",
        Kind.ALARM,
        "An unusual share of the articles names no agency, place or reporter.",
        "Compare a page with its article: the dateline or byline may have a new form.",
    )
    COPIES = (
        "copies",
        Kind.ALARM,
        "An unusual share of the new articles repeats stories that others ran first.",
        "Look at some of them: boilerplate may be taken for a story.",
    )
    RESTLESS = (
        "restless",
        Kind.ALARM,
        "Far more articles were revised than ever: a line of their pages changes at every look. It"
        " is learned after three looks; until then revisits wait longer.",
        "See two revisions of an article; mend the outlet's selectors if the line is no story's.",
    )
    OVERDUE = (
        "overdue",
        Kind.ALARM,
        "No run came for three times the usual wait; a site that refused is not missed for a day.",
        "Look at the timer or cron.",
    )
    INTERRUPTED = (
        "interrupted",
        Kind.ALARM,
        "The last run crashed, or the last two or more were broken off by a signal or a crash.",
        "Look at the log of the service, and at memory and disk.",
    )
    SITE_REFUSED = (
        "site_refused",
        Kind.ALARM,
        "The site refused the last run, though no page: its robots.txt, say, answered 429.",
        _BLOCKED,
    )
    DECLARATION = (
        "declaration",
        Kind.ALARM,
        "The declaration of an outlet cannot be used, and was skipped; its file is named.",
        "Mend the file; `scrapy list` says what is wrong.",
    )
    BACKLOG = (
        "backlog",
        Kind.ALARM,
        "Each of the last three runs left more articles for the next one than the run before.",
        "Raise `RUN_SECONDS`, or let the outlet run more often; a slow site may need both.",
    )
    STORE_DOWN = (
        "store_down",
        Kind.ALARM,
        "The store went away during the last run; what was fetched waits in the spool.",
        "Bring the store back; the next run stores the spool first.",
    )


class Ending(StrEnum):
    """Why a run did not begin or came to its end: Scrapy's close reasons that this project reads
    or sets."""

    meaning: str

    def __new__(cls, name: str, meaning: str) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.meaning = meaning
        return member

    FINISHED = ("finished", "All that was found and due has been asked for.")
    SHUTDOWN = ("shutdown", "A signal ended the run.")
    REFUSED = (
        "refused",
        "The site refused so often, or asked for so long a wait, that the run left it alone; or it"
        " refused the last run, and `REFUSED_PAUSE` is not over.",
    )
    UNAVAILABLE = ("unavailable", "The site stayed busy (503), or asked for too long a wait.")
    STORE_DOWN = (
        "store_down",
        "The store could not be used, so nothing was fetched; or an article could be kept neither"
        " there nor in the spool, so nothing more was.",
    )
    ERROR = ("error", "An error of ours kept the run from beginning.")
    ALREADY_RUNNING = ("already_running", "Another run is crawling the outlet.")
    LEASE_LOST = ("lease_lost", "Another run took the outlet over while this one stood still.")


REFUSALS = frozenset(cause for cause in Cause if cause.kind is Kind.REFUSAL)
"""The ways open to a site to say that it does not want to be read."""


def find_cause(name: str) -> Cause | None:
    """Return the cause called `name`; None for a name that only another version knows."""
    try:
        return Cause(name)
    except ValueError:
        return None


def glossary(names: Iterable[str]) -> list[str]:
    """Return a line for each cause among `names`, by name: what it means and what to do."""
    causes = filter(None, map(find_cause, sorted(set(names))))
    return [f"{cause}  {cause.meaning} {cause.action}".replace("`", "") for cause in causes]


def as_markdown() -> str:
    """Return docs/causes.md: a table of causes for each kind, and one of the ends of a run."""
    lines = [
        "# Causes",
        "",
        "Every name by which a crawl tells what went wrong. Made of `crawler/causes.py` by"
        " `python -m crawler.causes`; change it there.",
    ]
    for kind in Kind:
        causes = [cause for cause in Cause if cause.kind is kind]
        rows = [(f"`{cause}`", cause.meaning, cause.action) for cause in causes]
        lines += ["", f"## {kind.capitalize()}s", "", kind.description, ""]
        lines += _table(("name", "meaning", "what to do"), rows)
    endings = [(f"`{ending}`", ending.meaning) for ending in Ending]
    lines += ["", "## Ends of a run", "", "Scrapy's `finish_reason`.", ""]
    lines += _table(("name", "meaning"), endings)
    return "\n".join(lines) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    ruled = [head, ("---",) * len(head), *rows]
    return [f"| {' | '.join(row)} |" for row in ruled]


def _status_name(status: int) -> str:
    """Return the status with its name in the standard, e.g. "503 (Service Unavailable)"."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


if __name__ == "__main__":
    print(as_markdown(), end="")
