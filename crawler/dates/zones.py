"""Zones as printed, and the conversion of local clocks to instants.

A clock that a change of the offset skips is read with the offset before the change (as
`dateutil.tz.resolve_imaginary` does: the instant is right, the clock moves on); a clock that comes
twice is read as its first coming. Both leave a doubt. Sources: IANA tz database names and
abbreviations; RFC 2822 section 4.3 for the American ones; names of places as printed after "بتوقيت"
or before "وقت".
"""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from crawler.dates.parsed_date import DateError

Zone = str | int
"""An IANA name, or minutes east of UTC."""

ZONE_NAMES: dict[str, tuple[Zone, ...]] = {
    "gmt|utc|ut|z|ت غ|ت ج|غرينتش|غرينيتش|جرينتش|جرينيتش|غرنتش|جرينش|جي ام تي|جی ایم ٹی|گرینچ|"
    "توقيت جرينتش": ("UTC",),
    "pkt": ("Asia/Karachi",),
    "gst": ("Asia/Dubai",),
    "ksa|ت م": ("Asia/Riyadh",),
    "uae": ("Asia/Dubai",),
    "msk": ("Europe/Moscow",),
    "trt": ("Europe/Istanbul",),
    "irst": ("Asia/Tehran",),
    "akst": (-540,),
    "akdt": (-480,),
    "hst": (-600,),
    "brt": (-180,),
    "wet": (0,),
    "west": (60,),
    "cet": (60,),
    "cest": (120,),
    "eet": (120,),
    "eest": (180,),
    "mez": (60,),
    "mesz": (120,),
    "wat": (60,),
    "cat|sast": (120,),
    "eat": (180,),
    "idt": (180,),
    "irdt": (270,),
    "aft": ("Asia/Kabul",),
    "azt|samt": (240,),
    "uzt|tmt|tjt|yekt": (300,),
    "npt": ("Asia/Kathmandu",),
    "bdt": ("Asia/Dhaka",),
    "ict|wib": (420,),
    "hkt|sgt|myt|pht|wita|awst": (480,),
    "jst|kst": (540,),
    "acst": (570,),
    "acdt": (630,),
    "aest": (600,),
    "aedt": (660,),
    "nzst": (720,),
    "nzdt": (780,),
    "est": (-300,),
    "edt": (-240,),
    "cdt": (-300,),
    "mst": (-420,),
    "mdt": (-360,),
    "pdt": (-420,),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "ast": ("Asia/Riyadh", -240),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "cst": (-360, "Asia/Shanghai"),
    "pst": (-480, "Asia/Karachi"),
}
"""Printed name -> the zones it can mean. Of several only the outlet's own zone is taken."""

PLACE_ZONES: dict[str, str] = {
    "مكة|مكة المكرمة|السعودية|الرياض|المملكة|السعودي|جدة|سعودی|سعودی عرب|مکہ": "Asia/Riyadh",
    "القدس|القدس المحتلة|فلسطين": "Asia/Jerusalem",
    "غزة": "Asia/Gaza",
    "أبو ظبي|دبي|الإمارات|الامارات العربية المتحدة|اماراتی|متحدہ عرب امارات|دبئی": "Asia/Dubai",
    "الدوحة|قطر": "Asia/Qatar",
    "الكويت": "Asia/Kuwait",
    "البحرين|المنامة": "Asia/Bahrain",
    "مسقط|سلطنة عمان": "Asia/Muscat",
    "عمان": "Asia/Muscat|Asia/Amman",
    "صنعاء|عدن|اليمن": "Asia/Aden",
    "بغداد|العراق": "Asia/Baghdad",
    "دمشق|سوريا|سورية": "Asia/Damascus",
    "بيروت|لبنان": "Asia/Beirut",
    "الأردن": "Asia/Amman",
    "القاهرة|مصر": "Africa/Cairo",
    "الخرطوم|السودان": "Africa/Khartoum",
    "طرابلس|ليبيا": "Africa/Tripoli",
    "تونس": "Africa/Tunis",
    "الجزائر": "Africa/Algiers",
    "المغرب|الرباط": "Africa/Casablanca",
    "نواكشوط|موريتانيا": "Africa/Nouakchott",
    "طهران|إيران|ایرانی|ایران|تہران": "Asia/Tehran",
    "اسطنبول|إسطنبول|تركيا|أنقرة": "Europe/Istanbul",
    "موسكو|ماسکو": "Europe/Moscow",
    "كييف|أوكرانيا": "Europe/Kyiv",
    "لندن|بريطانيا|بريطاني": "Europe/London",
    "باريس|فرنسا": "Europe/Paris",
    "برلين|ألمانيا|وسط أوروبا|جرمن": "Europe/Berlin",
    "واشنطن|نيويورك|شرق الولايات المتحدة|الشرقي للولايات المتحدة|الشرقي للولايات المتحدة الأمريكية|"
    "الساحل الشرقي|شرق أمريكا|نیویارک|واشنگٹن": "America/New_York",
    "بكين|الصين|چینی|بیجنگ": "Asia/Shanghai",
    "طوكيو|اليابان": "Asia/Tokyo",
    "باكستان|إسلام أباد|پاکستان|پاکستانی|پاکستان کے معیاری|اسلام آباد|کراچی": "Asia/Karachi",
    "الهند|نيودلهي|بھارتی|بھارت|ہندوستانی|نئی دہلی": "Asia/Kolkata",
    "كابول|أفغانستان|افغانستان|کابل": "Asia/Kabul",
}
"""City, country or region beside a zone label -> its zone. Oman and Amman are one word, so the
outlet's own zone decides."""

