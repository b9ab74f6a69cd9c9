"""The forms of an Urdu word: plurals, obliques and spellings.

Letters are folded (`crawler.text.fold`): ہ and ھ are one letter, ی and ئ another, hamzas are gone
or stand as their seats; ے and ں are letters of their own.
"""

from collections.abc import Iterator

from crawler.search.urdu_tables import (
    ADJECTIVES,
    FORMLESS,
    NOT_OF_PERSONS,
    NOUNS_TOO,
    VERB_FORMS,
    relatives,
)

_MIN_STEM = 3  # letters that an ending is taken off
_MIN_LONG_STEM = 4  # letters that ین, ان, ز stand behind


def urdu_forms(folded: str, printed: str) -> frozenset[str]:
    """Return the forms of a word, itself among them. printed: as it was typed."""
    if folded in FORMLESS or folded in VERB_FORMS:
        return frozenset((folded,))
    if folded in NOUNS_TOO:
        return frozenset((folded, f"{folded}وں"))
    table = relatives()
    singulars = set() if folded in table else set(_singulars_of(folded))
    # Of several words that it may be a form of, those are meant whose plurals are known.
    words = {folded, *(singulars & table.keys() or singulars)}
    relations = {other for word in words for other in table.get(word, ())}
    inflected = {form for word in words | relations for form in _inflected(word)}
    if printed.endswith("ھ"):  # folded it looks like the vowel ہ
        inflected = set(_of_consonant(folded))
    return frozenset({folded} | relations | (inflected - VERB_FORMS - FORMLESS))


def _singulars_of(word: str) -> Iterator[str]:
    """Yield the words that `word` may be a plural or an oblique of."""
    if word.endswith(("يوں", "ياں")) and len(word) >= _MIN_STEM + 2:
        yield word[:-2]
        return
    if word.endswith("ييں") and len(word) >= _MIN_STEM + 2:
        yield word[:-3]
        return
    if word.endswith(("ے", "ي")) and f"{word[:-1]}ا" in ADJECTIVES:
        yield f"{word[:-1]}ا"
        return
    for ending in ("وں", "يں", "ات", "ے"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _MIN_STEM:
            continue
        if ending != "ے":
            yield stem
        if ending != "يں":
            yield f"{stem}ه"
        if ending in ("وں", "ے"):
            yield f"{stem}ا"
        if ending == "ات":
            yield f"{stem}ت"


def _inflected(word: str) -> Iterator[str]:
    """Yield a singular, its plurals and its obliques."""
    yield word
    stem = word[:-1]
    match word[-1:]:
        case "ه" | "ا":
            yield from _of_vowel(word, stem)
        case "ي":
            yield from (f"{word}اں", f"{word}وں", f"{word}ز")
        case "ں":
            yield from (f"{stem}ييں", f"{stem}وں")
        case "و":
            yield f"{word}وں"
        case "ے" | "":
            return
        case _:
            yield from _of_consonant(word)


def _of_vowel(word: str, stem: str) -> Iterator[str]:
    """Yield the forms of a word in ہ or ا: حملہ, لڑکا; جگہ; دوا."""
    if len(stem) > 1:
        yield from (f"{stem}ے", f"{stem}وں")
    if len(stem) >= _MIN_LONG_STEM:
        yield stem + ("ا" if word.endswith("ه") else "ه")
    if word in ADJECTIVES:
        yield f"{stem}ي"
    if word.endswith("ه"):
        yield from (f"{word}يں", f"{word}وں")
        if len(stem) >= _MIN_STEM:
            yield f"{stem}ات"
    else:
        yield from (f"{word}ييں", f"{word}وں")


def _of_consonant(word: str) -> Iterator[str]:
    """Yield the forms of a word that ends in a consonant: عورت, گھر, انتخاب, صارف, ڈاکٹر."""
    yield from (f"{word}وں", f"{word}يں")
    if len(word) < _MIN_STEM:
        return
    yield f"{word}ات"
    if word.endswith("ت") and len(word) > _MIN_LONG_STEM:
        yield f"{word[:-1]}ات"
    if len(word) >= _MIN_LONG_STEM:
        yield f"{word}ز"
        if word not in NOT_OF_PERSONS:
            yield from (f"{word}ين", f"{word}ان")
