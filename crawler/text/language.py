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
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f]")
_WORD = re.compile("[\u0620-\u06ff\u0750-\u077f]+")
_OTHER_LETTER = re.compile("[^\\W\\d_]")
_SAMPLE = 6000


def language_of(text: str, *, among: Iterable[str] = ("ar", "ur")) -> Language | None:
    """The language of `text` as a BCP 47 code; "other" when it is not in Arabic script; None without letters.

    At most the first 6,000 characters are read. In a tie the first of `among` is preferred.
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    total = len(_OTHER_LETTER.findall(sample))
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
    words = [fold(word) for word in _WORD.findall(sample)]
    scores: dict[Language, float] = {}
    for language, own in _FOLDED.items():
        share = sum(word in own for word in words) / max(1, len(words))
        own_letters = _LETTERS.get(language, "")
        letter_share = sum(sample.count(letter) for letter in own_letters) / letters
        scores[language] = share + 3 * letter_share
    scores["ar"] += 2 * len(_ARABIC_ONLY.findall(sample)) / letters
    return scores


_FOLDED: dict[Language, frozenset[str]] = {name: frozenset(fold(words).split()) for name, words in _WORDS.items()}
