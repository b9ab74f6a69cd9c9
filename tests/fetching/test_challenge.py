"""Which pages are challenges. Each is written here after the ways that are known of such pages."""

import time

import pytest
from scrapy.http import HtmlResponse, Response

from crawler.fetching.challenge import MAX_BYTES, is_challenge

URL = "https://www.example.com/story/1?a=b"
STORY = "<p>" + "افتتح المجلس دورته العادية أمس بحضور الأعضاء. " * 30 + "</p>"
RELOADS = "<html><body><script>document.cookie='k='+f(7)+';path=/';location.reload();</script>"
BANNER = (
    "<div id=banner><button>أوافق</button></div><script>function agree() {"
    "document.cookie = 'consent=1'; location.reload(); }</script>"
)


def page(body: str, status: int = 200, **headers: str) -> HtmlResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HtmlResponse(URL, status=status, headers=named, body=body.encode(), encoding="utf-8")


@pytest.mark.parametrize("status", [200, 403, 405, 503])
@pytest.mark.parametrize(
    "body",
    [
        RELOADS,
        RELOADS.replace("location.reload()", "window.location.href = window.location.href"),
        RELOADS.replace("location.reload()", "location.replace('/story/1?a=b&c=1')"),
        RELOADS.replace(
            "location.reload()", "setTimeout(function(){window['location']['reload'](true)}, 99)"
        ),
        RELOADS.replace("document.cookie", "document[ 'cookie' ]"),
        RELOADS.removesuffix("</script>"),  # cut short
        RELOADS.upper()
        .replace("DOCUMENT.COOKIE", "document.cookie")
        .replace("LOCATION.RELOAD", "location.reload"),
        "<script src='/aes.js'></script>"
        "<script>document.cookie='__test='+h(a);location.href=u</script>"
        "<noscript>This site requires Javascript to work</noscript>",
        "<head><meta http-equiv='refresh' content='0'></head><body></body>",
        '<head><meta content="3; url=/story/1?a=b" http-equiv=refresh></head><body>لحظة...</body>',
        "<head><meta http-equiv='refresh' content='1;URL=\"https://www.example.com/story/1?k=9\"'></head>",
        "<meta http-equiv=refresh content='30'><script>document.cookie = 'k=1'</script>",
        "<form id=f method=post action='/story/1'><input name=k value=7></form>"
        "<script>document.getElementById('f').submit()</script>",
        '<body onload="document.forms[0].submit()"><form method=post><input name=k></form></body>',
        "<noscript>Please enable JavaScript and cookies to continue</noscript><div id=x></div>",
        "<p>يرجى تفعيل جافا سكريبت وملفات تعريف الارتباط للمتابعة</p>",
        "<title>Just a moment...</title>",
        "<h1>Checking your browser before you can read</h1>",
        "<form><div class='g-recaptcha'></div></form>",
    ],
)
def test_a_page_that_asks_for_a_browser_is_a_challenge(body: str, status: int) -> None:
    assert is_challenge(page(body, status))


def test_a_cookie_that_the_server_sets_counts_as_one_that_the_script_sets() -> None:
    body = "<script>location.reload()</script>"
    assert is_challenge(page(body, Set_Cookie="k=1"))
    assert not is_challenge(page(body))


@pytest.mark.parametrize(
    "body",
    [
        STORY + BANNER,
        STORY + RELOADS,
        STORY + "<noscript>Enable JavaScript and cookies</noscript>",
        STORY + "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        "<meta property='og:title' content='خبر'><p>خبر عاجل</p>" + BANNER,
        "<link rel='canonical' href='/story/1'><div id=app></div>" + BANNER,
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<p>نعود قريبا</p><meta http-equiv='refresh' content='30'>",  # the site is being mended
        "<meta http-equiv='refresh' content='0; url=/ar/'>",
        "<p>نأسف لهذا الخطأ</p><button onclick='location.reload()'>حاول ثانية</button>",
        "<form action='/search'><input name=q></form>",
        "<!-- document.cookie='k=1'; location.reload() --><p>خبر عاجل</p>",
        "<script>if (document.cookie == '') show(); if (location.href == '/') hide();</script>",
        "",
        "User-agent: *\nDisallow: /checking your browser",
    ],
)
def test_a_page_of_its_own_is_none(body: str) -> None:
    assert not is_challenge(page(body))


def test_other_statuses_are_what_they_say() -> None:
    assert not is_challenge(page(RELOADS, 404))
    assert not is_challenge(page(RELOADS, 500))
    assert is_challenge(page("", 404, cf_mitigated="challenge"))


def test_what_is_no_text_is_none() -> None:
    assert not is_challenge(Response(URL, body=b"\x00\xff" * 1000))
    assert not is_challenge(page(RELOADS + " " * MAX_BYTES))


@pytest.mark.parametrize(
    "shape",
    [
        "<script>",
        "<",
        "<!--",
        "<meta http-equiv=refresh ",
        "<body onload='",
        "<noscript><",
        "http-equiv=refresh ",
        " ",
        "['",
        "<form>location ",
        "content=1",
    ],
)
def test_a_page_of_broken_elements_costs_little(shape: str) -> None:
    response = page(f"<meta {shape * MAX_BYTES}"[:MAX_BYTES])
    began = time.process_time()
    is_challenge(response)
    assert time.process_time() - began < 1, "seconds; what is quadratic takes minutes"