ZONE_LABELS = "بتوقيت|توقيت|بالتوقيت|التوقيت|التوقیت"
WEAK_ZONE_LABELS = "وقت|ٹائم|time|معیاری وقت|معياري|standard"
LOCAL_WORDS = "المحلي|محلي|مقامی|local"

_OFFSETS = frozenset(
    [*range(-720, 841, 60), -570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765]
)
"""Offsets in use since 1970, minutes (IANA tz database)."""


def offset_minutes(sign: str, hours: int, minutes: int) -> int:
    """Return the printed offset in minutes. Raises DateError when no clock on earth keeps it."""
    total = (hours * 60 + minutes) * (-1 if sign == "-" else 1)
    if minutes > 59 or total not in _OFFSETS:
        raise DateError(f"no such offset: {sign}{hours:02}:{minutes:02}")
    return total


def zone_label(zone: Zone) -> str:
    """Return the zone as `ParsedDate.zone` shows it."""
    if isinstance(zone, str):
        return zone
    sign = "-" if zone < 0 else "+"
    hours, minutes = divmod(abs(zone), 60)
    return f"{sign}{hours:02}:{minutes:02}"


@lru_cache(maxsize=1024)
def printed_zone(label: str) -> tzinfo | None:
    """Return the zone that a label of `zone_label` names; None for any other text."""
    try:
        if label[0] not in "+-":
            return zone_info(label)
        hours, minutes = int(label[1:3]), int(label[4:6])
    except (DateError, ValueError, IndexError):
        return None
    return zone_info((hours * 60 + minutes) * (-1 if label[0] == "-" else 1))


@lru_cache(maxsize=1024)
def zone_info(zone: Zone) -> ZoneInfo | timezone:
    """Return the tzinfo of `zone`. Raises DateError for a name unknown to the tz database."""
    if isinstance(zone, int):
        return timezone(timedelta(minutes=zone))
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise DateError(f"unknown zone {zone!r}") from None


def choose_zone(meanings: tuple[Zone, ...], outlet_zone: str | None) -> Zone:
    """Return the one meaning of a printed zone, or of several the outlet's own zone.

    Raises DateError when the outlet's zone is not among several meanings.
    """
    if len(meanings) == 1:
        return meanings[0]
    if outlet_zone in meanings:
        return outlet_zone
    labels = ", ".join(zone_label(meaning) for meaning in meanings)
    raise DateError(f"the printed zone can mean {labels}")


def to_instant(local: datetime, zone: Zone) -> tuple[datetime, str | None]:
    """Return the UTC instant of a naive local clock.

    With it a doubt when the zone skips or repeats the clock, else None.
    """
    info = zone_info(zone)
    before = info.utcoffset(local)
    after = info.utcoffset(local.replace(fold=1))
    assert before is not None
    assert after is not None
    instant = (local - before).replace(tzinfo=UTC)
    if before == after:
        return instant, None
    if before < after:
        return instant, "a clock that the zone skips"
    return instant, "a clock that comes twice: its first coming"


def offset_on(day: date, zone: Zone) -> timedelta:
    """Return the offset of `zone` at noon of `day`."""
    offset = datetime.combine(day, time(12), zone_info(zone)).utcoffset()
    assert offset is not None
    return offset
