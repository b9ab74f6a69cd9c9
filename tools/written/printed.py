"""How houses print values: dates by their calendars and names, digits, JSON, addresses."""

import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from tools.written.template import TemplateError

MONTHS = {
    # Egypt, the Gulf, Sudan, Libya, Yemen
    "EG": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    # Lebanon, Syria, Jordan, Palestine, Iraq; "_" stands for a space
    "LB": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني"
    " كانون_الأول",
    "MA": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    # Algeria and Tunisia
    "DZ": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "en": "January February March April May June July August September October November December",
}
WEEKDAYS = {
    "ar": "الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "ur": "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
HALF_DAYS = {
    "ar": ("ص", "م", "صباحاً", "مساءً"),
    "ur": ("AM", "PM", "صبح", "شام"),
    "en": ("AM", "PM", "am", "pm"),
}
"""Short for %p, long for %P; of each the word before noon stands first."""

NOON = 12  # hours
DIGITS = {"arabic": "٠١٢٣٤٥٦٧٨٩", "urdu": "۰۱۲۳۴۵۶۷۸۹"}


@dataclass(frozen=True)
class House:
    """What an outlet prints by: its clock, and a key of MONTHS for its names of months."""

    zone: ZoneInfo
    months: str

    @property
    def language(self) -> str:
        """Return the key of WEEKDAYS and HALF_DAYS."""
        return self.months if self.months in WEEKDAYS else "ar"

    def apply(self, value: object, name: str) -> object:
        """Return `value` through the filter `name`; an instant is printed by the house's clock.

        raw (no escaping), html, json (a string with its quotation marks), php_json (the same with
        "\\u" escapes for letters, as PHP writes it), arabic and urdu (digits), decoded (of an
        address), utc, in:ZONE; of an instant: iso, isoz, iso_minutes, rfc822, gmt, epoch, or a
        pattern of strftime, in which %A, %B, %p and %P are the house's words and %a and %b are
        English. en:PATTERN has all words in English. Raises TemplateError.
        """
        if isinstance(value, datetime):
            if name == "utc":
                return value.astimezone(UTC)
            if name.startswith("in:"):
                return value.astimezone(ZoneInfo(name.removeprefix("in:")))
            return self._printed(value, name)
        if name == "raw":
            return value
        if name == "html":
            return html.escape(str(value))
        if name == "json":
            return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
        if name == "php_json":
            return json.dumps(value).replace("/", "\\/")
        if name in DIGITS:
            return str(value).translate(str.maketrans("0123456789", DIGITS[name]))
        if name == "decoded":
            return unquote(str(value))
        raise TemplateError(f"{name!r} is no filter of {value!r}")

    def _printed(self, instant: datetime, form: str) -> str:
        if form == "epoch":
            return str(int(instant.timestamp()))
        if form == "rfc822":
            return format_datetime(instant)
        if form == "gmt":
            return format_datetime(instant.astimezone(UTC), usegmt=True)
        if form == "iso":
            return instant.isoformat(timespec="seconds")
        if form == "isoz":
            return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if form == "iso_minutes":
            return instant.isoformat(timespec="minutes")
        if "%" not in form:
            raise TemplateError(f"{form!r} is no form of a date")
        if form.startswith("en:"):
            return _strftime(instant, form.removeprefix("en:"), "en", "en")
        return _strftime(instant, form, self.months, self.language)


def percent_encoded(address: str) -> str:
    """Return an address with its letters percent-encoded; escapes in it stay as they are."""
    return quote(address, safe="%/:?&=#+,;@!$'()*~[]|")


def _strftime(instant: datetime, pattern: str, months: str, language: str) -> str:
    """Return an instant by a pattern of strftime, with the words of `months` and `language`."""
    half = int(instant.hour >= NOON)
    words = {
        "%A": WEEKDAYS[language].split()[instant.weekday()],
        "%B": MONTHS[months].split()[instant.month - 1].replace("_", " "),
        "%a": WEEKDAYS["en"].split()[instant.weekday()][:3],
        "%b": MONTHS["en"].split()[instant.month - 1][:3],
        "%p": HALF_DAYS[language][half],
        "%P": HALF_DAYS[language][half + 2],
    }
    worded = re.sub("%[AaBbPp]", lambda directive: words[directive[0]], pattern)
    return instant.strftime(worded)
