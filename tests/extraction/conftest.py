"""Pages of our own for the tests of extraction: stories are invented, shapes are those that outlets
print."""

from collections.abc import Callable

import pytest

ARABIC = (
    "افتتح وزير النقل صباح اليوم الجسر الجديد الذي يربط ضفتي النهر في مدينة الواحة، بعد ثلاث "
    "سنوات من العمل المتواصل.",
    "وقال الوزير في كلمة أمام الحضور إن الجسر سيخفف الازدحام عن وسط المدينة، ويختصر الطريق إلى "
    "الميناء بنحو نصف ساعة.",
    "وأضاف أن كلفة المشروع بلغت أربعين مليون دينار، دفعت البلدية ثلثها، فيما تكفلت الوزارة بما "
    "بقي من المبلغ.",
    "من جهته أكد رئيس البلدية سالم الحداد أن حركة الشاحنات ستمنع فوق الجسر خلال ساعات الذروة "
    "حفاظا على سلامة المارة.",
)
URDU = (
    "وزیر ٹرانسپورٹ نے آج صبح شہر میں دریا پر بنائے گئے نئے پل کا افتتاح کر دیا جس کی تعمیر میں "
    "تین سال کا عرصہ لگا۔",
    "تقریب سے خطاب کرتے ہوئے انہوں نے کہا کہ اس پل کے کھلنے سے شہر کے مرکز میں ٹریفک کا دباؤ کم "
    "ہو جائے گا۔",
    "ان کا کہنا تھا کہ منصوبے پر چالیس کروڑ روپے خرچ ہوئے جن میں سے ایک تہائی رقم بلدیہ نے ادا "
    "کی ہے۔",
)
HEADLINE = "وزير النقل يفتتح جسر الواحة الجديد بعد ثلاث سنوات"
SITE = "صحيفة الواحة"

Page = Callable[..., str]


@pytest.fixture
def story() -> tuple[str, ...]:
    return ARABIC


@pytest.fixture
def urdu_story() -> tuple[str, ...]:
    return URDU


@pytest.fixture
def headline() -> str:
    return HEADLINE


@pytest.fixture
def page() -> Page:
    """Return a function that builds a page around `content`: a head with titles, a menu, a side bar
    of other stories, a foot."""

    def build(
        content: str,
        *,
        head: str = "",
        title: str = f"{HEADLINE} - {SITE}",
        h1: str | None = HEADLINE,
    ) -> str:
        menu = "".join(
            f'<li><a href="/s/{n}">{name}</a></li>'
            for n, name in enumerate(["سياسة", "اقتصاد", "رياضة", "ثقافة", "منوعات"])
        )
        others = "".join(
            f'<li><a href="/story/{n}">خبر آخر من أخبار المدينة رقم {n} لا صلة له بما '
            f"فوق</a><span>10:{n:02}</span></li>"
            for n in range(40)
        )
        return (
            f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
            "<body>"
            f"<header><div class='logo'>{SITE}</div><ul class='menu'>{menu}</ul></header><main>"
            f"{'' if h1 is None else f'<h1>{h1}</h1>'}{content}</main>"
            f"<div class='left-column'><h3>آخر الأخبار</h3><ul>{others}</ul></div>"
            f"<footer><p>جميع الحقوق محفوظة {SITE} 2024</p></footer></body></html>"
        )

    return build


@pytest.fixture
def paragraphs() -> Callable[[tuple[str, ...]], str]:
    """Return a function that prints a story as <p> elements."""
    return lambda texts: "".join(f"<p>{text}</p>" for text in texts)
