"""Instants, days, numbers and durations as a language of the interface writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from gettext import NullTranslations

from babel.dates import format_date, format_datetime, format_time, get_timezone_name
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from hijridate import Gregorian
from markupsafe import Markup, escape

from crawler.web.interface import Interface

_SECONDS = 60  # of a minute
_HOUR, _DAY = 60, 24 * 60  # minutes

_WITHOUT_CLOCK = ("day", "month", "year")  # precisions

_Write = Callable[..., str]


class Formats:
    """The formats of one page.

    zone: of instants, unless one is given with them. translations: of the words beside numbers.
    """

    def __init__(
        self, interface: Interface, translations: NullTranslations, zone: tzinfo = UTC
    ) -> None:
        self._interface = interface
        self._translations = translations
        self._zone = zone

    def number(self, value: float) -> str:
        """Return a number with its separators."""
        return self._write(format_decimal, value)

    def share(self, value: float) -> str:
        """Return a share between 0 and 1 as a percentage, to a tenth."""
        return self._write(format_percent, round(value, 3), decimal_quantization=False)

    def day(self, day: date, *, weekday: bool = False) -> str:
        """Return a day in words, with the Islamic date where the visitor wants it."""
        # Babel's long formats have further commas, and begin with the month in English.
        comma = self._translations.gettext(", ")
        pattern = f"EEEE'{comma}'d MMMM y" if weekday else "d MMMM y"
        text = self._write(format_date, day, format=pattern)
        islamic = self._islamic(day)
        return f"{text} · {islamic}" if islamic else text

    def short_day(self, day: date) -> str:
        """Return a day without its year, for tables and charts."""
        return self._write(format_date, day, format="d MMM")

    def month(self, day: date) -> str:
        """Return the month of a day, with its year."""
        return self._write(format_date, day, format="MMMM y")

    def short_month(self, day: date) -> str:
        """Return the month of a day, with its year, for charts."""
        return self._write(format_date, day, format="MMM y")

    def year(self, day: date) -> str:
        """Return the year of a day."""
        return self._write(format_date, day, format="y")

    def clock(self, instant: datetime, zone: tzinfo | None = None) -> Markup:
        """Return the time of an instant, to the minute."""
        local = instant.astimezone(zone or self._zone)
        return _time(instant, self._write(format_time, local, format="HH:mm"))

    def minute(self, instant: datetime, zone: tzinfo | None = None) -> Markup:
        """Return the day and time of an instant, to the minute."""
        local = instant.astimezone(zone or self._zone)
        comma = self._translations.gettext(", ")
        text = self._write(format_datetime, local, format=f"d MMMM y'{comma}'HH:mm")
        islamic = self._islamic(local.date())
        return _time(instant, f"{text} · {islamic}" if islamic else text)

    def short_minute(self, instant: datetime) -> Markup:
        """Return the day and time of an instant, for tables."""
        local = instant.astimezone(self._zone)
        return _time(instant, self._write(format_datetime, local, format="d MMM y HH:mm"))

    def published(
        self, instant: datetime, precision: str | None, zone: tzinfo | None = None
    ) -> Markup:
        """Return when a story was published, as exactly as it is known."""
        local = instant.astimezone(zone or self._zone)
        match precision:
            case "year":
                return _time(instant, self.year(local))
            case "month":
                return _time(instant, self.month(local))
            case "day":
                return _time(instant, self.day(local.date()))
            case _:
                return self.minute(instant, zone)

    def listed(
        self,
        instant: datetime,
        precision: str | None,
        zone: tzinfo | None = None,
        *,
        dated: bool = False,
    ) -> Markup:
        """Return when a story of a list was published, with how far its clock is from UTC. Below
        the headline of its day the date is left out, unless it is all that is known."""
        if precision in _WITHOUT_CLOCK:
            return self.published(instant, precision, zone)
        time = self.minute(instant, zone) if dated else self.clock(instant, zone)
        return Markup('{} <span class="offset" lang="en" dir="ltr">{}</span>').format(
            time, _offset(instant.astimezone(zone or self._zone))
        )

    def utc(self, instant: datetime, precision: str | None) -> str:
        """Return an instant in UTC as programs write it; "" where no time is known."""
        if precision in _WITHOUT_CLOCK:
            return ""
        return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    def duration(self, minutes: float) -> str:
        """Return a number of minutes in words: "25 minutes", "3 hours 6 minutes", "2 days 4
        hours"."""
        whole = round(minutes)
        if whole < _HOUR:
            return self._minutes(whole)
        if whole < _DAY:
            hours, rest = divmod(whole, _HOUR)
            return self._joined(self._hours(hours), self._minutes(rest) if rest else "")
        days, rest = divmod(round(whole / _HOUR), 24)
        return self._joined(self._days(days), self._hours(rest) if rest else "")

    def zone(self, zone: tzinfo) -> str:
        """Return the name of the clock of a zone."""
        return self._write(get_timezone_name, zone, width="long", zone_variant="generic")

    def lasted(self, span: timedelta) -> str:
        """Return how long something took: in seconds below a minute, else as a duration."""
        seconds = span.total_seconds()
        if round(seconds) < _SECONDS:
            return self._write(format_unit, round(seconds), measurement_unit="second")
        return self.duration(seconds / _SECONDS)

    def _minutes(self, number: int) -> str:
        text = self._translations.ngettext("%(num)s minute", "%(num)s minutes", number)
        return text % {"num": self.number(number)}

    def _hours(self, number: int) -> str:
        text = self._translations.ngettext("%(num)s hour", "%(num)s hours", number)
        return text % {"num": self.number(number)}

    def _days(self, number: int) -> str:
        text = self._translations.ngettext("%(num)s day", "%(num)s days", number)
        return text % {"num": self.number(number)}

    def _joined(self, larger: str, smaller: str) -> str:
        if not smaller:
            return larger
        both = self._translations.pgettext("duration", "%(larger)s %(smaller)s")
        return both % {"larger": larger, "smaller": smaller}

    def _islamic(self, day: date) -> str | None:
        """Return a day of the Umm al-Qura calendar; None if the visitor does not want it, or its
        tables (1924 to 2077) do not reach that far."""
        if not self._interface.has_hijri:
            return None
        try:
            islamic = Gregorian.fromdate(day).to_hijri()
        except OverflowError:
            return None
        name = islamic_months(self._translations)[islamic.month - 1]
        day_number, year = (
            self._write(format_decimal, number, format="0")
            for number in (islamic.day, islamic.year)
        )
        era = self._translations.pgettext("islamic era", "AH")
        return f"{day_number} {name} {year} {era}"

    def _write(self, write: _Write, value: object, **options: object) -> str:
        return write(value, locale=self._interface.locale, **options)


def islamic_months(translations: NullTranslations) -> tuple[str, ...]:
    """Return the names of the twelve months of the Islamic calendar."""
    pgettext = translations.pgettext
    return (
        pgettext("islamic month", "Muharram"),
        pgettext("islamic month", "Safar"),
        pgettext("islamic month", "Rabi al-Awwal"),
        pgettext("islamic month", "Rabi al-Thani"),
        pgettext("islamic month", "Jumada al-Ula"),
        pgettext("islamic month", "Jumada al-Akhira"),
        pgettext("islamic month", "Rajab"),
        pgettext("islamic month", "Shaban"),
        pgettext("islamic month", "Ramadan"),
        pgettext("islamic month", "Shawwal"),
        pgettext("islamic month", "Dhu al-Qadah"),
        pgettext("islamic month", "Dhu al-Hijjah"),
    )


def _offset(local: datetime) -> str:
    """Return how far a local time is from UTC: "UTC+5", "UTC+5:30"."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _time(instant: datetime, text: str) -> Markup:
    """Return a text about an instant as markup that programs can read."""
    moment = instant.astimezone(UTC).isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(moment, escape(text))
