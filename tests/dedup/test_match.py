import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup import Match, compare, paragraph_key
from crawler.items import Article
from tests.dedup.stories import BRIDGE, WELL

MakeArticle = Callable[..., Article]

OTHER_NEWS = (
    "نفت وزارة الزراعة أمس وجود نقص في بذور القمح لدى مراكز التوزيع في المحافظات الجنوبية.",
    "وأوضح الناطق باسمها أن الكميات المتاحة تكفي الموسم كله وأن التسليم يستمر حتى نهاية الشهر.",
    "وطالب مزارعون بخفض أسعار السماد بعد ارتفاعها في الأسابيع الماضية إلى مستويات غير مسبوقة.",
    "وتعقد اللجنة الزراعية في مجلس النواب جلسة خاصة يوم الأربعاء لبحث شكاوى المزارعين والتجار.",
)


def both_ways(a: Article, b: Article) -> Match:
    match = compare(a, b)
    assert compare(b, a) == match
    assert 0 <= match.score <= 1
    assert match.joins == (match.score >= 0.5)
    assert match.why
    assert "\n" not in match.why
    return match


@pytest.mark.parametrize(
    "printed",
    [
        BRIDGE[:2],  # cut from the end
        BRIDGE[:1] + BRIDGE[2:],  # from the middle
        (BRIDGE[0], *BRIDGE[:0:-1]),  # reordered
        (*BRIDGE, OTHER_NEWS[3]),  # extended
        (BRIDGE[0], "اقرأ أيضًا: القمح يكفي الموسم", *BRIDGE[1:], "تابعونا على فيسبوك"),
        (*BRIDGE[:2], BRIDGE[2].replace("85", "58"), *BRIDGE[3:]),  # one number corrected
        tuple(text.replace("26", "ستة وعشرين").replace("14", "أربعة عشر") for text in BRIDGE),
        tuple(text.replace("العطار", "عطّار") for text in BRIDGE),  # a name spelt otherwise
        tuple(
            text.replace("قديم", "عتيق").replace("وذكر", "وأفاد").replace("الحركة", "حركة البيع")
            for text in BRIDGE
        ),
        ("دمشق - خاص - " + BRIDGE[0], *BRIDGE[1:], "(وكالات)"),
    ],
)
def test_what_desks_do_to_a_text_leaves_it_a_copy(
    article: MakeArticle, bridge: Article, printed: tuple[str, ...]
) -> None:
    copy = article(*printed, outlet="two", headline="جسر يصل السوق بمحطة الحافلات", day=4)
    assert both_ways(bridge, copy).joins


def test_urdu_copies_without_spaces_or_with_other_letters(
    article: MakeArticle, well: Article
) -> None:
    glued = article(
        *(text.replace(" کے ", "کے ").replace(" میں", "میں") for text in WELL),
        language="ur",
        outlet="two",
    )
    assert both_ways(well, glued).kind == "same_text"
    arabic_keys = article(
        *(text.replace("ی", "ي").replace("ک", "ك") for text in WELL), language="ur", outlet="two"
    )
    assert both_ways(well, arabic_keys).kind == "same_text"
    assert both_ways(well, article(*WELL[:3], language="ur", outlet="two")).kind == "copy"


def test_the_same_form_with_other_facts_is_no_copy(article: MakeArticle, bridge: Article) -> None:
    facts = {
        "الوادي الأخضر": "رأس الجبل",
        "سامر العطار": "هاني الدباس",
        "340": "512",
        "14": "9",
        "26": "41",
        "85": "120",
    }
    printed = list(BRIDGE)
    for old, new in facts.items():
        printed = [text.replace(old, new) for text in printed]
    match = both_ways(
        bridge, article(*printed, outlet="two", headline="افتتاح جسر المشاة الجديد في رأس الجبل")
    )
    assert match.kind == "none"
    assert "other facts" in match.why


def test_a_piece_of_its_own_contains_and_never_joins(article: MakeArticle, bridge: Article) -> None:
    roundup = article(
        *OTHER_NEWS, *BRIDGE, outlet="two", headline="أخبار المحافظات: القمح يكفي الموسم"
    )
    match = both_ways(bridge, roundup)
    assert match.kind == "contains"
    assert "of its own" in match.why


def test_a_later_state_of_a_text_does_not_contain_it(article: MakeArticle) -> None:
    early = article(*BRIDGE[:2], OTHER_NEWS[0], headline="افتتاح جسر المشاة")
    assert (
        both_ways(
            early, article(*BRIDGE, *OTHER_NEWS[1:], headline="افتتاح جسر المشاة", day=4)
        ).kind
        == "none"
    )


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        (OTHER_NEWS, "القمح يكفي الموسم"),
        ((*OTHER_NEWS[:3], BRIDGE[4]), "شكاوى المزارعين"),  # one paragraph of background
        (
            (
                (
                    "شهد السوق القديم يوم الثلاثاء زحاما بعد فتح الجسر، وقال زوار إنهم انتظروا "
                    "المصعدين طويلا."
                ),
            ),
            "زحام على الجسر",
        ),
    ],
)
def test_other_texts_are_apart(
    article: MakeArticle, bridge: Article, printed: tuple[str, ...], headline: str
) -> None:
    assert both_ways(bridge, article(*printed, outlet="two", headline=headline)).kind == "none"


def test_an_outlets_second_text_needs_more_in_common(article: MakeArticle, bridge: Article) -> None:
    printed = (*BRIDGE[:3], *OTHER_NEWS[:2])
    assert both_ways(bridge, article(*printed, outlet="two", headline="جسر المشاة")).joins
    assert not both_ways(bridge, article(*printed, outlet="one", headline="جسر المشاة")).joins


