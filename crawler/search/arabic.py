"""The forms of an Arabic word: proclitics, pronouns, duals and plurals.

Letters are folded (`crawler.text.fold`): ه is teh marbuta too, ي alef maqsura too, and hamzas are
gone or stand as their seats. Too many forms are no harm, since a store keeps those that it has; a
form that is another word's is.
"""

import re
from collections.abc import Iterable, Iterator

from crawler.search.arabic_proclitics import behind_proclitics, proclitic_evidence
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
_OWN_HAMZA = re.compile("[وفبكل]{0,2}[أإآ]ل")

_BEHIND_LAM = re.compile("[وف]?لل(.{2,})")

# Endings by case: an accusative ا stands behind no article, and it and a nominative behind no
# preposition. What looks so is another word (العقلاء, بدرعا).
_ACCUSATIVE = "ا"
_NOMINATIVE = ("ان", "ون", "<تان", "<تا")

_ONLY_PLURAL = frozenset(("صادر", "وارد", "تعليم"))  # صادرات are exports
_SHORT = 2  # letters: a word with which too many others begin and end
_SHORT_ENDINGS = ("", "ه", "ها", "هم", "هما", "نا")
_PROCLITICS = frozenset("وفبكل")
_MAX_PROCLITICS = 2
_SIGNS = 2  # for people misspell
_SEEN_ARTICLES = ("ال", "وال", "بال", "لل")
_MIN_STEM = 3  # letters behind an article that is taken off, and before a plural's ending


def arabic_forms(folded: str, printed: str, known: frozenset[str] | None = None) -> frozenset[str]:
    """Return the forms of a word, itself among them.

    Proclitics and an article that were typed are taken off: الحكومة, والحكومة and بحكومة find حكومة
    and للحكومة too.

    printed: as it was typed. known: those of `arabic_evidence` that a store has, which tell whether
    a first letter is a proclitic, and which of the forms are other words; None where no store was
    asked.
    """
    if folded in FUNCTION_WORDS:
        return frozenset(conjunction + folded for conjunction in _CONJUNCTIONS)
    meant = _without_prefixes(folded, printed, known)
    if meant in FUNCTION_WORDS:
        return frozenset((folded, *(conjunction + meant for conjunction in _CONJUNCTIONS)))
    return frozenset((folded,)) | _forms_of_stem(meant, known)


def arabic_evidence(folded: str, printed: str) -> frozenset[str]:
    """Return the words that `arabic_forms` asks a store for."""
    if folded in FUNCTION_WORDS:
        return frozenset()
    stems = {_without_article(folded, printed)}
    evidence: set[str] = set()
    if behind_lam := _BEHIND_LAM.fullmatch(folded):
        stems |= {behind_lam[1], f"ل{behind_lam[1]}"}
        evidence.update(_signs_of_noun(behind_lam[1]), _signs_of_noun(f"ل{behind_lam[1]}"))
    if folded in stems:
        evidence.update(proclitic_evidence(folded))
        for cut in range(1, min(_MAX_PROCLITICS, len(folded) - _MIN_STEM) + 1):
            if set(folded[:cut]) <= _PROCLITICS:
                stems.add(_without_article(folded[cut:], _rest_of(printed, folded, cut)))
    for stem in stems:
        for word in (stem, *_singulars_of(stem)):
            for ending in _endings(word):
                evidence.update(_signs_of_another_word(word, ending))
    return frozenset(evidence)


def _without_prefixes(folded: str, printed: str, known: frozenset[str] | None) -> str:
    behind_lam = _BEHIND_LAM.fullmatch(folded)
    if behind_lam and known is not None:
        stem = _with_own_lam(behind_lam[1], known)
        if not known.isdisjoint(_signs_of_noun(stem)):
            return stem
    stem = _without_article(folded, printed)
    if stem != folded:
        return stem
    rest = behind_proclitics(folded, known)
    return _without_article(rest, _rest_of(printed, folded, len(folded) - len(rest)))


def _with_own_lam(stem: str, known: frozenset[str]) -> str:
    """Return a word behind لل with the ل that it may begin with: of three in a row one is not
    written. The store tells which it is by how many ways it has either: للاعب is of لاعب, for the
    article stands before it, and not before اعب; للحد is of حد."""
    with_lam = f"ل{stem}"
    ways = [len(known.intersection(_signs_of_noun(word))) for word in (stem, with_lam)]
    if ways[0] == ways[1]:
        is_listed = with_lam in OWN_FIRST_LETTER and len(with_lam) > _MIN_STEM
        return with_lam if is_listed else stem
    return stem if ways[0] > ways[1] else with_lam


def _signs_of_noun(word: str) -> Iterator[str]:
    yield word
    yield from (article + word for article in _SEEN_ARTICLES if article != "لل")


def _rest_of(printed: str, folded: str, cut: int) -> str:
    """Return `printed` without its first letters, or `folded` where marks stand between them."""
    return printed[cut:] if len(printed) == len(folded) else folded[cut:]


