"""The forms of an Arabic word: proclitics, pronouns, duals and plurals.

Letters are folded (`crawler.text.fold`): ه is teh marbuta too, ي alef maqsura too, and hamzas are
gone or stand as their seats. Too many forms are no harm, since a store keeps those that it has; a
form that is another word's is.
"""

import re
from collections.abc import Iterable, Iterator

from crawler.search.arabic_tables import (
    FUNCTION_WORDS,
    NOT_DEFINITE_WITH_TEH,
    NOT_WITH_ALEF,
    NOT_WITH_AT,
    NOT_WITH_DUAL,
    NOT_WITH_TEH,
    NOT_WITH_YEH,
    OWN_ARTICLE,
    OWN_FIRST_LETTER,
    OWN_HEH,
    SHORT_ADJECTIVES,
    broken_plurals,
    broken_singulars,
)

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ك", "ل")
_ARTICLES = ("ال", "لل", "وال", "بال", "فال", "كال", "ولل")
_PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "نا", "كم")
_OWN_HAMZA = re.compile("[أإآ]ل")

_ONLY_PLURAL = frozenset(("صادر", "وارد", "تعليم"))  # صادرات are exports
_SHORT = 2  # letters: a word with which too many others begin and end
_SHORT_ENDINGS = ("", "ه", "ها", "هم", "هما", "نا")
_MIN_STEM = 3  # letters behind an article that is taken off, and before a plural's ending


def arabic_forms(folded: str, printed: str) -> frozenset[str]:
    """Return the forms of a word, itself among them. printed: as it was typed.

    An article that was typed is taken off: الحكومة and والحكومة find حكومة and للحكومة too.
    """
    if folded in FUNCTION_WORDS:
        return frozenset(conjunction + folded for conjunction in _CONJUNCTIONS)
    stem = _without_article(folded, printed)
    singulars = set(_singulars_of(stem))
    forms = {folded, *_with_proclitics(stem, _endings(stem))}
    for word in singulars:
        endings = _endings(word)
        if stem.endswith(("ون", "ين")):  # of men alone: سعوديون are not السعودية
            endings = [ending for ending in endings if ending != "ه"]
        forms.update(_with_proclitics(word, endings))
    for plural in _broken_plurals_of({stem, *singulars}):
        forms.update(_with_proclitics(plural, _endings(plural, is_plural=True)))
    return frozenset(forms)


def _without_article(folded: str, printed: str) -> str:
    if _OWN_HAMZA.match(printed) or folded in OWN_ARTICLE or folded in OWN_FIRST_LETTER:
        return folded
    for article in _ARTICLES:
        rest = folded.removeprefix(article)
        # A longer join is rather a word's own letters (والدته).
        if rest != folded and len(rest) >= _MIN_STEM + len(article) - len("ال"):
            return rest
    return folded


def _singulars_of(word: str) -> Iterator[str]:
    """Yield the words that `word` may be a plural of."""
    for singular in broken_singulars().get(word, ()):
        if len(singular) > _SHORT:
            yield singular
    stem = word[:-2]
    if word.endswith("ات") and len(stem) >= _MIN_STEM:
        if f"{stem}ه" not in FUNCTION_WORDS and stem not in _ONLY_PLURAL:
            yield f"{stem}ه"
        if len(stem) > _MIN_STEM and not (stem in NOT_WITH_AT or _is_doer(stem)):
            yield stem
    elif word.endswith(("ون", "ين")) and len(stem) > _MIN_STEM:
        yield stem


def _broken_plurals_of(words: Iterable[str]) -> set[str]:
    table = broken_plurals()
    return {plural for word in words for plural in table.get(word, ())}


