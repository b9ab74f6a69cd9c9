"""Measure what the worst documents cost: pages, listings, feeds, sitemaps and robots.txt by shape.

    .venv/bin/python benchmarks/documents.py [--only PART_OF_A_NAME] [--share 0.25]

Each shape repeats one thing (an element, an attribute, a JSON-LD block, a level of depth, a date)
until the document is as large as its reader may be handed, and once more at a quarter of that. A
document that costs more than `MOST_SECONDS` of CPU time or `MOST_MEGABYTES` of memory, or more than
`MOST_GROWTH` times what a quarter of it costs, is a fault of ours. Each measurement runs in a
process of its own, whose CPU time is limited; the best of `ROUNDS` counts.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

MOST_SECONDS = 10.0  # of CPU time, for one document
MOST_MEGABYTES = 200.0  # over what the process had before
MOST_GROWTH = 6.0  # from a quarter to the whole; 4 is linear
LEAST_SECONDS = 0.4  # below it growth says nothing but noise
ROUNDS = 3
KILL_AFTER = 40  # seconds of CPU time

LARGEST = {
    "page": 2_000_000,  # characters that are parsed (crawler.extraction.document.MAX_CHARS)
    "listing": 7_000_000,  # characters (crawler.discovery.listings.MAX_CHARACTERS)
    "listing next": 7_000_000,
    "feed": 8_000_000,  # characters (crawler.discovery.feeds.MAX_CHARACTERS)
    "sitemap": 50 * 1024 * 1024,  # unpacked (sitemaps.org)
    "robots": 512_000,  # bytes (crawler.fetching.robots.MAX_BYTES)
}
"""Characters of a document of each kind that a reader takes, or may be handed."""

WORDS = "قال الوزير إن الجسر الجديد سيفتح غدا أمام السكان."


@dataclass(frozen=True, slots=True)
class Shape:
    """A document of one shape: `head`, then `piece` with a running number as often as fits, then
    `tail`, for the reader that `kind` names."""

    kind: str
    piece: Callable[[int], str]
    head: str = ""
    tail: str = ""
    closing: str = ""  # once for each piece, behind them all: makes depth

    def body(self, size: int) -> bytes:
        """Return the document, of about `size` characters."""
        pieces: list[str] = []
        left = size - len(self.head + self.tail)
        for number in count():
            piece = self.piece(number)
            left -= len(piece) + len(self.closing)
            if left < 0:
                break
            pieces.append(piece)
        return "".join([self.head, *pieces, self.closing * len(pieces), self.tail]).encode()


def _same(text: str) -> Callable[[int], str]:
    return lambda number: text


_STORY = f"<h1>عنوان الخبر الطويل في هذه الصفحة</h1><p>{WORDS} {WORDS}</p><p>{WORDS} {WORDS}</p>"
_ELEMENTS = (
    "p", "div", "span", "h1", "h2", "h4", "li", "td", "a", "b", "em", "time", "figure",
    "figcaption", "article", "section", "table", "blockquote", "img", "script", "style", "iframe",
    "video", "form", "input", "option", "pre", "dd", "font", "center", "address", "header",
    "footer", "aside", "nav", "br", "hr", "noscript", "template", "svg", "button", "label",
)  # fmt: skip
_PAIRS = (
    "class='date'", "class='byline'", "class='caption'", "class='tags'", "class='related'",
    "class='comments'", "class='breadcrumb'", "class='lead'", "itemprop='author'",
    "itemprop='datePublished'", "itemprop='articleBody'", "itemscope itemtype='x/NewsArticle'",
    "rel='author'", "property='article:published_time'", "dir='rtl'", "style='display:none'",
)  # fmt: skip


def _paragraph_with_attributes(count: int, value: int) -> str:
    attributes = " ".join(f"a{number}={value}" for number in range(count))
    return f"<p {attributes}>نص</p>"


def _page_shapes() -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}

    def page(name: str, piece: Callable[[int], str], **parts: str) -> None:
        shapes[f"page: {name}"] = Shape("page", piece, head=f"<html><body>{_STORY}", **parts)

    for tag in _ELEMENTS:
        page(f"empty <{tag}>", _same(f"<{tag}></{tag}>"))
        page(f"short <{tag}>", _same(f"<{tag}>نص قصير</{tag}>"))
        page(f"<{tag}> of a sentence", _same(f"<{tag}>{WORDS}</{tag}>"))
        page(f"open <{tag}>", _same(f"<{tag}>نص"))
        page(f"nested <{tag}>", _same(f"<{tag}>نص"), closing=f"</{tag}>")
    for pair in _PAIRS:
        page(f"<div {pair}>", _same(f"<div {pair}>خبر 9 مارس 2024</div>"))
        page(f"nested <div {pair}>", _same(f"<div {pair}>خبر"), closing="</div>")
        page(f"<span {pair}> in one <p>", _same(f"<span {pair}>خبر 2024</span>"), closing="")
    page("numbered classes", lambda n: f"<div class='c{n}'>{WORDS}</div>")
    page("numbered ids", lambda n: f"<p id='c{n}'>{WORDS}</p>")
    page("links", lambda n: f"<a href='/story/{n}'>عنوان خبر من أخبار المدينة {n}</a>")
    page("linked items", lambda n: f"<li><a href='/story/{n}'>عنوان خبر {n}</a></li>")
    page(
        "linked headings",
        lambda n: f"<h3><a href='/s/{n}'>عنوان خبر من أخبار {n}</a></h3><p>{WORDS}</p>",
    )
    page("images", lambda n: f"<img src='/i/{n}.jpg' alt='صورة {n}'>")
    page("dates", lambda n: f"<span>{n % 28 + 1} مارس 2024 - {n % 24}:30</span>")
    page("dates in paragraphs", lambda n: f"<p>{n % 28 + 1} مارس 2024</p>")
    page("clocks", lambda n: f"<p>{n % 24}:30</p>")
    page("times", lambda n: f"<time datetime='2024-03-{n % 28 + 1:02}'>{n}</time>")
    page("bylines", lambda n: f"<p>كتب: محمد علي {n}</p>")
    page("names", lambda n: f"<p class='author'>محمد علي {n}</p>")
    page("categories", lambda n: f"<a href='/category/{n}' rel='category'>قسم {n}</a>")
    page("bases", lambda n: f"<base href='/{n}'>")
    page("canonicals", lambda n: f"<link rel='canonical' href='/story/{n}'>")
    page("metas", lambda n: f"<meta property='og:title' content='عنوان {n}'>")
    page("other metas", lambda n: f"<meta name='n{n}' content='عنوان {n}'>")
    page("titles", lambda n: f"<title>عنوان {n}</title>")
    page(
        "microdata",
        lambda n: (
            "<div itemscope itemtype='https://schema.org/NewsArticle'>"
            f"<p itemprop='headline'>خبر {n}</p></div>"
        ),
    )
    page(
        "nested microdata",
        lambda n: (
            "<div itemscope itemprop='author' itemtype='https://schema.org/Person'>"
            "<b itemprop='name'>علي</b>"
        ),
        closing="</div>",
    )
    page("rows", lambda n: f"<tr><td>{n}</td><td>{WORDS}</td></tr>")
    page("broken lines", _same(f"{WORDS}<br>"))
    page("text in one node", _same(WORDS + " "))
    page("letters without a space", _same("م"))
    page("digits", _same("1234567890"))
    page("colons", _same("مدينة: "))
    page("dashes", _same("مدينة - "))
    page("brackets", _same("(مدينة) "))
    page("open brackets", _same("("))
    page("entities", _same("&amp;&#1605;&nbsp;"))
    page("white space", _same(" \n\t"))
    page("zero bytes", _same("\0"))
    page("comments", _same("<!-- x -->"))
    page("open comments", _same("<!-- "))
    page("angle brackets", _same("<"))
    page("ends", _same("</p></div>"))
    page("CDATA", _same("<![CDATA["))
    page(
        "JSON-LD blocks",
        lambda n: (
            f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"خبر {n}",'
            '"datePublished":"2024-03-09T10:00:00Z"}</script>'
        ),
    )
    page(
        "broken JSON-LD blocks",
        lambda n: (
            '<script type="application/ld+json">'
            f'{{"@type":"NewsArticle","headline":"خبر {n}</script>'
        ),
    )
    json_head = f'<html><body>{_STORY}<script type="application/ld+json">'
    for name, piece, head, tail, closing in (
        ("JSON-LD depth", '{"a":', "", "", "}"),
        ("JSON-LD lists", "[", "", "", "]"),
        ("JSON-LD graph", '{"@type":"NewsArticle","headline":"خبر"},', '{"@graph":[', "{}]}", ""),
        (
            "JSON-LD authors",
            '{"@type":"Person","name":"علي"},',
            '{"@type":"NewsArticle","author":[',
            "{}]}",
            "",
        ),
        ("JSON-LD semicolons", ";", "", "", ""),
        ("JSON-LD quotes", '"', "{", "}", ""),
        ("JSON-LD backslashes", "\\", '{"a":"', '"}', ""),
        ("JSON-LD newlines", "\n", '{"a":"', '"}', ""),
        ("JSON-LD body", WORDS, '{"@type":"NewsArticle","articleBody":"', '"}', ""),
        ("JSON-LD keys", '"k":1,', "{", '"z":1}', ""),
        ("JSON-LD CDATA ends", "]]>", "{", "}", ""),
        ("JSON-LD digits", "1", '{"a":', "}", ""),
    ):
        shapes[f"page: {name}"] = Shape(
            "page", _same(piece), json_head + head, tail + "</script>", closing
        )
    for name, opening, make, ending in (
        ("attributes", "<p ", lambda n: f"a{n}='1' ", ">نص</p>"),
        ("attributes without values", "<p ", lambda n: f"a{n} ", ">نص</p>"),
        ("attributes of one name", "<p ", _same("a='1' "), ">نص</p>"),
        ("attributes glued", "<p ", lambda n: f"a{n}=''", ">نص</p>"),
        ("attributes behind a bare quote", "<p x=\" ", lambda n: f"a{n}='1' ", "\">نص</p>"),
        ("attributes behind two quotes", "<p x='\"' ", lambda n: f"a{n}=1 ", ">نص</p>"),
        ("attributes with slashes", "<p ", lambda n: f"a{n}/", ">نص</p>"),
        ("attributes with angle brackets", "<p ", lambda n: f"a{n}='>' ", ">نص</p>"),
        ("attributes of <html>", "</p><html ", lambda n: f"a{n}=1 ", ">نص"),
        ("attributes of many <html>", "", lambda n: f"<html a{n}=1>", ""),
        ("attributes of many <body>", "", lambda n: f"<body a{n}=1>", ""),
        ("one endless attribute", "<p data-story='", _same(WORDS), "'>نص</p>"),
        ("one endless class", "<p class='", _same("share-"), "'>نص</p>"),
        ("one class list", "<p class='", lambda n: f"c{n} ", "'>نص</p>"),
        ("one endless name", "<p ", _same("a"), ">نص</p>"),
        ("one endless tag", "<", _same("a"), ">نص</p>"),
        ("one endless address", "<a href='/", _same("a/"), "'>نص</a>"),
        ("one endless title", "<title>", _same("كلمة - "), "</title>"),
        ("one endless headline", "<h1>", _same("كلمة "), "</h1>"),
        ("one endless byline", "<p class='byline'>", _same("علي، "), "</p>"),
        ("one endless byline of dashes", "<p class='byline'>", _same("علي - "), "</p>"),
        ("one endless date", "<p class='date'>", _same("9 مارس 2024 "), "</p>"),
        (
            "one endless keyword list",
            "<meta name='keywords' content='", lambda n: f"كلمة{n},", "'>",
        ),
        ("one endless description", "<meta name='description' content='", _same(WORDS), "'>"),
        ("one endless author", "<meta name='author' content='", _same("علي - "), "'>"),
        (
            "one endless meta date",
            "<meta property='article:published_time' content='", _same("2024"), "'>",
        ),
        ("ten attributes each", "", lambda n: _paragraph_with_attributes(10, n), ""),
        ("a hundred attributes each", "", lambda n: _paragraph_with_attributes(100, n), ""),
    ):  # fmt: skip
        shapes[f"page: {name}"] = Shape("page", make, f"<html><body>{_STORY}{opening}", ending)
    shapes["page: no headline, short <p>"] = Shape("page", _same("<p>نص قصير</p>"))
    shapes["page: only <h1>"] = Shape("page", _same("<h1>عنوان</h1>"), "<html><body>")
    shapes["page: only sentences in <h1>"] = Shape(
        "page", _same(f"<h1>{WORDS}</h1>"), "<html><body>"
    )
    return shapes


def _listing_shapes() -> dict[str, Shape]:
    link = "<a href='/story/0'>عنوان</a>"
    shapes = {
        "links": Shape("listing", lambda n: f"<a href='/story/{n}'>عنوان خبر {n}</a>"),
        "one link again": Shape("listing", _same(link)),
        "links of long text": Shape("listing", lambda n: f"<a href='/s/{n}'>{WORDS * 5}</a>"),
        "nested links": Shape(
            "listing", lambda n: f"<div><a href='/story/{n}'>خبر", closing="</a></div>"
        ),
        "open links": Shape("listing", _same("<a href='/1'><div>")),
        "open tags": Shape("listing", _same("<div>"), tail=link),
        "attributes": Shape("listing", lambda n: f"a{n}='1' ", link + "<p ", ">x</p>"),
        "attributes of a link": Shape("listing", lambda n: f"a{n}=1 ", "<a href='/1' ", ">x</a>"),
        "bases": Shape("listing", lambda n: f"<base href='/{n}/'>", tail=link),
        "empty": Shape("listing", _same("<p></p>"), tail=link),
        "next links": Shape("listing next", lambda n: f"<a rel='next' href='/x'>{n}</a>", link),
        "text": Shape("listing", _same(WORDS), link),
    }
    return {f"listing: {name}": shape for name, shape in shapes.items()}


def _feed_shapes() -> dict[str, Shape]:
    head, tail = '<rss version="2.0"><channel>', "</channel></rss>"
    entry = "<link>https://news.example/a/{}</link><title>عنوان</title>"
    shapes = {
        "items": Shape("feed", lambda n: f"<item>{entry.format(n)}</item>", head, tail),
        "items with dates": Shape(
            "feed",
            lambda n: (
                f"<item>{entry.format(n)}<pubDate>Sat, 09 Mar 2024 10:00:00 GMT</pubDate></item>"
            ),
            head,
            tail,
        ),
        "empty items": Shape("feed", _same("<item/>"), head, tail),
        "open tags": Shape("feed", _same("<a>"), head),
        "ampersands": Shape("feed", _same("&"), head + "<item><title>", "</title></item>" + tail),
        "entities": Shape(
            "feed",
            _same("&amp;lt;p&amp;gt;"),
            head + "<item><description>",
            "</description></item>" + tail,
        ),
        "long text": Shape(
            "feed", _same(WORDS), head + "<item><description>", "</description></item>" + tail
        ),
        "CDATA": Shape(
            "feed",
            _same(f"<![CDATA[<p>{WORDS}</p>]]>"),
            head + "<item><description>",
            "</description></item>" + tail,
        ),
        "open CDATA": Shape("feed", _same("<![CDATA["), head),
        "attributes": Shape("feed", lambda n: f"a{n}='1' ", head + "<item ", "/>" + tail),
        "attributes behind a quote": Shape(
            "feed", lambda n: f"a{n}=1 ", head + '<item x="\'" ', "/>" + tail
        ),
        "ninety attributes each": Shape(
            "feed",
            lambda n: "<item " + " ".join(f"a{k}='{n}'" for k in range(90)) + "/>",
            head,
            tail,
        ),
        "an author": Shape(
            "feed", _same("a"), head + f"<item>{entry.format(1)}<author>", "</author></item>" + tail
        ),
        "authors": Shape(
            "feed",
            lambda n: f"<item>{entry.format(n)}<author>a{n}@b.c (x)</author></item>",
            head,
            tail,
        ),
        "categories": Shape(
            "feed",
            lambda n: f"<category>c{n}</category>",
            head + f"<item>{entry.format(1)}",
            "</item>" + tail,
        ),
        "links": Shape(
            "feed",
            lambda n: f"<link>https://news.example/{n}</link>",
            head + "<item>",
            "</item>" + tail,
        ),
        "namespaces": Shape("feed", lambda n: f"<x xmlns:n{n}='u{n}'/>", head, tail),
        "atom links": Shape(
            "feed",
            lambda n: f"<link rel='alternate' href='/{n}'/>",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
            "</entry></feed>",
        ),
        "atom entries": Shape(
            "feed",
            lambda n: f"<entry><link href='https://news.example/{n}'/><title>x</title></entry>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "</feed>",
        ),
        "nested HTML": Shape(
            "feed",
            _same("&lt;div&gt;"),
            head + "<item><description>",
            "</description></item>" + tail,
        ),
    }
    return {f"feed: {name}": shape for name, shape in shapes.items()}


def _sitemap_shapes() -> dict[str, Shape]:
    loc = "<url><loc>https://news.example/a/{}</loc><lastmod>2024-03-09</lastmod></url>"
    date = "<news:publication_date>2024-03-09</news:publication_date>"
    news = f"<news:news>{date}<news:title>خبر</news:title></news:news>"
    shapes = {
        "addresses": Shape("sitemap", lambda n: loc.format(n), "<urlset>", "</urlset>"),
        "one address again": Shape("sitemap", _same(loc.format(1)), "<urlset>", "</urlset>"),
        "broken end": Shape("sitemap", lambda n: loc.format(n), "<urlset>"),
        "children": Shape(
            "sitemap",
            lambda n: f"<sitemap><loc>https://news.example/{n}.xml</loc></sitemap>",
            "<sitemapindex>",
            "</sitemapindex>",
        ),
        "news": Shape(
            "sitemap",
            lambda n: f"<url><loc>https://news.example/{n}</loc>{news}</url>",
            "<urlset xmlns:news='n'>",
            "</urlset>",
        ),
        "images of one address": Shape(
            "sitemap",
            lambda n: f"<image:image><image:loc>/{n}</image:loc></image:image>",
            "<urlset xmlns:image='i'><url><loc>https://news.example/1</loc>",
            "</url></urlset>",
        ),
        "open CDATA": Shape("sitemap", _same("<![CDATA["), "<urlset>"),
        "open entries": Shape("sitemap", _same("<url>"), "<urlset>"),
        "ampersands": Shape("sitemap", _same("&"), "<urlset>"),
        "attributes": Shape("sitemap", lambda n: f"a{n}='1' ", "<urlset><url ", "/></urlset>"),
        "broken attributes": Shape("sitemap", lambda n: f"a{n}=1 ", "<urlset><url ", "/></urlset>"),
        "namespaces": Shape(
            "sitemap", lambda n: f"<url xmlns:n{n}='u{n}'/>", "<urlset>", "</urlset>"
        ),
        "an endless address": Shape(
            "sitemap",
            _same("a"),
            "<urlset><url><loc>https://news.example/",
            "</loc></url></urlset>",
        ),
        "comments": Shape("sitemap", _same("<!-- -->"), "<urlset>", "</urlset>"),
        "white space": Shape("sitemap", _same(" \n"), "<urlset>", "</urlset>"),
    }
    return {f"sitemap: {name}": shape for name, shape in shapes.items()}


def _robots_shapes() -> dict[str, Shape]:
    shapes = {
        "rules": Shape("robots", lambda n: f"Disallow: /{n}\n", "User-agent: *\n"),
        "one rule again": Shape("robots", _same("Disallow: /x\n"), "User-agent: *\n"),
        "stars": Shape("robots", _same("*"), "User-agent: *\nDisallow: /", "x$\n"),
        "stars and letters": Shape("robots", _same("a*"), "User-agent: *\nDisallow: /", "x$\n"),
        "agents": Shape("robots", lambda n: f"User-agent: a{n}\nDisallow: /{n}\n"),
        "agents of one group": Shape(
            "robots", lambda n: f"User-agent: a{n}\n", "", "Disallow: /\n"
        ),
        "sitemaps": Shape("robots", lambda n: f"Sitemap: https://news.example/{n}.xml\n"),
        "one line": Shape("robots", _same("a"), "User-agent: *\nDisallow: /"),
        "comments": Shape("robots", _same("# x\n")),
        "percent": Shape("robots", _same("%d8"), "User-agent: *\nDisallow: /"),
    }
    return {f"robots: {name}": shape for name, shape in shapes.items()}


SHAPES: dict[str, Shape] = {
    **_page_shapes(),
    **_listing_shapes(),
    **_feed_shapes(),
    **_sitemap_shapes(),
    **_robots_shapes(),
}


def read_document(kind: str, body: bytes) -> str:
    """Read a document as a crawl does. Return how that ended: "read", or the cause of a refusal."""
    url = "https://news.example/all"
    if kind == "page":
        from crawler.extraction import examine

        return examine(body, url, zone="Asia/Amman").verdict
    if kind == "robots":
        return _read_robots(body)
    from crawler.discovery import DiscoveryError
    from crawler.discovery import read_document as read_discovery
    from crawler.discovery.kinds import Discovery, Feed, Listing, Sitemap

    kinds: dict[str, Discovery] = {
        "feed": Feed(url=url),
        "sitemap": Sitemap(url=url),
        "listing": Listing(url=url),
        "listing next": Listing(url=url, next="a[rel=next]", pages=2),
    }
    try:
        return f"read {len(read_discovery(kinds[kind], body, url).links)} links"
    except DiscoveryError as error:
        return error.cause


def _read_robots(body: bytes) -> str:
    from scrapy.robotstxt import ProtegoRobotParser

    from crawler.fetching.robots import readable_part

    rules = ProtegoRobotParser(readable_part(body), None)
    return f"allowed: {rules.allowed('https://news.example/' + 'a' * 200, 'Khabar')}"


def measure_here(kind: str, body: bytes) -> tuple[float, float, str]:
    """Read `body` in this process. Return seconds of CPU time, megabytes over before, and how it
    ended."""
    read_document(kind, b"<html><body><p>x</p>" if kind == "page" else b"x")  # loads the libraries
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    ended = read_document(kind, body)
    seconds = time.process_time() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return seconds, grown / 1024, ended


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, megabytes and how the reading ended; `killed` when it went on for too long."""

    seconds: float
    megabytes: float
    ended: str

    @property
    def killed(self) -> bool:
        """Tell whether the process had to be killed."""
        return self.ended == "killed"


