"""Print dates in the forms of outlets, the forms that tests/dates/test_outlet_formats.py reads."""

from collections.abc import Callable
from datetime import datetime

_AR_DAYS = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_AR_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_MOROCCAN = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
]
_UR_MONTHS = [
    "جنوری",
    "فروری",
    "مارچ",
    "اپریل",
    "مئی",
    "جون",
    "جولائی",
    "اگست",
    "ستمبر",
    "اکتوبر",
    "نومبر",
    "دسمبر",
]
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _day(at: datetime, months: list[str]) -> str:
    return f"{at.day} {months[at.month - 1]} {at.year}"


def _twelve_hours(at: datetime, before_noon: str, after_noon: str) -> str:
    return f"{at:%I:%M} {before_noon if at.hour < 12 else after_noon}"


def _ordinal(day: int) -> str:
    if day in (11, 12, 13):
        return f"{day}th"
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{day}{endings.get(day % 10, 'th')}"


FORMATS: dict[str, Callable[[datetime], str]] = {
    "youm7": lambda at: (
        f"{_AR_DAYS[at.weekday()]}، {at:%d} {_AR_MONTHS[at.month - 1]} {at.year}"
        f" {_twelve_hours(at, 'ص', 'م')}"
    ),
    "wam": lambda at: (
        f"{_AR_DAYS[at.weekday()]}، {_day(at, _AR_MONTHS)} {_twelve_hours(at, 'ص', 'م')}"
    ),
    "kuna": lambda at: f"{at:%d/%m/%Y %H:%M}",
    "ahram": lambda at: f"{at.day}-{at.month}-{at.year} | {at:%H:%M}",
    "saba": lambda at: f"[{at:%d/%m/%Y %H:%M}]",
    "wafa": lambda at: f"تاريخ النشر: {at:%d/%m/%Y} {_twelve_hours(at, 'ص', 'م')}",
    "elbalad": lambda at: f"{at:%Y/%m/%d} - {_twelve_hours(at, 'صباحًا', 'مساءً')}",
    "hespress": lambda at: f"{_AR_DAYS[at.weekday()]} {_day(at, _MOROCCAN)} - {at:%H:%M}",
    "skynews": lambda at: f"{_day(at, _AR_MONTHS)} - {at:%H:%M} بتوقيت أبوظبي",
    "skynews_digits": lambda at: f"{at:%Y-%m-%dT%H:%M:%S%z}".translate(_ARABIC_DIGITS),
    "ammon": lambda at: f"{at:%d-%m-%Y %I:%M %p}",
    "24urdu": lambda at: f"{_day(at, _UR_MONTHS)} | {at:%H:%M}",
    "jang": lambda at: f"{at:%A %b %d %Y | %I:%M %p}",
    "urdupoint": lambda at: f"{at:%a} {_ordinal(at.day)} {at:%B %Y | %I:%M %p}",
    "dailypakistan": lambda at: f"{at:%B %d, %Y | %H:%M:%S}",
    "dunya": lambda at: f"Published On {at.day} {at:%B, %Y} {_twelve_hours(at, 'am', 'pm')}",
    "jasarat": lambda at: f"{at:%B} {at.day}, {at.year}, {at:%I:%M %p}",
}
"""Name of a form -> function from a local, aware datetime to the printed text."""
