import hashlib
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.dedup import AddressError, article_id, canonical_url
from crawler.outlet import Outlet

MakeOutlet = Callable[..., Outlet]

DOSSIERS = Path(__file__).parents[2].parent / "shared" / "sites"

STORY = "https://www.youm7.com/story/2026/2/8/%D8%AE%D8%A8%D8%B1/7104411"


@pytest.mark.parametrize(
    "variant",
    [
        "http://www.youm7.com/story/2026/2/8/خبر/7104411",
        "HTTPS://WWW.YOUM7.COM:443/story/2026/2/8/خبر/7104411/",
        "https://www.youm7.com/story/2026/2/8/%d8%ae%d8%a8%d8%b1/7104411",
        "https://www.youm7.com/story/2026/2/8/%D8%AE%D8%A8%D8%B1/7104411?utm_source=x&utm_medium=y&fbclid=z#top",
        "https://www.youm7.com//story/2026/2/8/خبر/7104411?at_medium=RSS&amp;maca=ara-rss",
        "https://reader:secret@www.youm7.com/story/2026/2/8/خبر/7104411",
        "https://m.youm7.com/story/2026/2/8/خبر/7104411",
        "https://www.youm7.com/story/2026/2/8/خبر/7104411/amp/",
        "https://www.youm7.com/story/2026/2/8/خبر/7104411?amp=1",
        "https://www.youm7.com/story/2026/2/8/خبر/7104411.amp",
        "https://www.youm7.com/amp/story/2026/2/8/خبر/7104411",
        "https://www.youm7.com/story/2026/2/8/خبر/7104411;jsessionid=A1B2",
        "https://www.youm7.com/(S(a1b2))/story/2026/2/8/خبر/7104411?PHPSESSID=1",
        " https://www.youm7.com./story/2026/2/8/خبر/7104411?ot=ot.AMPPageLayout ",
    ],
)
def test_variants_of_an_address_are_one(variant: str) -> None:
    assert canonical_url(variant) == STORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/view.aspx?id=1", "https://a.example/view.aspx?id=2"),
        (
            "https://a.example/view.aspx?id=1&language=ar",
            "https://a.example/view.aspx?id=1&language=en",
        ),
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        (
            "https://a.example/مجتـمع/1",
            "https://a.example/مجتمع/1",
        ),  # tatweel is part of a section's name
        ("https://a.example/a\u00a0b", "https://a.example/ab"),
        ("https://a.example/Story", "https://a.example/story"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/amp", "https://a.example/"),
        ("https://a.example/ampere/1", "https://a.example/1"),
        ("https://a.example/1", "https://b.example/1"),
        ("https://a.example:8080/1", "https://a.example/1"),
    ],
)
def test_other_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("http://a.example", "https://a.example/"),
        (
            "http://a.example/ArticleDetails.aspx?Language=ar&Id=7",
            "https://a.example/ArticleDetails.aspx?id=7&language=ar",
        ),
        ("http://a.example/b?y=2&#038;x=1&amp;amp;z=3", "https://a.example/b?x=1&y=2&z=3"),
        ("http://a.example/b?y=2&x=1", "https://a.example/b?x=1&y=2"),
        ("http://a.example/a\u00a0b", "https://a.example/a%C2%A0b"),
        ("http://a.example/100%-x", "https://a.example/100%25-x"),
        ("http://a.example/%25D8%25AE%25D8%25A8", "https://a.example/%D8%AE%D8%A8"),
        ("http://a.example/%25d8%25ae-%D8%A8", "https://a.example/%D8%AE-%D8%A8"),
        ("http://a.example/%252525D8%252525AE", "https://a.example/%D8%AE"),
        ("http://a.example/?q=%25D8%25AE", "https://a.example/?q=%D8%AE"),
        ("http://a.example/a%252Fb", "https://a.example/a%252Fb"),  # a slash of the name's own
        ("http://a.example/100%25DAB", "https://a.example/100%25DAB"),
        ("http://a.example/%25CE%25CF", "https://a.example/%25CE%25CF"),  # not UTF-8
        (
            "http://a.example/%C7%e1",
            "https://a.example/%C7%E1",
        ),  # windows-1256: not UTF-8, left alone
        ("http://a.example/%28a%29", "https://a.example/(a)"),
        ("http://a.example/أ", "https://a.example/%D8%A3"),
        (
            "http://a.example/\u0627\u0654",
            "https://a.example/%D8%A3",
        ),  # the same letter, decomposed
        ("http://خبر.example/1", "https://xn--ngblk.example/1"),
        ("http://[::1]:8000/1", "https://[::1]:8000/1"),
    ],
)
def test_the_one_form(printed: str, canonical: str) -> None:
    assert canonical_url(printed) == canonical


@pytest.mark.parametrize(
    "url",
    ["", "no address", "/story/1", "mailto:a@b.example", "http://", "http://[::1", "http://a:b/"],
)
def test_what_is_no_web_address_is_said(url: str) -> None:
    with pytest.raises(AddressError):
        canonical_url(url)


def test_a_lone_surrogate_is_said() -> None:
    with pytest.raises(AddressError):
        canonical_url("https://a.example/\ud800")


def test_an_outlets_hosts_are_one(outlet: MakeOutlet) -> None:
    sputnik = outlet("sputnikarabic.ae", "arabic.sputniknews.com")
    for host in (
        "arabic.sputniknews.com",
        "www.sputnikarabic.ae",
        "m.sputnikarabic.ae",
        "sputnikarabic.ae",
    ):
        assert canonical_url(f"http://{host}/1", outlet=sputnik) == "https://sputnikarabic.ae/1"
    assert (
        canonical_url("http://www.other.example/1?z=1", outlet=sputnik)
        == "https://www.other.example/1?z=1"
    )


