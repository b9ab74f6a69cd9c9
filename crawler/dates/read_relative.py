"""Distances from now, from the tokens that a pattern of the grammar found.

Only fixed ones: "a few days ago" and "more than two hours ago" are no dates, neither is a bare
plural ("منذ أيام", days ago). A week is seven days, with a doubt, since no finer day was meant.
"""

from crawler.dates.elements import Ago, Named, Span
from crawler.dates.lexicon import VAGUE
from crawler.dates.model import DateError, Order
from crawler.dates.read_day import joined_number
from crawler.dates.tokens import Tokens
from crawler.dates.words import SINGULAR_UNITS
from crawler.text import fold

_SINGULAR = frozenset(fold(SINGULAR_UNITS).split("|"))
_UNIT_KINDS = "uynDW"


def ago(tokens: Tokens, span: Span, order: Order | None) -> Ago | None:
    """قبل 3 ساعات, منذ يومين, دو گھنٹے پہلے, ڈیڑھ گھنٹہ قبل, an hour ago, منذ ساعة ونصف."""
    before = tokens.kinds[: span[0]].rstrip()
    if before.endswith((VAGUE, "2", "q", "-", "R")):
        raise DateError("a distance from now that is not fixed")
    amounts: list[tuple[float, str]] = []
    doubts = []
    count: float | None = None
    fraction: tuple[int, int] | None = None
    previous = ""
    for at in range(*span):
        kind, value = tokens.kinds[at], tokens.values[at]
        if kind in "234567":
            count = value
        elif kind == "q":
            if amounts and count is None and value == 1:
                continue  # دقيقة واحدة
            count = joined_number(int(count or 0), value) if previous == "q" else value
        elif kind == "f":
            if amounts:
                amounts[-1] = (amounts[-1][0] + value[1] / 60, amounts[-1][1])
            else:
                fraction = value
        elif kind == "Z":
            doubts.append("printed as approximate")
        elif kind == "U":
            amounts.append((2, value))
        elif kind in _UNIT_KINDS:
            unit = "week" if kind == "W" else value
            if count is None and fraction is None and tokens.texts[at] not in _SINGULAR:
                return None
            amounts.append((_amount(count, fraction), unit))
            count = fraction = None
        if kind != " ":
            previous = kind
    if any(unit == "week" for _, unit in amounts):
        doubts.append("counted in weeks")
    return Ago(span, amounts, doubts)


def unit_before_number(tokens: Tokens, span: Span, order: Order | None) -> Ago | None:
    """قبل سنة 1: the number slipped behind its noun; read only where it says what the noun says."""
    return Ago(span, [(1, tokens.values[_unit_at(tokens, span)])], [])


def _unit_at(tokens: Tokens, span: Span) -> int:
    return next(at for at in range(*span) if tokens.kinds[at] in _UNIT_KINDS)


def _amount(count: float | None, fraction: tuple[int, int] | None) -> float:
    if fraction is None:
        return 1 if count is None else count
    alone, added = fraction
    if count is not None:
        return count + added / 60
    if not alone:
        raise DateError("half past what?")
    return alone / 60


def days_ago(tokens: Tokens, span: Span, order: Order | None) -> Named:
    """اليوم, أمس, گزشتہ روز."""
    return Named(span, "day", tokens.values[span[0]])


def just_now(tokens: Tokens, span: Span, order: Order | None) -> Named:
    """الآن."""
    return Named(span, "now", 0)


def period(tokens: Tokens, span: Span, order: Order | None) -> Named:
    """الشهر الماضي, رواں ماہ, گزشتہ سال, هذا العام."""
    at = next(at for at in range(*span) if tokens.kinds[at] in "ny")
    return Named(span, tokens.values[at], 1 if "v" in tokens.kinds[slice(*span)] else 0)


def last_weekday(tokens: Tokens, span: Span, order: Order | None) -> Named:
    """الأربعاء الماضي, گزشتہ جمعہ."""
    at = next(at for at in range(*span) if tokens.kinds[at] == "w")
    return Named(span, "weekday", tokens.values[at])