def test_a_late_text_needs_more_in_common(article: MakeArticle, bridge: Article) -> None:
    printed = (*BRIDGE[:3], *OTHER_NEWS[:2])
    late = both_ways(bridge, article(*printed, outlet="two", headline="جسر المشاة", day=28))
    assert (
        late.score
        < both_ways(bridge, article(*printed, outlet="two", headline="جسر المشاة", day=3)).score
    )
    assert "25 days apart" in late.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "عاجل: المحكمة تقبل طعن النقابة ضد قرار الوزير",
            "عاجل: المحكمة ترفض طعن النقابة ضد قرار الوزير",
        ),
        (
            "زلزال بقوة 4.1 درجات شرق المدينة ولا أضرار",
            "زلزال بقوة 5.6 درجات شرق المدينة ولا أضرار",
        ),
        (
            "لاہور کی عدالت نے ملزم کی ضمانت منظور کرلی",
            "لاہور کی عدالت نے ملزم کی ضمانت مسترد کردی",
        ),
    ],
)
def test_in_a_short_item_one_word_is_the_fact(article: MakeArticle, one: str, other: str) -> None:
    assert both_ways(article(one), article(other, outlet="two")).kind == "none"
    assert both_ways(article(one), article(one, outlet="two")).kind == "same_text"


def test_three_words_say_nothing_without_their_headline(article: MakeArticle) -> None:
    one = article("التفاصيل بعد قليل", headline="زلزال شرق المدينة")
    assert (
        both_ways(one, article("التفاصيل بعد قليل", outlet="two", headline="وفاة شاعر")).kind
        == "none"
    )
    assert (
        both_ways(
            one, article("التفاصيل بعد قليل", outlet="two", headline="زلزال شرق المدينة")
        ).kind
        == "same_text"
    )


def test_translations_are_apart(article: MakeArticle, bridge: Article, well: Article) -> None:
    assert both_ways(bridge, well).why == "two languages"


def test_boilerplate_is_no_common_text(article: MakeArticle) -> None:
    a = article(OTHER_NEWS[0], *BRIDGE)
    b = article(OTHER_NEWS[1], *BRIDGE, outlet="two")
    assert both_ways(a, b).joins
    furniture = frozenset(map(paragraph_key, BRIDGE))
    assert compare(a, b, boilerplate=furniture).kind == "none"


@pytest.mark.parametrize("body", [None, "", "…"])
def test_no_text_joins_nothing(bridge: Article, body: str | None) -> None:
    empty = replace(bridge, body=body)
    assert both_ways(bridge, empty).kind == both_ways(empty, empty).kind == "none"


def test_missing_fields_and_odd_dates_are_read(bridge: Article) -> None:
    bare = Article(url="https://two.example/", body=bridge.body)
    assert both_ways(bridge, bare).kind == "same_text"
    cut = Article(url="https://two.example/", body="\n".join(BRIDGE[:3]))
    epoch = replace(cut, published=datetime(1970, 1, 1, tzinfo=UTC))
    naive = replace(cut, published=datetime(2026, 3, 3, 11))
    assert both_ways(bridge, cut) == both_ways(bridge, epoch) == both_ways(bridge, naive)
    latin = replace(
        bridge, body="The bridge over the green valley was opened on Monday by the mayor. " * 3
    )
    assert both_ways(bridge, latin).kind == "none"


def test_a_match_travels_between_processes(bridge: Article) -> None:
    match = compare(bridge, bridge)
    assert pickle.loads(pickle.dumps(match)) == match


WORD = st.sampled_from(
    ["أعلنت", "البلدية", "اليوم", "جسر", "14", "85", "خمسة", "وثلاثين", "3.5", "پانی", "(وكالات)"]
)
BODY = st.lists(st.lists(WORD, max_size=30).map(" ".join), max_size=4).map("\n".join) | st.text(
    max_size=60
)
ARTICLE = st.builds(
    Article,
    url=st.just("https://a.example/"),
    body=BODY,
    headline=st.none() | st.lists(WORD, max_size=5).map(" ".join),
    outlet=st.sampled_from([None, "one", "two"]),
    published=st.sampled_from(
        [None, datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)]
    ),
)


@given(ARTICLE, ARTICLE)
def test_any_two_articles_compare_alike_both_ways(a: Article, b: Article) -> None:
    both_ways(a, b)


@given(ARTICLE)
def test_an_article_is_its_own_text(a: Article) -> None:
    assert both_ways(a, replace(a, outlet="three")).kind in ("same_text", "none")


def seconds(a: Article, b: Article) -> float:
    started = time.perf_counter()
    compare(a, b)
    return time.perf_counter() - started


@pytest.mark.parametrize(
    "body",
    [
        " ".join(BRIDGE) + "\n",  # one paragraph, again and again
        "جسر ",
        "ا",
        "١",
        "مئة و",
        "(أ ف ب)\n",
        "// انتهى //\n",
    ],
)
def test_time_is_linear_in_the_text(article: MakeArticle, body: str) -> None:
    def twice(letters: int) -> float:
        repeated = body * (letters // len(body))
        return min(
            seconds(article(repeated), article("خبر " + repeated, outlet="two")) for _ in range(3)
        )

    assert twice(400_000) < 12 * twice(100_000) + 0.1


def test_two_megabytes_are_read(article: MakeArticle, bridge: Article) -> None:
    page = article(*(BRIDGE * 5_000), outlet="two", headline="أرشيف")
    assert len(page.body or "") > 2_000_000
    assert both_ways(page, replace(page, outlet="three")).kind == "same_text"
    assert seconds(page, bridge) < 20
