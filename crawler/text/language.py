"""Which language a text in Arabic script is in, told by its words and letters, not by what a page declares.

Words are compared folded (see `letters.fold`), because Arabic is typed with Persian letters and Urdu with
Arabic ones. The word lists are the commonest function words of each language's news prose that the other
languages do not share in that spelling; the letters are those only that alphabet has.
"""

import re
from collections.abc import Iterable
from typing import Literal

from crawler.text.letters import fold

Language = Literal["ar", "ur", "fa", "ps", "ckb", "sd", "ug", "other"]

_WORDS: dict[Language, str] = {
    "ar": "في من علي الي ان عن مع هذا هذه التي الذي ما لا بعد قبل بين كما قال كان كانت وقد قد خلال حيث لم لن ذلك غير او ثم"
    " عبر اكد اعلن عام يوم اليوم منذ حول ضد",
    "ur": "کے كے کی ہے ہیں میں نے سے کو اور کا نہیں تھا تھے تھی ہو گیا گئی کیا کیے لیے جو جس بھی ہی تک پر کر رہے رہا رہی"
    " ہوئے ہوا والے والی انہوں وہ یہ اس ان دیا دی گئے کرنے ایک بعد ساتھ",
    "fa": "که را است در به از این با برای آن شد کرد می های شود بود یک هم خود تا نیز گفت کرده شده اند باید هر",
    "ps": "د په چې سره کې ته او دی ده دي له څخه يې یې هم شوي شوی وي وو کړي کړی لپاره",
    "ckb": "لە بە بۆ کە و ئەو ئەم لەگەڵ ناو هەر دەکات بوو",
    "sd": "۾ جي جو آهي کي تي کان ۽ سان آهن نه هن",
    "ug": "بىلەن ۋە بۇ ئۇ بىر ئۈچۈن دەپ قىلىش",
}
_LETTERS: dict[Language, str] = {
    "ur": "ٹڈڑںےۓھہۂۃ",
    "fa": "",
    "ps": "ټډړږښڼځڅېۍ",
    "ckb": "ەێۆڵڕڤ",
    "sd": "ڀٺٽڦڄڃڇڊڌڍڏڻڱڳ۾۽",
    "ug": "ېۇۆۈۋەھ",
}
# Letters that one alphabet uses all the time and another never: their share decides short texts.
_ARABIC_ONLY = re.compile("[ةىأإؤئ]|(?<![\\w])ال")
_LETTERS_RUN = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f]+")
_WORD = re.compile("[\u0620-\u06ff\u0750-\u077f]+")
_SAMPLE = 1200


def language_of(text: str, *, among: Iterable[str] = ("ar", "ur")) -> Language | None:
    """The language of `text` as a BCP 47 code; "other" when it is not in Arabic script; None without letters.

    At most the first 1,200 characters are read. In a tie the first of `among` is preferred.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(len, _LETTERS_RUN.findall(sample)))
    total = sum(map(str.isalpha, sample))
    if total == 0:
        return None
    if letters * 2 < total:
        return "other"
    scores = _scores(sample, letters)
    best = max(scores.values())
    if best == 0:
        return next((name for name in among if name in scores), None)  # type: ignore[return-value]
    return max(scores, key=lambda name: (scores[name], name in among))


def _scores(sample: str, letters: int) -> dict[Language, float]:
    """Share of each language's own words, and of its own letters, weighted alike."""
    words = _WORD.findall(fold(sample))
    scores: dict[Language, float] = dict.fromkeys(_WORDS, 0.0)
    for word in words:
        for language in _SPEAKERS.get(word, ()):
            scores[language] += 1 / len(words)
    for language, own in _LETTERS.items():
        scores[language] += 3 * sum(map(sample.count, own)) / letters
    scores["ar"] += 2 * len(_ARABIC_ONLY.findall(sample)) / letters
    return scores


_SPEAKERS: dict[str, list[Language]] = {}
for _language, _list in _WORDS.items():
    for _word in dict.fromkeys(fold(_list).split()):
        _SPEAKERS.setdefault(_word, []).append(_language)