def measure(name: str, size: int, rounds: int = ROUNDS) -> Cost:
    """Return the best of `rounds` measurements, each in a process of its own."""
    best = Cost(float("inf"), float("inf"), "killed")
    for _ in range(rounds):
        command = [sys.executable, __file__, "--measure", name, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        with suppress(json.JSONDecodeError, ValueError):
            cost = Cost(*json.loads(done.stdout))
            if cost.seconds < best.seconds:
                best = cost
            continue
        return Cost(float("inf"), float("inf"), "killed")
    return best


def faults(quarter: Cost, whole: Cost) -> list[str]:
    """Return what is wrong with a shape, one line for each bound that it breaks."""
    if whole.killed or quarter.killed:
        return [f"over {KILL_AFTER} s"]
    found = []
    if whole.seconds > MOST_SECONDS:
        found.append(f"{whole.seconds:.1f} s")
    if whole.megabytes > MOST_MEGABYTES:
        found.append(f"{whole.megabytes:.0f} MB")
    growth = whole.seconds / max(quarter.seconds, LEAST_SECONDS / MOST_GROWTH)
    if whole.seconds > LEAST_SECONDS and growth > MOST_GROWTH:
        found.append(f"{growth:.1f} times a quarter")
    return found


def main() -> int:
    """Measure all shapes, or those that the command line names. Return 1 when one is at fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="shapes whose name holds this")
    parser.add_argument("--share", type=float, default=1.0, help="of the largest size")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--measure", nargs=2, metavar=("NAME", "CHARACTERS"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.measure:
        name, size = options.measure
        resource.setrlimit(resource.RLIMIT_CPU, (KILL_AFTER, KILL_AFTER))
        shape = SHAPES[name]
        print(json.dumps(measure_here(shape.kind, shape.body(int(size)))))
        return 0
    bad = 0
    for name, shape in SHAPES.items():
        if options.only not in name:
            continue
        size = int(LARGEST[shape.kind] * options.share)
        quarter = measure(name, size // 4, options.rounds)
        whole = quarter if quarter.killed else measure(name, size, options.rounds)
        wrong = faults(quarter, whole)
        bad += bool(wrong)
        told = f"{quarter.seconds:7.2f} s {whole.seconds:7.2f} s {whole.megabytes:6.0f} MB"
        print(f"{told}  {name} ({whole.ended})  {'; '.join(wrong)}", flush=True)
    print(f"{bad} shapes at fault")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
