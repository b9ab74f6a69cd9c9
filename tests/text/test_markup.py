"""Attributes are counted as the parser will see them, in linear time."""

import time

import pytest
from lxml import etree

from crawler.text.markup import CHECKED_FROM, MAX_ATTRIBUTES, has_too_many_attributes

FILLING = "<p>نص قصير من كلام الناس.</p>" * (CHECKED_FROM // 20)
MANY = " ".join(f"a{number}='{number}'" for number in range(MAX_ATTRIBUTES + 1))
BARE = " ".join(f"a{number}" for number in range(MAX_ATTRIBUTES + 1))

TOO_MANY = {
    "with values": f"<p {MANY}>نص</p>",
    "without values": f"<p {BARE}>نص</p>",
    "glued": "<p " + MANY.replace(" ", "") + ">نص</p>",
    "parted by slashes": "<p/" + BARE.replace(" ", "/") + ">نص</p>",
    "with few angle brackets in values": "<p "
    + " ".join(f"a{n}='{'>' if n == 1500 else n}'" for n in range(3 * MAX_ATTRIBUTES))
    + ">نص</p>",
    "with angle brackets in values": "<p " + MANY.replace("='", "='<b>") + ">نص</p>",
    "behind a quote in a comment": f'<!-- <p x=" --><p {MANY}>نص</p>',
    "behind a quote in a script": f"<script>'<p x=\"'</script><p {MANY}>نص</p>",
    "behind a quote in a name": f'<p a"b {MANY}>نص</p>',
    "behind the end of a script": f"<script>a>b</script\n {MANY}><p {MANY}>نص</p>",
    "behind a script's tag in a value": f"<p x='<script>' {MANY}>نص</p>",
    "behind a script's tag in a longer value": f"<p x='> <script>' {MANY}>نص</p>",
    "behind scripts' tags in a value": f"<p x='> <script></script> <style>' {MANY}>نص</p>",
    "behind a script's tag in a comment": f"<!-- <script> --><p {MANY}>نص</p>",
    "behind two scripts' tags in a comment": (
        f"<!-- <script></script> <style> --><p {MANY}>نص</p>"
    ),
    "behind a script's tag in a title": f"<title><script></title><p {MANY}>نص</p>",
    "behind a script's end in capitals": f"<script></SCRIPT><p {MANY}>نص</p>",
    "behind a value in a script's tag": f'<script x="a>"></script><p {MANY}>نص</p>',
    "behind quotes of two kinds": f'<script z=\'"\' x=">" {MANY}></script><p>نص</p>',
    "behind a tag without end": f"<p <b {MANY}>نص</p>",
}
NOT_TOO_MANY = {
    "as many as may be": "<p " + " ".join(MANY.split()[:-1]) + ">نص</p>",
    "a story in an attribute": f"<p data-story='{'قال الوزير إن الجسر. ' * 50_000}'>نص</p>",
    "a story in double quotes": f'<p data-story="{BARE * 20}">نص</p>',
    "in a comment": f"<!-- <p {MANY}> -->",
    "in a long script": f"<script>{BARE * 3}</script><style type='x'>{BARE * 3}</style>",
    "behind an angle bracket of a style": f"<style>a>b {{}} {BARE * 3}</style>",
    "in a script": f"<script>x = '<p {MANY}>'</script>",
    "in text": f"<p>نص {BARE}</p>",
    "of many tags": "<p a=1 b=2>نص</p>" * MAX_ATTRIBUTES,
}


@pytest.mark.parametrize("name", TOO_MANY)
def test_a_tag_with_too_many_attributes_is_found(name: str) -> None:
    assert has_too_many_attributes(FILLING + TOO_MANY[name])
    assert has_too_many_attributes(TOO_MANY[name] + FILLING)


@pytest.mark.parametrize("name", NOT_TOO_MANY)
def test_what_only_looks_like_attributes_is_none(name: str) -> None:
    assert not has_too_many_attributes(FILLING + NOT_TOO_MANY[name])


@pytest.mark.parametrize("name", TOO_MANY)
def test_the_parser_sees_as_many(name: str) -> None:
    root = etree.fromstring(TOO_MANY[name], etree.HTMLParser())
    assert max(len(element.attrib) for element in root.iter("p", "b", "script")) > MAX_ATTRIBUTES


@pytest.mark.parametrize(
    "piece",
    [
        "<p ",
        "<!--",
        "<title>",
        '<p x="',
        "<p x='>' ",
        "</p a",
        "<",
        "<script></scrip",
        "<script ",
        '<script x="',
        "<script>'",
        "<style x='>",
        "= ",
        "<p/",
    ],
)
def test_the_look_is_linear(piece: str) -> None:
    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        has_too_many_attributes(text)
        return time.process_time() - began

    quarter = min(cost(500_000) for _ in range(3))
    assert min(cost(2_000_000) for _ in range(3)) < 8 * max(quarter, 0.02)