def _with_proclitics(word: str, endings: Iterable[str]) -> Iterator[str]:
    """Yield `word` with each ending, alone and behind proclitics; an article goes with no pronoun.

    endings: replace the last letter where they begin with "<".
    """
    own = {letter for letter in "وفبكل" if letter + word in OWN_FIRST_LETTER}
    bare, definite = list(_bare_prefixes(own)), list(_definite_prefixes(word, own))
    for ending in endings:
        form = word[:-1] + ending[1:] if ending.startswith("<") else word + ending
        for prefix in bare:
            if not prefix or prefix[-1] + form not in OWN_FIRST_LETTER:
                yield prefix + form
        if not ending.endswith(_PRONOUNS) or (ending == "ه" and _has_feminine(word)):
            for prefix in definite:
                # للّجنة: of three ل in a row one is not written
                yield prefix + (form[1:] if prefix.endswith("لل") and form[0] == "ل" else form)


def _has_feminine(word: str) -> bool:
    """Return False for a word that is another one with the article before it and ه behind."""
    if len(word) <= _MIN_STEM:
        return word in SHORT_ADJECTIVES
    return word not in NOT_DEFINITE_WITH_TEH


def _bare_prefixes(own: set[str]) -> Iterator[str]:
    """Yield conjunction and preposition. own: the letters with which the word is another one."""
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            prefix = conjunction + preposition
            if prefix[-1:] not in own:
                yield prefix


def _definite_prefixes(word: str, own: set[str]) -> Iterator[str]:
    for conjunction in _CONJUNCTIONS:
        for article in ("ال", "بال", "كال", "لل"):
            if not (article == "لل" and "ل" in own):
                yield conjunction + article


def _endings(word: str, *, is_plural: bool = False) -> list[str]:
    """Return what may stand behind `word`, as `_with_proclitics` reads it.

    is_plural: it takes no ending of a dual or plural.
    """
    if len(word) <= _SHORT:
        return list(_SHORT_ENDINGS)
    if word.endswith("ه") and word not in OWN_HEH:
        return _endings_of_teh(is_plural=is_plural)
    endings = ["", *_PRONOUNS]
    if word in NOT_WITH_TEH:
        endings.remove("ه")
    if not (is_plural or word in NOT_WITH_AT or word.endswith("ات")):
        endings += ["ات", *(f"ات{pronoun}" for pronoun in _PRONOUNS)]
    if word.endswith("ات"):
        return endings
    if not (is_plural or word in NOT_WITH_DUAL):
        endings += ["ان", "ين", "ون", *(f"ي{pronoun}" for pronoun in _yeh_pronouns(word))]
    if word.endswith("ا"):
        # أبناؤه, أبنائه: a hamza that carries the pronoun's vowel
        endings += [f"{seat}{pronoun}" for seat in "وي" for pronoun in _PRONOUNS]
    elif word.endswith("ي"):
        # مستشفاه
        endings += [f"<ا{pronoun}" for pronoun in _PRONOUNS]
    if not word.endswith("ا") and word not in NOT_WITH_ALEF:
        endings.append("ا")
    if not is_plural and _is_of_persons(word):
        endings += ["و", "ي", *(f"و{pronoun}" for pronoun in _PRONOUNS)]
    return endings


def _endings_of_teh(*, is_plural: bool) -> list[str]:
    """Return the endings of a word with teh marbuta. is_plural: it has no dual or plural."""
    endings = ["", *(f"<ت{pronoun}" for pronoun in _PRONOUNS)]
    if is_plural:
        return endings
    dual = [f"<{teh}{pronoun}" for teh in ("تا", "تي") for pronoun in _PRONOUNS]
    plural = ["<ات", *(f"<ات{pronoun}" for pronoun in _PRONOUNS)]
    return [*endings, "<تان", "<تين", "<تا", "<تي", *dual, *plural]


def _yeh_pronouns(word: str) -> tuple[str, ...]:
    """Return the pronouns that may stand behind a dual's or plural's ي; ه would make an
    adjective of the word."""
    return _PRONOUNS if _is_of_persons(word) else _PRONOUNS[1:]


def _is_of_persons(word: str) -> bool:
    """Return True for the patterns of those who do something, whose plural is sound: موظف, لاعب."""
    if word in NOT_WITH_YEH or len(word) <= _MIN_STEM:
        return False
    return word.startswith("م") or _is_doer(word)


def _is_doer(word: str) -> bool:
    """Return True for the pattern فاعل."""
    return len(word) == 4 and word[1] == "ا"
