"""Read distances from now from the tokens that a pattern of the grammar matched.

Only fixed ones: "a few days ago" and "more than two hours ago" are no dates, neither is a bare
plural ("منذ أيام", days ago). A week is seven days, with a doubt, since no finer day was meant.
"""

from crawler.dates.date_elements import Distance, NamedPeriod
from crawler.dates.parsed_date import DateError, Order
from crawler.dates.read_day import join_number_words
from crawler.dates.tokeniser import Span, Tokens
from crawler.dates.word_kinds import (
    ABOUT,
    DAY_UNIT,
    DUAL,
    FRACTION,
    LAST,
    MONTH_UNIT,
    NUMBER_WORD,
    UNIT,
    UNTIL,
    VAGUE,
    WEEK_OR_SATURDAY,
    WEEKDAY,
    YEAR_UNIT,
)
from crawler.dates.words import SINGULAR_UNITS
from crawler.text import fold

_SINGULAR = frozenset(fold(SINGULAR_UNITS).split("|"))
_PERIOD_KINDS = MONTH_UNIT + YEAR_UNIT
_UNIT_KINDS = UNIT + DAY_UNIT + _PERIOD_KINDS + WEEK_OR_SATURDAY
_FIGURES = "234567"
_MINUTES_OF_HOUR = 60


def distance(tokens: Tokens, span: Span, order: Order | None) -> Distance | None:
    """قبل 3 ساعات, منذ يومين, دو گھنٹے پہلے, ڈیڑھ گھنٹہ قبل, an hour ago, منذ ساعة ونصف."""
    before = tokens.kinds[: span[0]].rstrip()
    if before.endswith((VAGUE, "2", NUMBER_WORD, "-", UNTIL)):
        raise DateError("a distance from now that is not fixed")
    amounts: list[tuple[float, str]] = []
    doubts = []
    count: float | None = None
    fraction: tuple[int, int] | None = None
    previous = ""
    for at in range(*span):
        kind, value = tokens.kinds[at], tokens.values[at]
        if kind == " ":
            continue
        if kind in _FIGURES:
            count = value
        elif kind == NUMBER_WORD:
            if amounts and count is None and value == 1:
                continue  # دقيقة واحدة
            count = join_number_words(int(count or 0), value) if previous == kind else value
        elif kind == FRACTION and amounts:
            amount, unit = amounts[-1]
            amounts[-1] = (amount + value[1] / _MINUTES_OF_HOUR, unit)
        elif kind == FRACTION:
            fraction = value
        elif kind == ABOUT:
            doubts.append("printed as approximate")
        elif kind == DUAL:
            amounts.append((2, value))
        elif kind in _UNIT_KINDS:
            if count is None and fraction is None and tokens.texts[at] not in _SINGULAR:
                return None
            unit = "week" if kind == WEEK_OR_SATURDAY else value
            amounts.append((_amount(count, fraction), unit))
            count = fraction = None
        previous = kind
    if any(unit == "week" for _, unit in amounts):
        doubts.append("counted in weeks")
    return Distance(span, amounts, doubts)


def unit_before_number(tokens: Tokens, span: Span, order: Order | None) -> Distance | None:
    """قبل سنة 1: the number slipped behind its noun; read only where it says what the noun says."""
    unit_at = tokens.first(_UNIT_KINDS, span)
    return Distance(span, [(1, tokens.values[unit_at])], [])


def _amount(count: float | None, fraction: tuple[int, int] | None) -> float:
    """Return a count and a fraction word as one number; 1 where neither is printed."""
    if fraction is None:
        return 1 if count is None else count
    minutes_alone, minutes_added = fraction
    if count is not None:
        return count + minutes_added / _MINUTES_OF_HOUR
    if not minutes_alone:
        raise DateError("half past what?")
    return minutes_alone / _MINUTES_OF_HOUR


def days_ago(tokens: Tokens, span: Span, order: Order | None) -> NamedPeriod:
    """اليوم, أمس, گزشتہ روز."""
    return NamedPeriod(span, "day", tokens.values[span[0]])


def just_now(tokens: Tokens, span: Span, order: Order | None) -> NamedPeriod:
    """الآن."""
    return NamedPeriod(span, "now", 0)


def period(tokens: Tokens, span: Span, order: Order | None) -> NamedPeriod:
    """الشهر الماضي, رواں ماہ, گزشتہ سال, هذا العام."""
    unit_at = tokens.first(_PERIOD_KINDS, span)
    is_last = LAST in tokens.kinds[slice(*span)]
    return NamedPeriod(span, tokens.values[unit_at], int(is_last))


def last_weekday(tokens: Tokens, span: Span, order: Order | None) -> NamedPeriod:
    """الأربعاء الماضي, گزشتہ جمعہ."""
    return NamedPeriod(span, "weekday", tokens.values[tokens.first(WEEKDAY, span)])
