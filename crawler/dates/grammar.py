"""The grammar: patterns over the kinds of tokens, each with the reader that makes its element.

At each position the patterns are tried in the order of `_RULES`, and the first that fits is taken.
Every repetition in them is bounded, so a scan takes time linear in the text. A reader may return
None: the tokens only looked like its element. For the letters see `crawler.dates.word_kinds`, for
the figures `crawler.dates.tokeniser`.
"""

import re
from collections.abc import Callable

from crawler.dates import read_clock, read_day, read_relative
from crawler.dates.date_elements import ContextWord, Element
from crawler.dates.parsed_date import DateError, Order
from crawler.dates.tokeniser import Span, Tokens

Reader = Callable[[Tokens, Span, Order | None], Element | tuple[Element, ...] | None]

_DAY = r"(?:2|d|q(?: q)?)e?"
_RANGE = rf"(?:{_DAY} ?[/R&-] ?)?"
_NAME = r"[MIJ](?:(?: ?[/(,|&-] ?| )[MIJ](?: ?\))?){0,2}"
_TO_NAME = r"[ ./,kn-]{0,5}"
_TO_YEAR = r"[ ./,kyn-]{0,5}"
_YEAR = r"(?:4(?!:(?! ))|[57](?! ?\(?[zL]))"
_MARK = r"(?: ?(?:[PGS]|H(?: ?\.? ?S)?))?"

_PART_BEFORE = r"(?:(?:[aD]|(?<![457])(?<![457] )P)(?: k)? ?)?"
_LABEL = r"c ?:? ?"
_PART_AFTER = r"(?: ?\(?[aP]\)?)?"
_OCLOCK = r"(?: ?b(?: ?[aD])?)?"
# "10:30-11:00" is a span of time; a minus begins an offset only behind seconds or an ISO "T".
_OFFSET = (
    r"(?: ?\(?\+(?:2:2|[57]|2(?![0-9:/.-]))"
    r"|(?: |(?<=[.,][0-9]))-[57](?![/.-])"
    r"|(?:(?<=T2:2)|(?<=:2:2)|(?<=[.,][0-9]))(?: ?-(?:2:2|[57])|-2(?![0-9:/.-])))?"
)
_AFTER_DIGITS = r"(?:[+-](?:2[:?]2|[57]|2))?"
_SIGNED_HOURS = r"(?:(?: ?\+ ?|-)(?:2:2|[57]|2(?![0-9:]| ?[/.-] ?[2M]| ?[MIJ])))?"

_COUNT = r"(?:[234567]|q(?: q)?)"
_AMOUNT = rf"(?:(?:f )?{_COUNT} ?[uynDW]|f [uynDW]|U)(?: f)?"
_AMOUNTS = rf"{_AMOUNT}(?: ?[&,]? ?{_AMOUNT})?"


_ROLES = {
    "X": "issue",
    "L": "time",
    "w": "weekday",
    "W": "weekday",
    "F": "coming",
    "v": "last",
    "V": "this",
    "E": "edited",
    "A": "published",
}


def _context_word(tokens: Tokens, span: Span, order: Order | None) -> ContextWord:
    role = _ROLES[tokens.kinds[span[0]]]
    value = tokens.values[span[0]]
    return ContextWord(span, role, value if isinstance(value, int) else None)


def _refuse(reason: str) -> Reader:
    def read(tokens: Tokens, span: Span, order: Order | None) -> Element:
        raise DateError(reason)

    return read


