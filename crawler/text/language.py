"""The language of a text in Arabic script, told by its words and letters.

Words are compared folded (see `letters.fold`), because Arabic is typed with Persian letters and
Urdu with Arabic ones. The word lists are the commonest function words of each language's news
prose; a word that two languages share stands in both. The letters are those that only that
language's alphabet has (CLDR 48, exemplar sets of ar, ur, fa, ps, ckb, sd, ug).
"""

import re
from typing import Literal

from crawler.text.letters import fold

Language = Literal["ar", "ur", "fa", "ps", "ckb", "sd", "ug", "other"]

_WORDS: dict[Language, str] = {
    "ar": """
        في من على إلى أن إن عن مع هذا هذه التي الذي ما لا بعد قبل بين كما قال كان كانت وقد قد
        خلال حيث لم لن ذلك غير أو ثم عبر أكد أعلن عام يوم اليوم منذ حول ضد كل أي عند بن وفي ومن
        وهو وهي هو هي
        """,
    "ur": """
        کے کی ہے ہیں میں نے سے کو اور کا نہیں تھا تھے تھی ہو گیا گئی کیا کیے لیے جو جس بھی ہی تک
        پر کر رہے رہا رہی ہوئے ہوا والے والی انہوں وہ یہ اس ان دیا دی گئے کرنے ایک بعد ساتھ
        """,
    "fa": """
        که را است در به از این با برای آن شد کرد می های شود بود یک هم خود تا نیز گفت کرده شده
        اند باید هر
        """,
    "ps": "د په چې سره کې ته او دی ده دي له څخه يې هم شوي شوی وي وو کړي کړی لپاره",
    "ckb": "لە بە بۆ کە و ئەو ئەم لەگەڵ ناو هەر دەکات بوو",
    "sd": "۾ جي جو آهي کي تي کان ۽ سان آهن نه هن",
    "ug": "بىلەن ۋە بۇ ئۇ بىر ئۈچۈن دەپ قىلىش",
}
_LETTERS: dict[Language, str] = {
    "ur": "ٹڈڑںےۓھہۂ",
    "ps": "ټډړږښڼځڅېۍ",
    "ckb": "ەێۆڵڕڤ",
    "sd": "ڀٺٽڦڄڃڇڊڌڍڏڻڱڳ۾۽",
    "ug": "ېۇۆۈۋ",
}
# Letters of Arabic alone: teh marbuta, alef maqsura, hamza on or under alef, the article.
_ARABIC_ONLY = re.compile(r"[ةىأإ]|(?<!\w)(?:[وفبك]?ال|لل)\w")
# Urdu typed on an Arabic keyboard (ه for ہ, ي for ی and ے, ك for ک) keeps its words; so does
# Persian.
_WORD_WEIGHT, _LETTER_WEIGHT, _ARABIC_WEIGHT = 1.0, 3.0, 1.5

_RUN = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f]+")
_LETTERS_OF_ANY = re.compile(r"[^\W\d_]+")
_WORD = re.compile("[\u0620-\u06ff\u0750-\u077f]+")
_SAMPLE_LENGTH = 1200
"""Characters read: enough to tell a language, and a story's quotations in another language hardly
stand so early."""

_LANGUAGES_OF_WORD: dict[str, list[Language]] = {}
for _language, _text in _WORDS.items():
    for _word in dict.fromkeys(fold(_text).split()):
        _LANGUAGES_OF_WORD.setdefault(_word, []).append(_language)


def language_of(text: str) -> Language | None:
    """Return the language of `text` as a BCP 47 code, "other" when it is not in Arabic script.

    At most the first 1,200 characters are read. Returns None for a text without letters. A text
    without a word or letter of any language (a bare name) is taken for Arabic, whose letters all
    the others share.
    """
    sample = text[:_SAMPLE_LENGTH]
    letters = sum(map(len, _RUN.findall(sample)))
    total = sum(map(len, _LETTERS_OF_ANY.findall(sample)))
    if total == 0:
        return None
    if letters * 2 < total:
        return "other"
    scores = _scores(sample, letters)
    return max(scores, key=lambda language: scores[language])


def _scores(sample: str, letters: int) -> dict[Language, float]:
    """Return the weighted share of each language's own words and letters in `sample`.

    `letters`: how many letters of the Arabic script it has.
    """
    words = _WORD.findall(fold(sample))
    scores: dict[Language, float] = dict.fromkeys(_WORDS, 0.0)
    for word in words:
        for language in _LANGUAGES_OF_WORD.get(word, ()):
            scores[language] += _WORD_WEIGHT / len(words)
    for language, own in _LETTERS.items():
        scores[language] += _LETTER_WEIGHT * sum(map(sample.count, own)) / letters
    scores["ar"] += _ARABIC_WEIGHT * len(_ARABIC_ONLY.findall(sample)) / letters
    return scores