def test_rewrites_bring_twins_and_slugs_to_one_path(outlet: MakeOutlet) -> None:
    youm7 = outlet("www.youm7.com", rewrites=(("^/amp/", "/story/"),))
    assert canonical_url("https://m.youm7.com/amp/2026/2/8/خبر/7104411", outlet=youm7) == STORY
    balad = outlet("www.elbalad.news", rewrites=((r"^(/\d+)/.*", r"\1"),))
    assert (
        canonical_url("http://www.elbalad.news/2822602/خبر", outlet=balad)
        == "https://www.elbalad.news/2822602"
    )


@pytest.mark.parametrize(
    ("host", "identity", "printed", "canonical"),
    [
        (
            "www.kuna.net.kw",
            ("id", "language"),
            "/A.aspx?Language=ar&ID=5&x=1",
            "/A.aspx?id=5&language=ar",
        ),
        (
            "petra.gov.jo",
            ("ID", "lang"),
            "/Include/InnerPage.jsp?lang=ar&name=news&ID=5",
            "/Include/InnerPage.jsp?ID=5&lang=ar",
        ),
        (
            "www.shorouknews.com",
            ("cdate", "id"),
            "/news/view.aspx?id=a-b&cdate=15052026",
            "/news/view.aspx?cdate=15052026&id=a-b",
        ),
    ],
)
def test_identity_parameters_stay_in_their_order(
    outlet: MakeOutlet, host: str, identity: tuple[str, ...], printed: str, canonical: str
) -> None:
    declared = outlet(host, identity=identity)
    assert canonical_url(f"http://{host}{printed}", outlet=declared) == f"https://{host}{canonical}"


def test_an_outlet_that_needs_no_query_has_none(outlet: MakeOutlet) -> None:
    almada = outlet(
        "almadapaper.net", articles=r"https?://almadapaper\.net/\d+/(?:\?p=\d+)?|.*[?]p=\d+"
    )
    assert (
        canonical_url("https://almadapaper.net/449131/?from=home", outlet=almada)
        == "https://almadapaper.net/449131"
    )
    assert (
        canonical_url("https://almadapaper.net/?p=5", outlet=almada)
        == "https://almadapaper.net/?p=5"
    )


@given(st.text(max_size=40), st.text(max_size=30), st.sampled_from(["", "m.", "www.", "amp."]))
def test_canonical_addresses_are_fixed_points(path: str, query: str, sub: str) -> None:
    try:
        canonical = canonical_url(f"http://{sub}a.example/{path}?{query}")
    except AddressError:
        return
    assert canonical.isascii()
    assert canonical_url(canonical) == canonical


@given(
    st.text("/.amp%25&=;?A#é\u0654\u0627", max_size=30),
    st.sampled_from(["", "a.aspx?", "?utm%5F", "?%49d="]),
)
@example("?2&é", "")
@example("Id=1&ID=2&%49D=3", "a.aspx?")
def test_hard_letters_are_fixed_points_too(rest: str, start: str) -> None:
    canonical = canonical_url(f"http://a.example/{start}{rest}")
    assert canonical_url(canonical) == canonical


def test_article_ids_are_short_and_sure() -> None:
    assert article_id(STORY) == hashlib.sha256(STORY.encode()).hexdigest()[:32]


def known_addresses() -> list[tuple[str, str]]:
    """Return (pattern, address) for each address that the dossiers of real sites give in full."""
    yaml = pytest.importorskip("yaml")
    dossiers = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DOSSIERS.glob("*.yaml"))
    ]
    return [
        (pattern, url)
        for pattern, urls in (
            (dossier["article_url_regex"], dossier.get("example_urls")) for dossier in dossiers
        )
        for url in urls or ()
        if re.fullmatch(pattern, unquote(url)) or re.fullmatch(pattern, url)
    ]


@pytest.mark.skipif(not DOSSIERS.is_dir(), reason="the dossiers of real sites are not there")
def test_real_addresses_and_their_variants(outlet: MakeOutlet) -> None:
    known = known_addresses()
    assert len(known) >= 150
    for pattern, url in known:
        scheme, host, rest = re.fullmatch(r"(https?)://([^/]+)(/.*)", url).groups()  # type: ignore[union-attr]
        declared = outlet(host, articles=pattern)
        decoded = unquote(rest)
        joint = "&" if "?" in rest else "?"
        variants = [
            f"{'http' if scheme == 'https' else 'https'}://{host}{rest}",
            f"{scheme}://{host.upper()}{rest}#comments",
            f"{scheme}://{host}{rest}{joint}utm_source=feed&utm_medium=rss",
            f"{scheme}://{host}{unicodedata.normalize('NFD', decoded)}",
            f"{scheme}://{host}{re.sub('%..', lambda escape: escape[0].lower(), rest)}",
            url if "?" in url else url.rstrip("/") + "/",
        ]
        for where in (None, declared):
            canonical = canonical_url(url, outlet=where)
            assert [canonical_url(variant, outlet=where) for variant in variants] == [
                canonical
            ] * len(variants)
            assert canonical_url(canonical, outlet=where) == canonical
    canonicals = {canonical_url(url) for _, url in known}
    assert len(canonicals) == len({url for _, url in known})


def test_an_address_takes_microseconds(outlet: MakeOutlet) -> None:
    slug = "-".join(["%D8%AE%D8%A8%D8%B1"] * 12)
    declared = outlet("www.a.example")
    url = f"https://www.a.example/{slug}-1?utm_source=x"

    def seconds() -> float:
        started = time.perf_counter()
        for _ in range(200):
            canonical_url(url, outlet=declared)
        return (time.perf_counter() - started) / 200

    assert min(seconds() for _ in range(5)) < 150e-6  # measured: 25; the rest is for a busy machine
