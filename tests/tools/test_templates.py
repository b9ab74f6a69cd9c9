"""Templates of written pages, and the values they print."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tools.written.printed import House, percent_encoded
from tools.written.template import TemplateError, Templates

CAIRO = House(ZoneInfo("Africa/Cairo"), "EG")
AMMAN = House(ZoneInfo("Asia/Amman"), "LB")
KARACHI = House(ZoneInfo("Asia/Karachi"), "ur")
NOON = datetime(2023, 11, 22, 13, 5, 9, tzinfo=ZoneInfo("Africa/Cairo"))


def fill(template: str, house: House = CAIRO, name: str = "t.html", **values: object) -> str:
    texts = {name: template, "card.html": "<b>{{headline}}</b>"}
    return Templates(read=texts.__getitem__, apply=house.apply).fill(name, values)


def test_a_value_is_escaped_except_in_json() -> None:
    assert fill("<h1>{{headline}}</h1>", headline='"1 < 2"') == "<h1>&quot;1 &lt; 2&quot;</h1>"
    assert fill("{{headline|raw}}", headline="<i>") == "<i>"
    assert fill('{"h": {{h|json}}}', h='"a"</script>') == '{"h": "\\"a\\"<\\/script>"}'
    assert fill("{{h|php_json}}", h="/آ") == '"\\/\\u0622"'
    assert fill('{"h": "{{h}}"}', name="t.json", h="1 < 2") == '{"h": "1 < 2"}'


def test_a_section_is_printed_for_each_item_and_leaves_no_empty_line() -> None:
    template = "<ul>\n{{#tags}}\n<li>{{number}} {{.}}</li>\n{{/tags}}\n</ul>"
    assert fill(template, tags=["a", "b"]) == "<ul>\n<li>1 a</li>\n<li>2 b</li>\n</ul>"
    assert fill("{{#tags}}{{.}}{{^last}}, {{/last}}{{/tags}}", tags=["a", "b"]) == "a, b"
    assert fill("{{#author}}by {{author}}{{/author}}", author="") == ""
    assert fill("{{^author}}no author{{/author}}", author="") == "no author"


def test_a_list_of_articles_and_a_part_of_a_list() -> None:
    articles = [{"headline": "x", "tags": ["p", "q"]}, {"headline": "y", "tags": []}]
    template = "{{#articles}}{{headline}}({{#tags}}{{.}}{{/tags}}){{/articles}}"
    assert fill(template, articles=articles) == "x(pq)y()"
    assert fill("{{p[0]}}: {{#p[1:]}}{{.}}{{/p}}", p=["a", "b", "c"]) == "a: bc"


def test_a_template_within_a_template() -> None:
    assert fill("{{>card.html}}", headline="1 < 2") == "<b>1 &lt; 2</b>"
    assert fill("data='{{>card.html|html}}'", headline="x") == "data='&lt;b&gt;x&lt;/b&gt;'"
    assert fill("{{>card.html|json}}", headline="x") == '"<b>x<\\/b>"'


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{headlin}}", "headlin"),
        ("{{#tags}}x", "tags"),
        ("{{#tags}}{{/tag}}", "tag"),
        ("x{{/tags}}", "tags"),
        ("{{tags}}", "tags"),
        ("{{published|tomorrow}}", "tomorrow"),
        ("{{headline|shout}}", "shout"),
    ],
)
def test_a_template_that_cannot_be_filled_is_told(template: str, told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        fill(template, tags=["a"], published=NOON, headline="x")


@pytest.mark.parametrize(
    ("house", "form", "printed"),
    [
        (CAIRO, "%A، %d %B %Y %I:%M %p", "الأربعاء، 22 نوفمبر 2023 01:05 م"),
        (AMMAN, "%d %B %Y", "22 تشرين الثاني 2023"),
        (KARACHI, "%A %-d %B %Y", "بدھ 22 نومبر 2023"),
        (KARACHI, "en:%A, %d %B %Y %p", "Wednesday, 22 November 2023 PM"),
        (CAIRO, "%d/%m/%Y|arabic", "٢٢/١١/٢٠٢٣"),
        (CAIRO, "iso", "2023-11-22T13:05:09+02:00"),
        (CAIRO, "isoz", "2023-11-22T11:05:09Z"),
        (CAIRO, "iso_minutes", "2023-11-22T13:05+02:00"),
        (CAIRO, "rfc822", "Wed, 22 Nov 2023 13:05:09 +0200"),
        (CAIRO, "gmt", "Wed, 22 Nov 2023 11:05:09 GMT"),
        (CAIRO, "epoch", "1700651109"),
        (CAIRO, "utc|%H:%M", "11:05"),
        (CAIRO, "in:Asia/Karachi|%H:%M", "16:05"),
    ],
)
def test_a_date_is_printed_in_the_house_s_form(house: House, form: str, printed: str) -> None:
    assert fill("{{published|" + form + "}}", house, published=NOON) == printed


def test_an_address_keeps_the_escapes_that_it_has() -> None:
    assert (
        percent_encoded("https://a.example/خبر?id=1") == "https://a.example/%D8%AE%D8%A8%D8%B1?id=1"
    )
    assert percent_encoded("https://a.example/%d8%ae") == "https://a.example/%d8%ae"
