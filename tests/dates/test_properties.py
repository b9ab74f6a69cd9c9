"""Properties of all dates and all strings, checked on generated ones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hijridate import Gregorian
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.dates import DateError, ParsedDate, parse_date, parse_day
from crawler.dates.names import GREGORIAN_MONTHS, HIJRI_MONTHS, WEEKDAYS
from crawler.dates.word_kinds import LEXICON

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Riyadh")  # no summer time: each printed clock is one moment

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
URDU = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ASCII: dict[int, int] = {}

# A day that systems print for "no date" is refused.
NULL_DAYS = frozenset((date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30)))
days = st.dates(date(1930, 1, 1), date(2070, 12, 31)).filter(lambda day: day not in NULL_DAYS)
digit_sets = st.sampled_from([ASCII, ARABIC_INDIC, URDU])
clocks = st.times().map(lambda t: t.replace(microsecond=0))
month_columns = st.integers(0, 5)

NAMED = [
    "{d} {M} {y}",
    "{d:02} {M} {y}م",
    "{d}{M}{y}ء",
    "{d}-{M}-{y}",
    "{d}/{M}/{y}",
    "{M} {d}, {y}",
    "{y} {M} {d}",
]
NUMERIC = [
    "{d}/{m}/{y}",
    "{d:02}-{m:02}-{y}",
    "{d}.{m}.{y}",
    "{d} / {m} / {y}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
]
AROUND = [
    "{0}",
    "نشر في: {0}",
    "{0} |",
    "[{0}]",
    "{0} بتوقيت مكة المكرمة",
    "تاريخ النشر : {0}",
    "شائع {0}",
]
CLOCKED = [
    "{day} {clock}",
    "{day} - {clock}",
    "{clock} {day}",
    "{day}، {clock}",
    "{day} | {clock}",
    "{day} الساعة {clock}",
]


def render_clock(clock: time, style: str) -> str:
    hour12, after_noon = (clock.hour - 1) % 12 + 1, clock.hour >= 12
    if style == "24":
        return f"{clock:%H:%M:%S}"
    mark = {"arabic": "صم", "long": ("صباحا", "مساءً"), "latin": ("AM", "PM")}[style][after_noon]
    return f"{hour12:02}:{clock:%M:%S} {mark}"


def month_name(month: int, column: int, spelling: int) -> str:
    spellings = GREGORIAN_MONTHS[month - 1][column].split("|")
    return spellings[spelling % len(spellings)]


@given(
    days,
    month_columns,
    st.integers(0, 3),
    st.sampled_from(NAMED),
    digit_sets,
    st.sampled_from(AROUND),
)
def test_a_named_date_reads_back(
    day: date, column: int, spelling: int, pattern: str, digits: dict[int, int], around: str
) -> None:
    printed = pattern.format(d=day.day, M=month_name(day.month, column, spelling), y=day.year)
    text = around.format(printed).translate(digits)
    parsed = parse_date(text, zone="Asia/Riyadh", now=NOW)
    assert (parsed.date, parsed.precision, parsed.calendar, parsed.doubts) == (
        day,
        "day",
        "gregorian",
        (),
    )
    assert parsed.instant == datetime.combine(day, time(), ZONE)
    assert parse_day(text) == day


@given(days, st.sampled_from(NUMERIC), digit_sets, st.sampled_from(AROUND))
def test_a_date_in_figures_reads_back(
    day: date, pattern: str, digits: dict[int, int], around: str
) -> None:
    text = around.format(pattern.format(d=day.day, m=day.month, y=day.year)).translate(digits)
    assert parse_date(text, zone="Asia/Riyadh", now=NOW).date == day


@given(days)
def test_month_first_reads_back_for_an_outlet_that_prints_it(day: date) -> None:
    assert parse_day(f"{day:%m/%d/%Y}", order="MDY") == day
    assert parse_day(f"{day:%m/%d/%y}", order="MDY") == (
        day
        if 1950 <= day.year < 2050
        else day.replace(year=day.year + (100 if day.year < 1950 else -100))
    )


@given(
    days,
    clocks,
    st.sampled_from(["24", "arabic", "long", "latin"]),
    st.sampled_from(CLOCKED),
    st.sampled_from(NUMERIC + NAMED[:2]),
    digit_sets,
)
def test_a_clock_reads_back(
    day: date, clock: time, style: str, joined: str, pattern: str, digits: dict[int, int]
) -> None:
    printed = pattern.format(d=day.day, m=day.month, M=month_name(day.month, 0, 0), y=day.year)
    text = joined.format(day=printed, clock=render_clock(clock, style)).translate(digits)
    parsed = parse_date(text, zone="Asia/Riyadh", now=NOW)
    assert parsed.instant == datetime.combine(day, clock, ZONE)
    assert parsed.precision == "second"


@given(days, st.integers(0, 8), digit_sets)
def test_a_hijri_date_reads_back(day: date, spelling: int, digits: dict[int, int]) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    spellings = "|".join(HIJRI_MONTHS[hijri.month - 1]).split("|")
    name = spellings[spelling % len(spellings)]
    for text in (
        f"{hijri.day} {name} {hijri.year} هـ",
        f"{hijri.day} {name} {hijri.year}",
        f"{hijri.day}/{hijri.month}/{hijri.year}هـ",
        f"{hijri.year}-{hijri.month:02}-{hijri.day:02} هـ",
    ):
        parsed = parse_date(text.translate(digits), zone="Asia/Riyadh", now=NOW)
        assert (parsed.date, parsed.calendar, parsed.doubts) == (day, "hijri", ())
    twin = parse_date(
        f"{hijri.day} {name} {hijri.year}هـ الموافق {day.day}/{day.month}/{day.year}م", zone="UTC"
    )
    assert (twin.date, twin.calendar, twin.doubts) == (day, "gregorian", ())


@given(days, st.integers(0, 3), st.integers(0, 6))
def test_a_weekday_is_believed_or_doubted_but_never_moves_the_date(
    day: date, column: int, weekday: int
) -> None:
    name = WEEKDAYS[weekday][column].split("|")[0]
    parsed = parse_date(f"{name}، {day.day} {month_name(day.month, 0, 0)} {day.year}", zone="UTC")
    assert parsed.date == day
    assert bool(parsed.doubts) == (day.weekday() != weekday)


@given(st.datetimes(datetime(2001, 9, 10), datetime(2099, 12, 31)), st.integers(-12, 14))
def test_iso_and_rfc_dates_read_back(moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0)
    meant = moment.replace(tzinfo=UTC) - timedelta(hours=hours)
    for offset in (f"{hours:+03}00", f"{hours:+03}:00"):
        for text in (
            f"{moment:%Y-%m-%dT%H:%M:%S}{offset}",
            f"{moment:%a, %d %b %Y %H:%M:%S} {offset}",
            f"{moment:%Y%m%dT%H%M%S}{offset}",
            f"{moment:%Y-%m-%d %H:%M:%S} GMT{offset}",
        ):
            assert parse_date(text, zone=None).instant == meant
    assert parse_date(f"{moment:%Y-%m-%dT%H:%M:%S}Z", zone=None).instant == moment.replace(
        tzinfo=UTC
    )


@given(st.integers(10**9, 10**10 - 1), digit_sets)
def test_epoch_numbers_read_back(seconds: int, digits: dict[int, int]) -> None:
    meant = datetime.fromtimestamp(seconds, UTC)
    assert parse_date(str(seconds).translate(digits), zone=None).instant == meant
    assert parse_date(f"{seconds}000", zone=None).instant == meant


@given(days.map(lambda d: d.replace(year=2024)), st.integers(0, 4))
def test_a_day_without_a_year_is_the_latest_not_after_now(day: date, column: int) -> None:
    parsed = parse_date(
        f"{day.day} {month_name(day.month, column, 0)}", zone="Asia/Riyadh", now=NOW
    )
    assert (parsed.date.month, parsed.date.day) == (day.month, day.day)
    assert parsed.instant <= NOW
    if (day.month, day.day) != (2, 29):
        assert NOW - parsed.instant < timedelta(days=366)


signs = "0123456789٠١٢٣۰۱۲۳:/.-–،,()|+ـ%\n "
vocabulary = st.sampled_from([*LEXICON, *signs, "2021", "1443", "31", "12", "خبر"])
salads = st.lists(vocabulary, max_size=25).map(" ".join) | st.lists(vocabulary, max_size=25).map(
    "".join
)


@settings(max_examples=600)
@given(
    st.text() | salads,
    st.sampled_from([None, "Asia/Riyadh"]),
    st.sampled_from([None, "DMY", "MDY", "YMD"]),
)
@example("9" * 1_000_000, "UTC", None)
@example("/" * 100_000, "UTC", None)
@example("12 " * 600 + "أغسطس", "UTC", None)
@example("\ud800", None, None)
def test_no_string_does_anything_but_read_or_raise_date_error(
    text: str, zone: str | None, order: object
) -> None:
    try:
        parsed = parse_date(text, zone=zone, now=NOW, order=order)  # type: ignore[arg-type]
    except DateError:
        return
    assert isinstance(parsed, ParsedDate)
    assert parsed.instant.utcoffset() == timedelta(0)
    assert parsed.text == text