def _forms_of_stem(stem: str, known: frozenset[str] | None) -> set[str]:
    singulars = set(_singulars_of(stem))
    forms = set(_with_proclitics(stem, _endings_by(stem, known)))
    for word in singulars:
        endings = _endings_by(word, known)
        if stem.endswith(("ون", "ين")):  # of men alone: سعوديون are not السعودية
            endings = [ending for ending in endings if ending != "ه"]
        forms.update(_with_proclitics(word, endings))
    for plural in _broken_plurals_of({stem, *singulars}):
        forms.update(_with_proclitics(plural, _endings(plural, is_plural=True)))
    return forms


def _endings_by(word: str, known: frozenset[str] | None) -> list[str]:
    """Return the endings of a word, without those with which the store shows it to be another."""
    endings = _endings(word)
    if known is None:
        return endings
    others = [
        ending
        for ending in endings
        if len(known.intersection(_signs_of_another_word(word, ending))) >= _SIGNS
    ]
    left = [ending for ending in endings if ending not in others]
    if "ه" in others:  # حلقة is another word than حلق: حلقات are its plural
        left = [ending for ending in left if not ending.startswith("ات")]
    return left


def _signs_of_another_word(word: str, ending: str) -> Iterator[str]:
    """Yield what shows, where a store has it, that `word` with an ending is another word.

    A pronoun goes with no article: الملحة shows that ملحه is rather no form of ملح. An accusative
    goes neither with an article nor with a preposition: بدرعا shows that درعا is none of درع. A
    word with a feminine is an adjective: النظرية shows that the ي of نظري is none to become an ا
    (نظراه), as that of مستشفى does.
    """
    if ending == _ACCUSATIVE:
        prefixes: tuple[str, ...] = (*_SEEN_ARTICLES, "ب", "ل")
    elif ending.startswith("<ا") and word.endswith("ي"):
        yield from (article + word + "ه" for article in _SEEN_ARTICLES)
        return
    elif ending == "<ته" or (ending == "ه" and not _takes_teh(word)):
        prefixes = _SEEN_ARTICLES
    else:
        return
    form = _with_ending(word, ending)
    yield from (prefix + form for prefix in prefixes)


def _takes_teh(word: str) -> bool:
    """Return True for a word whose own forms stand behind the article and before ه, or one of which
    it is known that they do not mean it there, while without the article they do."""
    return _has_feminine(word) or word in NOT_DEFINITE_WITH_TEH


def _without_article(folded: str, printed: str) -> str:
    if _OWN_HAMZA.match(printed) or folded in OWN_ARTICLE or folded in OWN_FIRST_LETTER:
        return folded
    for article in _ARTICLES:
        rest = folded.removeprefix(article)
        # A longer join is rather a word's own letters (والدته).
        if rest == folded or len(rest) < _MIN_STEM + len(article) - len("ال"):
            continue
        is_own = article.endswith("ال") and f"ال{rest}" in OWN_ARTICLE
        return folded if is_own else rest
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
    for ending in endings:
        form = _with_ending(word, ending)
        in_genitive = not (ending == _ACCUSATIVE or ending in _NOMINATIVE)
        for prefix in _bare_prefixes(own, in_genitive=in_genitive):
            if not prefix or prefix[-1] + form not in OWN_FIRST_LETTER:
                yield prefix + form
        if ending == _ACCUSATIVE:
            continue
        if not ending.endswith(_PRONOUNS) or (ending == "ه" and _has_feminine(word)):
            for prefix in _definite_prefixes(own, in_genitive=in_genitive):
                # للّجنة: of three ل in a row one is not written
                yield prefix + (form[1:] if prefix.endswith("لل") and form[0] == "ل" else form)


def _with_ending(word: str, ending: str) -> str:
    return word[:-1] + ending[1:] if ending.startswith("<") else word + ending


def _has_feminine(word: str) -> bool:
    """Return False for a word that is another one with the article before it and ه behind."""
    if len(word) <= _MIN_STEM:
        return word in SHORT_ADJECTIVES
    return word not in NOT_DEFINITE_WITH_TEH


def _bare_prefixes(own: set[str], *, in_genitive: bool) -> Iterator[str]:
    """Yield conjunction and preposition. own: the letters with which the word is another one.
    in_genitive: whether it may stand behind a preposition."""
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS if in_genitive else ("",):
            prefix = conjunction + preposition
            if prefix[-1:] not in own:
                yield prefix


def _definite_prefixes(own: set[str], *, in_genitive: bool) -> Iterator[str]:
    for conjunction in _CONJUNCTIONS:
        for article in ("ال", "بال", "كال", "لل") if in_genitive else ("ال",):
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
        endings += ["ان", "ين", *(f"ي{pronoun}" for pronoun in _yeh_pronouns(word))]
        if len(word) > _MIN_STEM or word in SHORT_ADJECTIVES:  # of persons: السيفون is another
            endings.append("ون")
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
