"""Dates as houses print them: each form is one of tests/dates/test_outlet_formats.py, the other way
round."""

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


def _half(at: datetime, before: str, after: str) -> str:
    return f"{at:%I:%M} {before if at.hour < 12 else after}"


def _ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


FORMATS: dict[str, Callable[[datetime], str]] = {
    "youm7": lambda at: (
        f"{_AR_DAYS[at.weekday()]}، {at:%d} {_AR_MONTHS[at.month - 1]} {at.year} {_half(at, 'ص', 'م')}"
    ),
    "wam": lambda at: (
        f"{_AR_DAYS[at.weekday()]}، {at.day} {_AR_MONTHS[at.month - 1]} {at.year} {_half(at, 'ص', 'م')}"
    ),
    "kuna": lambda at: f"{at:%d/%m/%Y %H:%M}",
    "ahram": lambda at: f"{at.day}-{at.month}-{at.year} | {at:%H:%M}",
    "saba": lambda at: f"[{at:%d/%m/%Y %H:%M}]",
    "wafa": lambda at: f"تاريخ النشر: {at:%d/%m/%Y} {_half(at, 'ص', 'م')}",
    "elbalad": lambda at: f"{at:%Y/%m/%d} - {_half(at, 'صباحًا', 'مساءً')}",
    "hespress": lambda at: (
        f"{_AR_DAYS[at.weekday()]} {at.day} {_MOROCCAN[at.month - 1]} {at.year} - {at:%H:%M}"
    ),
    "skynews": lambda at: (
        f"{at.day} {_AR_MONTHS[at.month - 1]} {at.year} - {at:%H:%M} بتوقيت أبوظبي"
    ),
    "skynews_digits": lambda at: f"{at:%Y-%m-%dT%H:%M:%S%z}".translate(_ARABIC_DIGITS),
    "ammon": lambda at: f"{at:%d-%m-%Y %I:%M %p}",
    "24urdu": lambda at: f"{at.day} {_UR_MONTHS[at.month - 1]} {at.year} | {at:%H:%M}",
    "jang": lambda at: f"{at:%A %b %d %Y | %I:%M %p}",
    "urdupoint": lambda at: f"{at:%a} {_ordinal(at.day)} {at:%B %Y | %I:%M %p}",
    "dailypakistan": lambda at: f"{at:%B %d, %Y | %H:%M:%S}",
    "dunya": lambda at: f"Published On {at.day} {at:%B, %Y} {at:%I:%M} {at:%p}".replace(
        "AM", "am"
    ).replace("PM", "pm"),
    "jasarat": lambda at: f"{at:%B} {at.day}, {at.year}, {at:%I:%M %p}",
}
"""A local, aware datetime to the text that the house prints for it."""
