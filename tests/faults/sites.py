"""What the hostile outlets do, by kind, and what must come of it."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.health.outlet_state import judge
from crawler.storage import Run, StoredArticle
from tests.faults.town import (
    PUBLISHED,
    Answer,
    Play,
    Scene,
    Town,
    feeds,
    moved,
    page,
    paragraphs,
    rss,
    sentence,
    sitemap,
    stories,
    xml,
)

ROUNDS = 4
COOKIE_SCRIPT = b"""<html><head><script>document.cookie="seen=1; path=/";location.reload();
</script></head><body><noscript>Enable JavaScript and cookies</noscript></body></html>"""
RELOADING = b"""<html><head><meta http-equiv="refresh" content="0"><title>Please wait</title></head>
<body></body></html>"""
CHALLENGE = Answer(COOKIE_SCRIPT, headers={"Set-Cookie": "probe=a"})


@dataclass
class Case:
    """A scene, and what its rounds must come to.

    expected: for each round the values of its run that matter, by name; "cause": a name that is
    among the failures, "named": whether there is one. After the last round: health, the state (or
    those that will do, with spaces between), causes that it tells, and the numbers of articles and
    of older texts that are stored.
    """

    scene: Scene
    expected: list[Mapping[str, object]]
    health: str = ""
    stored: int | None = None
    revisions: int | None = None
    causes: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.scene.name


def good(count: int, **more: object) -> Mapping[str, object]:
    return {"status": "done", "new_stories": count, "failures": {}} | more


def failed(count: int = 0, **failures: int) -> Mapping[str, object]:
    status = "degraded" if count else "failed"
    return {"status": status, "new_stories": count, "failures": failures}


def each(paths: list[str], play: Play) -> dict[str, Play]:
    return dict.fromkeys(paths, play)


def rounds(play: Callable[[str, int], Answer], path: str) -> tuple[Answer, ...]:
    return tuple(play(path, number) for number in range(1, ROUNDS + 1))


def redirect_cases(town: Town) -> Iterator[Case]:
    six = stories(6)
    wall = {
        path: Answer(status=302, headers={"Location": path, "Set-Cookie": "seen=1"}) for path in six
    }
    yield Case(
        Scene("wall", six, dict(wall)),
        [failed(redirect_loop=6), failed(put_off=6)],
        health="failed",
        stored=0,
    )
    # The same wall by way of a page that asks for consent.
    consent: dict[str, Play] = {}
    for path in six:
        consent[path] = moved(f"/consent?back={path}")
        consent[f"/consent?back={path}"] = moved(path)
    yield Case(Scene("consent", six, consent), [failed(redirect_loop=6)], stored=0)
    half = {path: moved(path) for path in six[:3]}
    yield Case(Scene("halfwall", six, dict(half)), [failed(3, redirect_loop=3)], stored=3)
    # An old slug leads to an address of this run, for good or for now.
    old = [f"/story/old-{n}" for n in (1, 2, 3, 4)]
    for name, status in (("slugs", 301), ("slugstoday", 302)):
        leads = {path: moved(path.replace("old-", ""), status) for path in old}
        yield Case(
            Scene(name, [*old, *stories(4)], dict(leads)),
            [good(4, asked=8, twins=4), {"status": "done", "failures": {}}],
            health="healthy",
            stored=4,
        )
    # Two that lead to each other, each "an address of this run".
    pairs = {"/story/1": moved("/story/2"), "/story/2": moved("/story/1")}
    yield Case(Scene("pingpong", stories(5), dict(pairs)), [failed(3, redirect_loop=2)], stored=3)
    ring = {f"/story/{n}": moved(f"/story/{n % 3 + 1}") for n in (1, 2, 3)}
    yield Case(Scene("ring", stories(3), dict(ring)), [failed(redirect_loop=3)], stored=0)
    # A twin of a page that is gone shares its failure.
    yield Case(
        Scene(
            "gonetwin",
            ["/story/old", "/story/1", "/story/2"],
            {"/story/old": moved("/story/1", 301), "/story/1": Answer(status=404)},
        ),
        [{"status": "done", "new_stories": 1, "asked": 3, "failures": {"http_404": 2}}],
        stored=1,
    )
    chain = {"/story/a": moved("/story/b", 301), "/story/b": moved("/story/c", 301)}
    yield Case(
        Scene("chain", ["/story/a", "/story/b", "/story/c"], dict(chain)),
        [good(1, asked=3, twins=2)],
        health="healthy",
        stored=1,
    )
    # A wall that only adds a parameter, and one that ends in the story.
    passing: dict[str, Play] = {}
    for path in stories(3):
        passing[path] = moved(f"{path}?utm_source=wall")
    yield Case(Scene("passing", stories(3), passing), [good(3)], health="healthy", stored=3)
    yield Case(
        Scene(
            "tohome",
            stories(3),
            each(stories(3), moved("/")) | {"/": Answer("<h1>الواحة</h1>".encode())},
        ),
        [failed(redirected=3)],
        stored=0,
    )
    away = each(stories(3), moved("http://elsewhere.test/story/1"))
    yield Case(Scene("away", stories(4), dict(away)), [failed(1, offsite=3)], stored=1)
    disallowing = Answer(b"User-agent: *\nDisallow: /secret\n", content_type="text/plain")
    yield Case(
        Scene(
            "intorobots",
            stories(3),
            {"/robots.txt": disallowing, "/story/1": moved("/secret/story/1")},
        ),
        [failed(2, robots=1)],
        stored=2,
    )
    yield Case(
        Scene("robotsloop", stories(3), {"/robots.txt": moved("/robots.txt")}),
        [{"status": "failed", "cause": "robots_unreachable"}],
        stored=0,
    )
    yield Case(
        Scene("feedloop", answers={"/feed.xml": moved("/feed.xml")}),
        [{"status": "failed", "failures": {"redirect_loop": 1}, "discovery_failed": 1}],
    )
    yield Case(
        Scene("feedaway", answers={"/feed.xml": moved("http://elsewhere.test/feed.xml")}),
        [{"status": "failed", "failures": {"offsite": 1}}],
    )
    # An old feed that leads to the new one, both declared.
    yield Case(
        Scene(
            "feedtwin",
            stories(2),
            {"/rss": moved("/feed.xml", 301)},
            discovery="Feed(url='HOME/rss'), Feed(url='HOME/feed.xml')",
        ),
        [good(2)],
        health="healthy",
        stored=2,
    )
    yield Case(
        Scene("robotsaway", stories(2), {"/robots.txt": moved("http://elsewhere.test/robots")}),
        [{"status": "failed", "new_stories": 0, "cause": "robots_unreachable"}],
        stored=0,
    )
    nowhere: dict[str, Play] = {
        "/story/1": Answer(status=302),
        "/story/2": moved("http://[::1/story/2"),
        "/story/3": moved("javascript:alert(1)"),
        "/story/4": moved(""),
        "/story/5": moved("mailto:desk@nowhere.test"),
    }
    yield Case(
        Scene("nowhere", stories(6), nowhere),
        [failed(1, http_302=1, bad_address=1, scheme=2, redirect_loop=1)],
        stored=1,
    )
    for name, delay in (("idle", 60), ("idle90", 90)):
        refresh = f"<meta http-equiv=refresh content='{delay};url=/'>"
        idle: dict[str, Play] = {
            path: Answer(page(name + path, head=refresh)) for path in stories(3)
        }
        yield Case(Scene(name, stories(3), idle), [good(3)], stored=3)
    odd = Answer(b"HTTP/1.1 99999 Odd\r\n\r\n", raw=True)
    yield Case(Scene("status", stories(2), {"/story/1": odd}), [failed(1, http_other=1)], stored=1)


def canonical_cases(town: Town) -> Iterator[Case]:
    twelve = stories(12)
    heads = {
        "canon": "<link rel=canonical href='HOME/story/5'>",
        "unowned": "<link rel=canonical href='HOME/story/template'>",
        "ogstale": "<meta property=og:url content='HOME/story/5'>",
        "ldstale": '<script type="application/ld+json">{"@type":"NewsArticle",'
        '"url":"HOME/story/5","mainEntityOfPage":"HOME/story/5"}</script>',
        "homecanon": "<link rel=canonical href='HOME/'>",
        "basecanon": "<base href='HOME/story/'><link rel=canonical href='5'>",
    }
    for name, head in heads.items():
        text = head.replace("HOME", town.home(name))
        answers: dict[str, Play] = {
            path: Answer(page(f"{name} {path}", head=text)) for path in twelve
        }
        yield Case(
            Scene(name, twelve, answers),
            [{"status": "done", "failures": {}}],
            health="healthy",
            stored=12,
            revisions=0,
        )
    ring: dict[str, Play] = {
        f"/story/{n}": Answer(
            page(
                f"canonring {n}",
                head=f"<link rel=canonical href='{town.home('canonring')}/story/{n % 3 + 1}'>",
            )
        )
        for n in (1, 2, 3)
    }
    yield Case(Scene("canonring", stories(3), ring), [good(3, revisions=0)], stored=3)
    # The owner comes in a later run than who claims its address.
    claim = f"<link rel=canonical href='{town.home('lateowner')}/story/9'>"
    claimant: dict[str, Play] = {"/story/2": Answer(page("lateowner 2", head=claim))}
    yield Case(
        Scene(
            "lateowner",
            (),
            claimant
            | feeds(
                town.home("lateowner"),
                ["/story/1", "/story/2"],
                ["/story/1", "/story/2", "/story/9"],
            ),
        ),
        [good(2), good(1, revisions=0)],
        stored=3,
    )
    twice = ["/story/%25D8%25AE%25D8%25A8%25D8%25B1", "/story/%D8%AE%D8%A8%D8%B1"]
    story = Answer(page("double"))
    double: dict[str, Play] = dict.fromkeys([*twice, "/story/خبر"], story)
    yield Case(Scene("double", twice, double), [good(1, found=1)], stored=1)
    yield Case(
        Scene(
            "utm",
            (),
            feeds(town.home("utm"), ["/story/1?utm_campaign=a"], ["/story/1?fbclid=b"]),
        ),
        [good(1), good(0, found=1, known=1, fetched=0)],
        health="healthy",
        stored=1,
    )
    # Copies of one text under one canonical address are one article.
    body = page("same", head=f"<link rel=canonical href='{town.home('same')}/story/1'>")
    yield Case(
        Scene("same", stories(3), dict(each(stories(3), Answer(body)))),
        [{"status": "done", "failures": {}, "new_stories": 1, "revisions": 0}],
        stored=1,
    )


def restless_cases(town: Town) -> Iterator[Case]:
    def restless(path: str, number: int) -> Answer:
        lines = paragraphs(f"restless {path}")
        if path == "/story/1":
            toll = 12 if number < 3 else 15
            lines.insert(2, f"وقالت الوزارة إن {toll} شخصا أصيبوا في الحادث الذي وقع أمس.")
        lines.append(f"عدد المشاهدات: {100 * number + len(path)}")
        lines.append(f"تمت قراءة الخبر {31 * number} مرة")
        return Answer(page(f"restless {path}", lines=lines))

    def rotating(path: str, number: int) -> Answer:
        lines = [*paragraphs(f"rotating {path}"), sentence(f"slogan {number}", 6)]
        return Answer(page(f"rotating {path}", lines=lines))

    for name, play in (("restless", restless), ("rotating", rotating)):
        answers: dict[str, Play] = {path: rounds(play, path) for path in stories(8)}
        answers["/map.xml"] = tuple(
            xml(sitemap(town.home(name), stories(8), lastmod=changed.isoformat()))
            for changed in (PUBLISHED + timedelta(minutes=n) for n in range(ROUNDS))
        )
        scene = Scene(
            name, (), answers, "Sitemap(url='HOME/map.xml')", settings={"REVISIT_AFTER": 0}
        )
        if name == "restless":
            expected = [good(8), good(0, revisions=0), good(0, revisions=1), good(0, revisions=0)]
        else:
            expected = [good(8), {"status": "done"}, {"status": "done"}, good(0, revisions=0)]
        yield Case(scene, expected, stored=8)


def dead_cases(town: Town) -> Iterator[Case]:
    dead = each(stories(12), Answer(status=404))
    yield Case(
        Scene("gone", stories(12), dict(dead)),
        [failed(http_404=12), failed(put_off=12)],
        health="failed",
        stored=0,
    )
    # Gone, and the feed says "not modified" in the second run.
    quiet: dict[str, Play] = dict(dead)
    feed = rss(town.home("quietgone"), stories(12))
    quiet["/feed.xml"] = (xml(feed, headers={"ETag": '"1"'}), Answer(status=304))
    yield Case(
        Scene("quietgone", (), quiet),
        [failed(http_404=12), {"status": "failed"}],
        health="failed",
    )
    fresh: dict[str, Play] = each([f"/story/new-{n}" for n in range(2, 5)], Answer(status=404))
    yield Case(
        Scene(
            "drought",
            (),
            fresh
            | feeds(town.home("drought"), *([*stories(5), f"/story/new-{n}"] for n in range(1, 5))),
        ),
        [
            good(6),
            {"failures": {"http_404": 1}},
            {"failures": {"http_404": 1}},
            {"failures": {"http_404": 1}},
        ],
        health="degraded failed",
        stored=6,
    )
    yield Case(
        Scene(
            "onedead",
            (),
            each([f"/story/dead-{n}" for n in range(1, 5)], Answer(status=404))
            | feeds(town.home("onedead"), *([f"/story/dead-{n}"] for n in range(1, 5))),
        ),
        [failed(http_404=1), {"status": "failed"}, {"status": "failed"}],
        health="failed",
        stored=0,
    )
    late = {path: (Answer(status=404), Answer(page(path))) for path in stories(3)}
    yield Case(
        Scene("late", stories(3), late, settings={"RETRY_AFTER": 0}),
        [failed(http_404=3), good(3)],
        health="healthy",
        stored=3,
    )
    yield Case(
        Scene(
            "feeddies",
            answers={
                "/feed.xml": (xml(rss(town.home("feeddies"), stories(3))), Answer(status=500))
            },
        ),
        [good(3), {"status": "failed", "failures": {"http_500": 1}}],
        health="degraded failed",
        stored=3,
    )
    shut = Answer(b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    yield Case(
        Scene(
            "closing",
            (),
            feeds(town.home("closing"), stories(3), stories(6))
            | {"/robots.txt": (Answer(status=404), shut)},
        ),
        [good(3), {"status": "refused", "cause": "robots", "new_stories": 0}],
        health="refused",
        stored=3,
    )
    # "Not modified" to whoever has nothing yet.
    yield Case(
        Scene("feed304", answers={"/feed.xml": Answer(status=304)}),
        [{"status": "failed", "failures": {"http_304": 1}}],
    )
    yield Case(
        Scene("page304", stories(3), dict(each(stories(3), Answer(status=304)))),
        [failed(http_304=3), {"status": "failed"}],
        health="failed",
        stored=0,
    )
    yield Case(
        Scene("emptypages", stories(3), dict(each(stories(3), Answer()))),
        [{"status": "failed", "new_stories": 0, "failed": 3}],
        stored=0,
    )


def document_cases(town: Town) -> Iterator[Case]:
    links = "<html><body><h1>أخبار</h1><p>لا روابط</p></body></html>".encode()
    yield Case(
        Scene("nolinks", answers={"/": Answer(links)}, discovery="Listing(url='HOME/')"),
        [{"status": "failed", "failures": {"no_links": 1}}],
    )
    anchors = b"<html><body><a href='#top'>1</a><a href='javascript:void(0)'>2</a></body></html>"
    yield Case(
        Scene("deadlinks", answers={"/": Answer(anchors)}, discovery="Listing(url='HOME/')"),
        [{"status": "failed", "new_stories": 0, "named": True}],
    )
    script = b"<html><body><div id=root></div><script src=/app.js></script></body></html>"
    yield Case(
        Scene("app", answers={"/": Answer(script)}, discovery="Listing(url='HOME/')"),
        [{"status": "failed", "failures": {"no_links": 1}}],
    )
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    image = "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"
    entries = (
        f"<urlset {space} {image}><url><image:image><image:loc>HOME/1.jpg</image:loc>"
        "</image:image></url></urlset>"
    )
    body = entries.replace("HOME", town.home("images")).encode()
    yield Case(
        Scene("images", answers={"/map.xml": xml(body)}, discovery="Sitemap(url='HOME/map.xml')"),
        [{"status": "failed", "failures": {"only_images": 1}}],
    )
    for name, body in (
        ("emptyfeed", b""),
        ("htmlfeed", page("htmlfeed")),
        ("jsonfeed", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'),
    ):
        scene = Scene(name, answers={"/feed.xml": xml(body)})
        yield Case(scene, [{"status": "failed", "failures": {"not_as_declared": 1}}])
    yield Case(
        Scene("noitems", answers={"/feed.xml": xml(rss("", []))}),
        [{"status": "failed", "new_stories": 0}],
        causes={"nothing_found"},
    )
    # Sitemap indexes whose children are gone, and of none.
    index = "<sitemapindex {}>{}</sitemapindex>"
    child = "<sitemap><loc>{}</loc></sitemap>"
    lost = index.format(
        space, "".join(child.format(f"{town.home('lostindex')}/{n}.xml") for n in (1, 2))
    ).encode()
    yield Case(
        Scene(
            "lostindex", answers={"/map.xml": xml(lost)}, discovery="Sitemap(url='HOME/map.xml')"
        ),
        [{"status": "failed", "failures": {"http_404": 2}}],
    )
    void = index.format(space, "").encode()
    yield Case(
        Scene(
            "voidindex", answers={"/map.xml": xml(void)}, discovery="Sitemap(url='HOME/map.xml')"
        ),
        [{"new_stories": 0}],
        causes={"no_links"},
    )
    coded = Answer(gzip.compress(page("cutpage"))[:-20], headers={"Content-Encoding": "gzip"})
    yield Case(
        Scene("cutpage", stories(2), {"/story/1": coded}), [failed(1, truncated=1)], stored=1
    )
    # A feed that comes byte by byte, and never to its end.
    yield Case(
        Scene("drip", answers={"/feed.xml": xml(rss("", stories(99)), drip=0.2)}),
        [{"status": "failed", "failures": {"timeout": 1}}],
    )
    yield Case(
        Scene("drippage", stories(2), {"/story/1": Answer(page("x"), drip=0.2)}),
        [failed(1, timeout=1)],
        stored=1,
    )
    broken = (
        f"<rss version='2.0'><channel><item><link>{town.home('entries')}/story/1</link></item>"
        "<item><link>http://[bad/story/2</link></item><item><link>javascript:x</link></item>"
        f"<item><link>{town.home('entries')}/story/{'x' * 9000}</link></item>"
        "<item><title>no link</title></item>"
        f"<item><link>{town.home('entries')}/story/1#c</link></item></channel></rss>"
    ).encode()
    yield Case(
        Scene("entries", answers={"/feed.xml": xml(broken)}),
        [{"status": "degraded", "new_stories": 1, "named": True}],
        stored=1,
    )


def refusal_cases(town: Town) -> Iterator[Case]:
    six = stories(6)
    yield Case(
        Scene("chalpage", six, dict(each(six, CHALLENGE))),
        [{"status": "refused", "new_stories": 0, "cause": "challenge"}],
        health="refused",
    )
    yield Case(
        Scene("chalreload", six, dict(each(six, Answer(RELOADING, headers={"Set-Cookie": "a=b"})))),
        [{"status": "refused", "new_stories": 0, "cause": "challenge"}],
        health="refused",
    )
    yield Case(
        Scene("chal405", six, dict(each(six, Answer(COOKIE_SCRIPT, status=405)))),
        [{"status": "refused", "new_stories": 0, "cause": "challenge"}],
        health="refused",
    )
    for name, path, discovery in (
        ("chalfeed", "/feed.xml", "Feed(url='HOME/feed.xml')"),
        ("challist", "/", "Listing(url='HOME/')"),
        ("chalmap", "/map.xml", "Sitemap(url='HOME/map.xml')"),
    ):
        yield Case(
            Scene(name, six, {path: CHALLENGE}, discovery),
            [{"status": "refused", "failures": {"challenge": 1}}],
            health="refused",
        )
    yield Case(
        Scene("chalrobots", six, {"/robots.txt": CHALLENGE}),
        [{"status": "refused", "new_stories": 0, "cause": "challenge"}],
        health="refused",
    )
    # A good page that sets a cookie, and one that reloads itself every minute, are no challenge.
    script = "<script>document.cookie='seen=1'</script>"
    refresh = "<meta http-equiv=refresh content=60>"
    for name, head in (("cookies", script), ("refresh", refresh), ("both", script + refresh)):
        answers: dict[str, Play] = {
            path: Answer(page(f"{name} {path}", head=head)) for path in stories(3)
        }
        yield Case(Scene(name, stories(3), answers), [good(3)], health="healthy", stored=3)
    for name, value in (("never", "99999999999"), ("someday", "Fri, 31 Dec 9999 23:59:59 GMT")):
        busy = Answer(status=429, headers={"Retry-After": value})
        yield Case(
            Scene(name, six, dict(each(six, busy))),
            [{"status": "refused", "new_stories": 0, "failures": {"http_429": 1}}],
            health="refused",
        )
    once: dict[str, Play] = {}
    for name, value in (("minus", "-5"), ("noise", "soon"), ("void", "")):
        busy = Answer(status=429, headers={"Retry-After": value})
        once = {"/story/1": busy}
        yield Case(
            Scene(name, ["/story/1"], once),
            [{"status": "refused", "failures": {"http_429": 1}}],
        )
    for name, value in (("nan", "nan"), ("minusdelay", "-5"), ("words", "ten"), ("comma", "0,1")):
        robots = Answer(
            f"User-agent: *\nCrawl-delay: {value}\n".encode(), content_type="text/plain"
        )
        yield Case(Scene(name, stories(2), {"/robots.txt": robots}), [good(2)], stored=2)
    for name, value in (("inf", "inf"), ("huge", "1e400")):
        robots = Answer(
            f"User-agent: *\nCrawl-delay: {value}\n".encode(), content_type="text/plain"
        )
        yield Case(Scene(name, stories(2), {"/robots.txt": robots}), [{"ended": True}])


def letter_cases(town: Town) -> Iterator[Case]:
    codecs = ("unicode_escape", "x", "undefined", "rot13", "hex", "idna", "zip", "punycode")
    for codec in codecs:
        name = f"codec{codec.replace('_', '')}"
        answers: dict[str, Play] = {
            "/story/1": Answer(page(f"{name} 1"), content_type=f"text/html; charset={codec}"),
            "/story/2": Answer(
                page(f"{name} 2").replace(b"charset=utf-8", f"charset={codec}".encode()),
                content_type="text/html",
            ),
            "/feed.xml": Answer(
                rss(town.home(name), stories(2)), content_type=f"text/xml; charset={codec}"
            ),
            "/robots.txt": Answer(b"User-agent: *\n", content_type=f"text/plain; charset={codec}"),
        }
        yield Case(Scene(name, answers=answers), [good(2)], health="healthy", stored=2)
        declared = rss(town.home(f"xml{name}"), stories(1)).replace(
            b"version='1.0'", f"version='1.0' encoding='{codec}'".encode()
        )
        yield Case(
            Scene(f"xml{name}", answers={"/feed.xml": Answer(declared, content_type="text/xml")}),
            [good(1)],
            stored=1,
        )
    deep = "[" * 100_000
    odd: dict[str, Play] = {
        "/story/1": Answer(page("odd 1").replace(b"</h1>", b"\0</h1>")),
        "/story/2": Answer(
            page("odd 2", head=f'<script type="application/ld+json">{deep}</script>')
        ),
        "/story/3": Answer(page("odd 3") + b"<div>" * 20_000),
        "/story/4": Answer(page("odd 4").decode().encode("utf-16"), content_type="text/html"),
        "/story/5": Answer(page("odd 5").replace(b"<p>", b"<p>\xff\xfe\x80", 1)),
    }
    yield Case(Scene("odd", stories(5), odd), [good(5)], stored=5)
    wire: dict[str, Play] = {
        "/story/1": Answer(b"hello there\r\n\r\n", raw=True),
        "/story/3": Answer(
            b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200_000 + b"\r\n\r\nbody", raw=True
        ),
        "/story/4": Answer(b"", raw=True),
        "/story/5": Answer(
            b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + page("wire 5"), raw=True
        ),
        "/story/6": Answer(
            b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + page("wire 6"), raw=True
        ),
        "/story/7": Answer(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n" + page("x"), raw=True
        ),
        "/story/8": Answer(b"HTTP/1.1 302 Found\r\nLocation: /story/\xff\xfe\r\n\r\n", raw=True),
    }
    yield Case(
        Scene("wire", sorted([*wire, "/story/9"]), wire),
        [{"status": "degraded", "asked": 8, "named": True}],
    )


def further_cases(town: Town) -> Iterator[Case]:
    """Sisters of the others."""
    claim = f"<link rel=canonical href='{town.home('earlyowner')}/story/9'>"
    yield Case(
        Scene(
            "earlyowner",
            (),
            feeds(town.home("earlyowner"), ["/story/9"], ["/story/2", "/story/3"])
            | {f"/story/{n}": Answer(page(f"earlyowner {n}", head=claim)) for n in (2, 3)},
        ),
        [good(1), good(2, revisions=0)],
        health="healthy",
        stored=3,
    )

    def live(path: str, number: int) -> Answer:
        added = [sentence(f"live {path} added {n}") for n in range(number)]
        return Answer(page(f"live {path}", lines=[*paragraphs(f"live {path}"), *added]))

    answers: dict[str, Play] = {path: rounds(live, path) for path in stories(6)}
    yield Case(
        Scene("live", stories(6), answers, settings={"REVISIT_AFTER": 0}),
        [good(6)] + [good(0, revisions=6)] * 3,
        stored=6,
    )
    for name, status, ending in (("zero", 429, "refused"), ("busy503", 503, "failed")):
        busy = Answer(status=status, headers={"Retry-After": "0"})
        yield Case(
            Scene(name, stories(6), dict(each(stories(6), busy))),
            [{"status": ending, "new_stories": 0, "cause": f"http_{status}"}],
        )
    yield Case(
        Scene("robots403", stories(2), {"/robots.txt": Answer(status=403)}), [good(2)], stored=2
    )
    pdf = Answer(b"%PDF-1.4 xx", content_type="application/pdf")
    yield Case(
        Scene("pdf", stories(2), dict(each(stories(2), pdf))),
        [{"status": "failed", "failures": {"not_article/not_html": 2}}],
        stored=0,
    )
    endless: dict[str, Play] = {f"/r/{n}": moved(f"/r/{n + 1}") for n in range(40)}
    yield Case(
        Scene("endless", stories(2), endless | {"/story/1": moved("/r/0")}),
        [failed(1, redirects=1)],
        stored=1,
    )
    yield Case(
        Scene("alltoone", stories(12), dict(each(stories(12)[1:], moved("/story/1", 301)))),
        [good(1, asked=12, twins=11)],
        stored=1,
    )
    for name in ("laterwall", "vanish"):
        gone = Answer(status=404)
        changing: dict[str, Play] = {
            path: (Answer(page(f"{name} {path}")), gone if name == "vanish" else moved(path))
            for path in stories(3)
        }
        # Its documents say that nothing is new; a few pages that are gone are no alarm.
        then: Mapping[str, object] = {"status": "degraded", "failures": {"redirect_loop": 3}}
        if name == "vanish":
            then = {"status": "done", "failures": {"http_404": 3}}
        yield Case(
            Scene(name, stories(3), changing, settings={"REVISIT_AFTER": 0}),
            [good(3), then],
            stored=3,
        )
    feed = rss(town.home("late304"), stories(3))
    half: dict[str, Play] = {
        path: (Answer(status=404), Answer(page(f"late304 {path}"))) for path in stories(3)[1:]
    }
    half["/feed.xml"] = (xml(feed, headers={"ETag": '"1"'}), Answer(status=304))
    yield Case(
        Scene("late304", (), half, settings={"RETRY_AFTER": 0}),
        [{"new_stories": 1, "failures": {"http_404": 2}}, good(2)],
        health="healthy",
        stored=3,
    )
    bare: dict[str, Play] = {
        "/story/1": Answer(b"HTTP/1.1 200 OK\r\n\r\n" + page("bare 1"), raw=True),
        "/story/2": Answer(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("bare 2"),
            raw=True,
        ),
        "/story/3": Answer(b"HTTP/1.0 200\r\n\r\n" + page("bare 3"), raw=True),
    }
    yield Case(Scene("bare", stories(3), bare), [good(3)], stored=3)
    six = stories(6)
    for name, status in (("chal202", 202), ("chal503", 503), ("chal429", 429)):
        guard = Answer(COOKIE_SCRIPT, status=status)
        yield Case(
            Scene(name, six, dict(each(six, guard))),
            [{"status": "refused", "new_stories": 0, "cause": "challenge"}],
            health="refused",
        )
    late, early = "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"
    items = "".join(
        f"<item><link>{town.home('overflow')}/story/{n}</link><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(
            (late, early, "Fri, 31 Dec 9999 23:59:59 -1400", "Mon, 01 Jan 0001 00:00:00 +1400")
        )
    )
    dates: dict[str, Play] = {
        "/feed.xml": xml(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    }
    for n, date in enumerate((late, early, "99999999999999999", "-1")):
        dates[f"/story/{n}"] = Answer(
            page(f"overflow {n}").replace(PUBLISHED.isoformat().encode(), date.encode())
        )
    yield Case(Scene("overflow", (), dates), [{"status": "done", "new_stories": 4}], stored=4)
    broken = {
        "digits": '{"@type":"NewsArticle","datePublished":' + "1" * 5000 + "}",
        "surrogate": '{"@type":"NewsArticle","headline":"\\ud800","articleBody":"\\udfff"}',
        "types": '{"@type":["NewsArticle",5,{}],"headline":5,"author":[[[]]],"datePublished":{},'
        '"image":[{"url":[1]}],"articleSection":{"a":1},"keywords":[null,{}]}',
        "nan": '{"@type":"NewsArticle","wordCount":NaN,"datePublished":1e999}',
        "graph": '{"@graph":{"@graph":[[[{"@type":"NewsArticle"}]]]}}',
    }
    blocks: dict[str, Play] = {
        f"/story/{name}": Answer(
            page(f"blocks {name}", head=f'<script type="application/ld+json">{text}</script>')
        )
        for name, text in broken.items()
    }
    yield Case(Scene("blocks", list(blocks), blocks), [good(5)], stored=5)
    home = town.home("spaces")
    spaced = (
        f"<rss version='2.0'><channel><item><link>\n  {home}/story/1\n </link></item>"
        f"<item><link><![CDATA[ {home}/story/a b ]]></link></item>"
        f"<item><link>{home}/story/\u202eسر</link></item>"
        f"<item><link>{home}/story/%zz%</link></item></channel></rss>"
    ).encode()
    yield Case(Scene("spaces", answers={"/feed.xml": xml(spaced)}), [good(4)], stored=4)
    same = rss(town.home("same1000"), ["/story/1"] * 1000)
    yield Case(Scene("same1000", answers={"/feed.xml": xml(same)}), [good(1, found=1)], stored=1)


def heavy_cases(town: Town) -> Iterator[Case]:
    attributes = " ".join(f"data-a{n}='1'" for n in range(120_000))
    lines = [sentence(f"heavy {n}", 3) for n in range(60_000)]
    heavy: dict[str, Play] = {
        "/story/1": Answer(page("attributes", lines=[f"<i {attributes}>x</i>"])),
        # A quote that is never closed makes the rest of the page one attribute.
        "/story/2": Answer(page("quotes", lines=[f"it's <b title=\"><i {attributes}>x</i>"])),
    }
    yield Case(
        Scene("attributes", stories(3), heavy),
        [failed(1, **{"too_many_attributes": 1, "not_article/empty": 1})],
        stored=1,
    )
    many: dict[str, Play] = {
        "/story/1": Answer(page("paragraphs", lines=lines)),
        "/story/2": Answer(page("headlines").replace(b"<h1>", b"<h1>x</h1>" * 60_000 + b"<h1>")),
        "/story/3": Answer(
            page(
                "blocks",
                head='<script type="application/ld+json">{"@type":"Thing"}</script>' * 20_000,
            )
        ),
        "/story/4": Answer(
            page("times", head="").replace(
                b"<article>", b"<article><time>2026-01-01</time>" * 20_000
            )
        ),
    }
    yield Case(Scene("many", stories(5), many), [{"ended": True, "asked": 5}])
    links = "".join(f"<a href='/story/{n}'>x</a>" for n in range(3))
    links += "".join(f"<a href='/tag/{n}'>x</a>" for n in range(120_000))
    yield Case(
        Scene("links", answers={"/": Answer(links.encode())}, discovery="Listing(url='HOME/')"),
        [{"status": "degraded", "new_stories": 3, "cause": "too_many_entries"}],
        stored=3,
    )
    home = town.home("pages")
    packed = gzip.compress(sitemap(home, stories(3) + [f"/tag/{n}" for n in range(400_000)]), 1)
    packed_map = Answer(packed, content_type="application/gzip")
    yield Case(
        Scene("pages", answers={"/m.xml.gz": packed_map}, discovery="Sitemap(url='HOME/m.xml.gz')"),
        [{"status": "degraded", "new_stories": 3, "cause": "too_many_entries"}],
        stored=3,
    )
    rule = b"Disallow: /nothing/%d\n"
    robots = b"User-agent: *\nDisallow: /story/1\n" + b"".join(rule % n for n in range(800_000))
    yield Case(
        Scene(
            "robots",
            stories(3),
            {"/robots.txt": Answer(robots, content_type="text/plain")},
        ),
        [
            {
                "status": "degraded",
                "new_stories": 2,
                "failures": {"robots": 1},
                "warnings": {"robots_cut": 1},
            }
        ],
        stored=2,
    )


def more_head_cases(town: Town) -> Iterator[Case]:
    """Elements of the head that lead elsewhere, or nowhere."""
    heads = {
        "canonaway": "<link rel=canonical href='http://elsewhere.test/story/1'>",
        "baseaway": "<base href='http://elsewhere.test/'><link rel=canonical href='/story/1'>",
        "canonempty": "<link rel=canonical href=''>",
        "canonbad": "<link rel=canonical href='http://[::1/story'>",
        "canonscript": "<link rel=canonical href='javascript:void(0)'>",
        "refreshquery": "<meta http-equiv=refresh content='30;url=?refresh=1'>",
        "noscript": "<noscript><meta http-equiv=refresh content='0;url=/basic'></noscript>",
    }
    for name, head in heads.items():
        answers: dict[str, Play] = {
            path: Answer(page(f"{name} {path}", head=head)) for path in stories(3)
        }
        yield Case(Scene(name, stories(3), answers), [good(3)], health="healthy", stored=3)


def more_document_cases(town: Town) -> Iterator[Case]:
    """Feeds and robots.txt in odd bytes, and documents that change from one round to the next."""
    two = stories(2)
    utf16 = rss(town.home("utf16"), two).decode().replace("'1.0'", "'1.0' encoding='utf-16'")
    for name, body in {
        "utf16": utf16.encode("utf-16"),
        "gzfeed": gzip.compress(rss(town.home("gzfeed"), two)),
        "markfeed": b"\n \xef\xbb\xbf" + rss(town.home("markfeed"), two),
        "relative": rss("", two),
    }.items():
        yield Case(Scene(name, answers={"/feed.xml": xml(body)}), [good(2)], stored=2)
    for name, body in {
        "robotshtml": page("robots"),
        "robotsmark": b"\xef\xbb\xbfUser-agent: *\nDisallow: /nothing\n",
        "robotsline": b"User-agent: *\nDisallow: /" + b"x" * 1_000_000,
        "robotsstars": b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"$\n",
    }.items():
        robots = Answer(body, content_type="text/plain")
        long = "/story/" + "a" * 200
        yield Case(
            Scene(name, [long, "/story/2"], {"/robots.txt": robots}),
            [{"status": "done", "new_stories": 2}],
            stored=2,
        )
    for name, later, cause in (
        ("feedblank", b"", "not_as_declared"),
        ("feedpage", page("feedpage"), "not_as_declared"),
    ):
        feed = (xml(rss(town.home(name), stories(3))), xml(later))
        yield Case(
            Scene(name, answers={"/feed.xml": feed}),
            [good(3), {"status": "failed", "cause": cause}],
            health="degraded failed",
            stored=3,
        )


def more_later_cases(town: Town) -> Iterator[Case]:
    """Stories that lead or say something else at a later look."""
    missing = "<title>الصفحة غير موجودة</title><h1>404</h1><p>الصفحة غير موجودة</p>".encode()
    for name, later in (("soft", Answer(missing)), ("laterchallenge", CHALLENGE)):
        answers: dict[str, Play] = {
            path: (Answer(page(f"{name} {path}")), later) for path in stories(6)
        }
        yield Case(
            Scene(name, stories(6), answers, settings={"REVISIT_AFTER": 0}),
            [good(6), {"new_stories": 0, "revisions": 0, "named": True}],
            health="refused" if later == CHALLENGE else "",
            stored=6,
            revisions=0,
        )
    leads: dict[str, Play] = {"/story/old": moved("/story/1", 301)}
    feed = feeds(town.home("lateslug"), ["/story/1"], ["/story/old"])
    yield Case(Scene("lateslug", (), leads | feed), [good(1), good(0)], health="healthy", stored=1)
    gone = feeds(town.home("lategone"), ["/story/1"], ["/story/old"])
    yield Case(
        Scene("lategone", (), leads | gone | {"/story/1": Answer(status=404)}),
        [failed(http_404=1), {"status": "failed", "new_stories": 0}],
        health="failed",
        stored=0,
    )
    growing: dict[str, Play] = {"/story/1": moved("/story/1?a=1")}
    for length in range(1, 30):
        growing[f"/story/1?a={'1' * length}"] = moved(f"/story/1?a={'1' * (length + 1)}")
    yield Case(Scene("growing", stories(2), growing), [failed(1, redirects=1)], stored=1)


def cases(town: Town) -> list[Case]:
    """All cases but the heavy ones."""
    makers = (
        redirect_cases,
        canonical_cases,
        restless_cases,
        dead_cases,
        document_cases,
        refusal_cases,
        letter_cases,
        further_cases,
        more_head_cases,
        more_document_cases,
        more_later_cases,
    )
    return [case for make in makers for case in make(town)]


def findings(case: Case, runs: list[Run], articles: list[StoredArticle]) -> list[str]:
    """What did not come as it must of a case, by the outlet's runs, oldest first, and its stored
    articles; a line for each."""
    wrong = []
    if len(runs) != len(case.expected):
        wrong.append(f"{len(runs)} runs, not {len(case.expected)}")
    for number, (run, expected) in enumerate(zip(runs, case.expected, strict=False), 1):
        seen: dict[str, object] = {}
        failures = dict(run.failures)
        for name in expected:
            if name == "failed":
                seen[name] = sum(failures.values())
            elif name == "named":
                seen[name] = bool(failures)
            elif name == "ended":
                seen[name] = run.status not in ("running", "error")
            elif name == "failures" and "put_off" in expected["failures"]:  # type: ignore[operator]
                seen[name] = failures | {"put_off": run.put_off}
            elif name == "cause":
                seen[name] = expected[name] if expected[name] in failures else failures
            else:
                value = getattr(run, name)
                seen[name] = dict(value) if isinstance(value, Mapping) else value
        if seen != dict(expected):
            wrong.append(f"round {number}: expected {dict(expected)}, seen {seen} ({failures})")
        if {"error", "unaccounted", "ignored"} & failures.keys() or run.status == "error":
            wrong.append(f"round {number}: an error of ours: {run.status} {failures}")
    if case.stored not in (None, len(articles)):
        wrong.append(f"stored: expected {case.stored}, seen {len(articles)}")
    revisions = sum(stored.revisions for stored in articles)
    if case.revisions not in (None, revisions):
        wrong.append(f"revisions: expected {case.revisions}, seen {revisions}")
    health = judge(case.name, runs[::-1])
    if case.health and health.state not in case.health.split():
        reasons = [reason.cause for reason in health.reasons]
        wrong.append(f"health: expected {case.health}, seen {health.state} {reasons}")
    if not case.causes <= {reason.cause for reason in health.reasons}:
        wrong.append(f"health: expected {case.causes}, seen {health}")
    return wrong
