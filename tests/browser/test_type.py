"""The type: which fonts draw the letters, whether they stay whole, and what they weigh."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from crawler.items import Article
from tests.browser.conftest import Reader, ReadingRoom
from tests.browser.edition import ACCESS, HARBOUR, VOWELS, id_of
from tests.browser.fonts import drawn
from tests.browser.ink import ink_of
from tests.browser.pages import LANGUAGES

NASTALIQ = "Noto Nastaliq Urdu"
NASKH = "Noto Naskh Arabic"  # the file of Latin letters has its name
NASTALIQ_FILE, NASKH_FILE = "noto-nastaliq-urdu.woff2", "noto-naskh-arabic.woff2"

MAX_BYTES_URDU = 300_000
MAX_BYTES_BOTH = 420_000


@pytest.mark.parametrize(
    ("article", "chosen", "family"),
    [
        (HARBOUR, "ui=ur", NASKH),
        (VOWELS, "ui=en", NASKH),
        (ACCESS, "ui=ar", NASTALIQ),
        (ACCESS, "ui=en", NASTALIQ),
        (ACCESS, "ui=ur&type=naskh", NASKH),
    ],
)
def test_headline_and_text_are_drawn_by_the_fonts_of_the_site(
    reader: Reader, article: Article, chosen: str, family: str
) -> None:
    watched = reader("en")
    watched.open(f"/stories/{id_of(article)}?{chosen}")
    texts = drawn(watched.page, "//h1 | //div[@class='text']/p")
    assert len(texts) > 2
    for text in texts:
        assert text.fonts[family], text  # another file draws the Latin letters within
        assert set(text.fonts) <= {family, NASKH}


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_drawn_by_a_latin_font_of_the_site(reader: Reader, language: str) -> None:
    watched = reader(language)
    watched.open(f"/?ui={language}")
    times = drawn(watched.page, "//*[@class='when']/time")
    assert times
    assert all(each.fonts == {NASKH: True} for each in times)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("address", "headline"),
    [
        (f"/stories/{id_of(ACCESS)}", ACCESS.headline),
        (f"/stories/{id_of(VOWELS)}", VOWELS.headline),
        ("/", ACCESS.headline),
        ("/", VOWELS.headline),
    ],
)
def test_the_ink_of_a_headline_shows_and_meets_no_other(
    reader: Reader, browser: Browser, address: str, headline: str, width: int
) -> None:
    watched = reader("ur")
    watched.page.set_viewport_size({"width": width, "height": 900})
    watched.open(f"{address}?ui=ur")
    heading = watched.page.get_by_role("heading", name=headline).first.element_handle()
    ink = ink_of(browser, watched.page, heading)
    assert ink.whole > 1000
    assert ink.hidden == 0
    assert ink.shared == 0


@pytest.mark.parametrize(
    ("address", "most", "script"),
    [
        ("/?ui=ur&language=ur", MAX_BYTES_URDU, NASTALIQ_FILE),
        ("/?ui=en&language=ur", MAX_BYTES_URDU, NASTALIQ_FILE),
        ("/?ui=ar&language=ar", MAX_BYTES_URDU, NASKH_FILE),
        ("/?ui=ur", MAX_BYTES_BOTH, ""),
        ("/?ui=ar", MAX_BYTES_BOTH, ""),
    ],
)
def test_a_first_page_is_small(
    browser: Browser, reading_room: ReadingRoom, address: str, most: int, script: str
) -> None:
    """script: the one font of Arabic letters that is loaded; "" for both."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    asked: list[str] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.rsplit("/", 1)[1]))
    page.goto(reading_room.open + address, wait_until="networkidle")
    context.close()
    assert 10_000 < sum(received) <= most
    fonts = {name for name in asked if name in (NASTALIQ_FILE, NASKH_FILE)}
    assert fonts == ({script} if script else {NASTALIQ_FILE, NASKH_FILE})
