"""The words of a digest in Arabic, Urdu and English."""

from dataclasses import dataclass
from typing import Literal

from crawler.gazetteer import gazetteer
from crawler.outlet import Outlet
from crawler.sources.lexicon import URDU_LETTERS

Language = Literal["ar", "ur", "en"]


@dataclass(frozen=True, slots=True)
class Labels:
    """language, direction: of the message, as HTML has them. fonts: of the readers' machines."""

    language: Language
    direction: Literal["rtl", "ltr"]
    fonts: str
    title: str
    stories: str
    copies: str
    largest: str
    places: str
    agencies: str
    health: str
    all_well: str
    nothing: str
    no_headline: str


LABELS: dict[Language, Labels] = {
    "ar": Labels(
        language="ar",
        direction="rtl",
        fonts="'Noto Naskh Arabic',Tahoma,Arial,sans-serif",
        title="موجز الأخبار",
        stories="الأخبار",
        copies="النسخ",
        largest="أوسع الأخبار انتشارا",
        places="الأماكن",
        agencies="الوكالات",
        health="مواقع تحتاج إلى نظر",
        all_well="جميع المواقع تقرأ كالمعتاد",
        nothing="لا أخبار",
        no_headline="(بلا عنوان)",
    ),
    "ur": Labels(
        language="ur",
        direction="rtl",
        fonts="'Noto Nastaliq Urdu','Jameel Noori Nastaleeq',Tahoma,Arial,sans-serif",
        title="خبروں کا خلاصہ",
        stories="خبریں",
        copies="نقول",
        largest="سب سے زیادہ شائع ہونے والی خبریں",
        places="مقامات",
        agencies="خبر رساں ادارے",
        health="توجہ طلب ویب سائٹیں",
        all_well="تمام ویب سائٹیں معمول کے مطابق پڑھی جا رہی ہیں",
        nothing="کوئی خبر نہیں",
        no_headline="(بغیر سرخی)",
    ),
    "en": Labels(
        language="en",
        direction="ltr",
        fonts="Helvetica,Arial,sans-serif",
        title="News digest",
        stories="Stories",
        copies="Copies",
        largest="The largest stories",
        places="Places",
        agencies="Agencies",
        health="Outlets that need a look",
        all_well="All outlets are read as usual",
        nothing="No stories",
        no_headline="(no headline)",
    ),
}


class Names:
    """The names of outlets and agencies as a reader of `language` knows them."""

    def __init__(self, language: Language, outlets: dict[str, Outlet]) -> None:
        self._is_english = language == "en"
        self._is_urdu = language == "ur"
        self._outlets = outlets

    def outlet(self, name: str) -> str:
        """Return the title of an outlet; its name, if it is not declared."""
        outlet = self._outlets.get(name)
        if outlet is None:
            return name
        return outlet.title if self._is_english else outlet.native

    def agency(self, key: str) -> str:
        """Return the name of a source of the gazetteer, as the language spells it where that is
        known; a printed name as it is."""
        entry = gazetteer().by_id.get(key)
        if entry is None:
            return key
        if self._is_english:
            return entry.source.name
        in_script = (name for name in (entry.native, *entry.names) if name and not name.isascii())
        own = (name for name in in_script if self._is_urdu != URDU_LETTERS.isdisjoint(name))
        return next(own, entry.native or entry.source.name)
