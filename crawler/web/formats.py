"""Instants, days, numbers and durations as a language of the interface writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from gettext import NullTranslations

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent
from hijridate import Gregorian
from markupsafe import Markup, escape

from crawler.web.interface import Interface

_HOUR, _DAY = 60, 24 * 60  # minutes

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
        if weekday:
            text = self._write(format_date, day, format="full")
        else:
            text = self._write(format_date, day, format="long")
        islamic = self._islamic(day)
        return f"{text} · {islamic}" if islamic else text

    def short_day(self, day: date) -> str:
        """Return a day without its year, for tables and charts."""
        return self._write(format_date, day, format="d MMM")

    def month(self, day: date) -> str:
        """Return the month of a day, with its year."""
        return self._write(format_date, day, format="MMMM y")

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
        text = self._write(format_datetime, local, format="d MMMM y HH:mm")
        islamic = self._islamic(local.date())
        return _time(instant, f"{text} · {islamic}" if islamic else text)

    def published(
        self, instant: datetime, precision: str | None, zone: tzinfo | None = None
    ) -> Markup:
        """Return when a story was published, as exactly as it is known."""
        local = instant.astimezone(zone or self._zone)
        match precision:
            case "year":
                return _time(instant, self._write(format_date, local, format="y"))
            case "month":
                return _time(instant, self._write(format_date, local, format="MMMM y"))
            case "day":
                return _time(instant, self.day(local.date()))
            case _:
                return self.minute(instant, zone)

    def utc(self, instant: datetime, precision: str | None) -> str:
        """Return an instant in UTC as programs write it; "" where no time is known."""
        if precision in ("day", "month", "year"):
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

    def _minutes(self, number: int) -> str:
        return self._counted("%(num)s minute", "%(num)s minutes", number)

    def _hours(self, number: int) -> str:
        return self._counted("%(num)s hour", "%(num)s hours", number)

    def _days(self, number: int) -> str:
        return self._counted("%(num)s day", "%(num)s days", number)

    def _counted(self, one: str, many: str, number: int) -> str:
        text = self._translations.ngettext(one, many, number)
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
        name = self._translations.pgettext("islamic month", ISLAMIC_MONTHS[islamic.month - 1])
        day_number, year = (
            self._write(format_decimal, number, format="0")
            for number in (islamic.day, islamic.year)
        )
        era = self._translations.pgettext("islamic era", "AH")
        return f"{day_number} {name} {year} {era}"

    def _write(self, write: _Write, value: object, **options: object) -> str:
        return write(value, locale=self._interface.locale, **options)


ISLAMIC_MONTHS = (
    *("Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Akhira"),
    *("Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"),
)
"""English names, which the catalogues translate."""


def _time(instant: datetime, text: str) -> Markup:
    """Return a text about an instant as markup that programs can read."""
    moment = instant.astimezone(UTC).isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(moment, escape(text))