_RULES: tuple[tuple[str, Reader], ...] = (
    # An issue number is no date, and may hide one.
    (rf"X[ :.(]{{0,3}}2{_TO_NAME}M", _refuse("the number of an issue, or a day")),
    (r"X[ :.(]{0,3}(?:X[ :.]{0,2})?[02345678](?! ?[/.-] ?2)", _context_word),
    # Distances from now come before days: "قبل 25 يوما" holds no day of a month.
    (rf"p:? ?(?:k )?(?:Z )?{_AMOUNTS}(?: q)?(?: Z)?", read_relative.distance),
    (rf"(?:Z )?{_AMOUNTS} ?(?:k )?p", read_relative.distance),
    (
        rf"p:? ?(?:Z )?[uynD](?: q)?(?: f| ?& ?{_AMOUNT})?(?: Z)?(?= ?(?:$|[|,.)(+EA-]))",
        read_relative.distance,
    ),
    (r"p ?[uynD] ?2(?= ?(?:$|[|,.)(+EA-]))", read_relative.unit_before_number),
    # Digits without a sign between
    (rf"8T(?:6|[457]){_AFTER_DIGITS}", read_day.digits_with_clock),
    (r"(?:4/)?8", read_day.eight_digits),
    (rf"0{_AFTER_DIGITS}", read_day.long_digits),
    (r"6", read_day.six_digits),
    # All-number dates
    (rf"[45] ?(?P<a>[-/.]) ?2 ?(?P=a) ?2{_MARK}", read_day.numeric_year_first),
    (r"2(?:/2)? ?[-R] ?2(?P<e>[/.])2(?P=e)4", _refuse("a range, or a number before a date")),
    (rf"2 ?(?P<b>[-/.]) ?2 ?(?P=b) ?[457](?!:)(?![-/]2[-/]2){_MARK}", read_day.numeric_year_last),
    (r"2(?P<c>[-/.])2(?P=c)2(?![:0-9]|(?P=c)2)", read_day.numeric_short_year),
    (r"4/[A-Za-z&](?:-?[A-Za-z&]){0,9}/2/2(?![0-9])", read_day.section_between),
    (r"4/7(?![0-9])", read_day.month_and_day_glued),
    # Dates with the name of a month
    (
        rf"2(?P<d>[-/.]){_NAME}(?P=d)2(?![:0-9]|[-/.]2)|2 {_NAME} 2(?= 2:2)",
        read_day.day_name_short_year,
    ),
    (rf"{_RANGE}{_DAY}{_TO_NAME}{_NAME}(?:{_TO_YEAR}{_YEAR}{_MARK})?", read_day.day_and_name),
    (rf"4[ ,/-]{{0,2}}{_NAME}[ ,/-]{{0,2}}2(?![:0-9])", read_day.name_and_day),
    (
        rf"{_NAME}(?: ?[,.]? ?|[-/])2e?(?![:0-9]|[.,]2| ?[MIJ])"
        rf"(?: ?[R&-] ?2(?![:0-9]))?(?:{_TO_YEAR}{_YEAR}{_MARK})?",
        read_day.name_and_day,
    ),
    (rf"y ?[45] {_NAME}(?! ?2)", read_day.month_of_year),
    (rf"{_NAME}{_TO_YEAR}{_YEAR}{_MARK}|[45][ ,/-]{{0,2}}{_NAME}", read_day.month_of_year),
    # Clocks
    (
        rf"{_PART_BEFORE}(?:{_LABEL})?(?:a )?2(?: : |:)2(?:[:]2(?:[.,][0-9])?)?"
        rf"{_OCLOCK}{_PART_AFTER}{_OFFSET}",
        read_clock.colon_clock,
    ),
    (
        rf"(?:a ?)?{_LABEL}(?:a )?2[.,]2(?![.,/-]?[0-9]){_OCLOCK}{_PART_AFTER}",
        read_clock.dotted_clock,
    ),
    (
        rf"(?:[aD] )?2[.,]2{_OCLOCK}(?: ?\(?a\)?)?(?<=[abD)])|2[.,]2(?= ?\(?[zL])",
        read_clock.dotted_clock,
    ),
    (rf"(?<=T)(?:6|[457]){_AFTER_DIGITS}", read_clock.compact_clock),
    (rf"{_LABEL}[457]{_PART_AFTER}|[57](?= ?\(?z)", read_clock.four_digits),
    (
        rf"(?:a ?)?{_LABEL}(?:a )?(?:f )?[2qh](?: ?[&m]? ?f| ?& ?[2q] ?u)?{_OCLOCK}{_PART_AFTER}"
        r"(?:(?<=a) ?& ?[2q] ?u)?",
        read_clock.worded_clock,
    ),
    (
        rf"{_PART_BEFORE}(?:f )?[2q] ?b(?: ?[aD])?|{_PART_BEFORE}f ?b(?: ?[aD])?",
        read_clock.worded_clock,
    ),
    (rf"{_PART_BEFORE}[2q] ?B ?[2q] ?u(?: ?[aD])?", read_clock.worded_clock),
    (r"2 ?a", read_clock.worded_clock),
    (r"2\.2(?![.0-9])(?: ?P)?", read_clock.weak_clock),
    # Zones
    (r"L(?=:? ?(?:[wW]|2[:/ -]))", _context_word),  # "the time: Friday", "at the time 12:00"
    (rf"(?:L:? ?(?:[kl] ){{0,2}})?z{_SIGNED_HOURS}(?: ?l)?", read_clock.zone),
    (r"L(?::? ?(?:[kly] ){0,2}(?:C|O))?|C(?: k)? l|O l", read_clock.zone),
    # Months and years in figures, and what has no finer part
    (r"(?<![0-9][-/.])2[-/]4(?![0-9]|[-/.:][0-9])", read_day.numeric_month),
    (r"(?<![0-9][-/.])4[-/]2(?![0-9]|[-/.:][0-9])", read_day.numeric_month),
    (rf"y ?:? ?[45](?!:){_MARK}|[45] ?[PGHS](?: ?\.? ?S)?", read_day.year_alone),
    # Named from now, and what bears on a date
    (r"w v|v w", read_relative.last_weekday),
    (r"[ny] [vV]|[vV] [ny]", read_relative.period),
    (r"t", read_relative.days_ago),
    (r"N", read_relative.just_now),
    (r"[wWFvVEA]", _context_word),
)

_NO_BEGINNING = r"(?![] :./,+()|?xkeGHSlBbm&RYTQ-])"
"""Kinds that no pattern begins with, about half of a line: passed over without trying the
patterns."""
_GROUPS = "|".join(f"(?P<r{number}>{pattern})" for number, (pattern, _) in enumerate(_RULES))
_GRAMMAR = re.compile(f"{_NO_BEGINNING}(?:{_GROUPS})")
_READERS = {f"r{number}": reader for number, (_, reader) in enumerate(_RULES)}


def find_elements(tokens: Tokens, order: Order | None) -> list[Element]:
    """Return the elements of a text, in printed order. Raises DateError for an impossible day."""
    elements: list[Element] = []
    for match in _GRAMMAR.finditer(tokens.kinds):
        assert match.lastgroup is not None
        made = _READERS[match.lastgroup](tokens, match.span(), order)
        if isinstance(made, tuple):
            elements.extend(made)
        elif made is not None:
            elements.append(made)
    return elements
