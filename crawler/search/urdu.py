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
    borrowed_singulars,
    relatives,
)

_MIN_STEM = 3  # letters that an ending is taken off
_MIN_SHORT_STEM = 2  # the same, where a store has the singular
_MIN_LONG_STEM = 4  # letters that ین, ان, ز stand behind

# An ending, and the letters that a singular may have in its place.
_ENDINGS_OF_SINGULARS = (
    *(("يوں", ("ي",)), ("ياں", ("ي",)), ("يو", ("ي",)), ("ييں", ("",))),
    *(("وں", ("", "ه", "ا")), ("يں", ("",)), ("ے", ("ه", "ا")), ("و", ("", "ه", "ا"))),
    *(("ات", ("", "ه", "ت")), ("ز", ("",)), ("ين", ("",)), ("ان", ("",))),
)


def urdu_forms(folded: str, printed: str, known: frozenset[str] | None = None) -> frozenset[str]:
    """Return the forms of a word, itself among them. A plural, an oblique or a vocative has those
    of its singular.

    printed: as it was typed. known: those of `urdu_evidence` that a store has, by which it is told
    which singular a plural has; None where no store was asked.
    """
    if folded.removesuffix("وں") in NOUNS_TOO:
        noun = folded.removesuffix("وں")
        return frozenset((noun, f"{noun}وں"))
    if folded in FORMLESS or folded in VERB_FORMS:
        return frozenset((folded,))
    singulars = borrowed_singulars().get(folded) or _known_singulars(folded, printed, known)
    if singulars:
        sets = [_all_forms({word}, _printed_singular(word, printed), known) for word in singulars]
        return frozenset((folded,)).union(*sets)
    table = relatives()
    guessed = set() if folded in table else {*_singulars_of(folded)} - FORMLESS - VERB_FORMS
    # Of several words that it may be a form of, those are meant whose plurals are known.
    words = {folded, *(guessed & table.keys() or guessed)}
    return frozenset((folded,)) | _all_forms(words, printed, known)


def urdu_evidence(folded: str, printed: str) -> frozenset[str]:
    """Return the words that `urdu_forms` asks a store for."""
    evidence = {f"{folded}يں", f"{folded}وں"}
    for singular in _possible_singulars(folded, printed):
        evidence.update(_inflected(singular))
    return frozenset(evidence)


def _known_singulars(word: str, printed: str, known: frozenset[str] | None) -> list[str]:
    """Return the words of a store that `word` is most likely a plural, oblique or vocative of.

    Of several (حملوں: حمل or حملہ) it is that of which the store has the most other forms, for
    words take one set of endings. A short word, or a vocative, needs one such form besides.
    """
    if known is None:
        return []
    scores: dict[str, int] = {}
    for singular in _possible_singulars(word, printed):
        others = known.intersection(_inflected(singular)) - {word}
        is_bold = len(word) - len("ے") < _MIN_STEM or word.endswith("و")
        if singular in others and len(others) > is_bold:
            scores[singular] = len(others)
    if word.endswith("و") and f"{word}وں" in known:  # بازو is itself a singular
        return []
    return [singular for singular, score in scores.items() if score == max(scores.values())]


def _possible_singulars(word: str, printed: str) -> Iterator[str]:
    """Yield the words that `word` is a form of by its letters."""
    if word in relatives() or word in FORMLESS or word in VERB_FORMS:
        return
    for ending, letters in _ENDINGS_OF_SINGULARS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _MIN_SHORT_STEM:
            continue
        for letter in letters:
            singular = stem + letter
            if singular in FORMLESS or singular in VERB_FORMS or singular in NOUNS_TOO:
                continue
            forms = _all_forms({singular}, _printed_singular(singular, printed), None)
            if word in forms or ending == "و":
                yield singular


def _printed_singular(singular: str, printed: str) -> str:
    """Return a singular, with ھ at its end where the plural was printed with it."""
    is_breathed = printed[len(singular) - 1 : len(singular)] == "ھ"
    return f"{singular[:-1]}ھ" if is_breathed and singular.endswith("ه") else singular


def _all_forms(words: set[str], printed: str, known: frozenset[str] | None) -> set[str]:
    """Return singulars with their plurals and obliques. printed: the word, or its singular."""
    table = relatives()
    relations = {other for word in words for other in table.get(word, ())}
    inflected = {form for word in words | relations for form in _inflected(word)}
    for word in words:
        if word.endswith("ه") and known is not None and f"{word}يں" in known:
            # جگہیں: its ہ is a consonant, which جگے would not drop
            inflected -= {f"{word[:-1]}ے", f"{word[:-1]}وں"}
    if printed.endswith("ھ"):  # folded it looks like the vowel ہ
        inflected = {form for word in words for form in _of_consonant(word)}
    return words | relations | (inflected - VERB_FORMS - FORMLESS)


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
        case "ه" if stem.endswith("ا"):  # تنخواہ: a consonant
            yield from (f"{word}يں", f"{word}وں")
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
    if word.endswith("ت") and len(word) > _MIN_LONG_STEM:
        yield f"{word[:-1]}ات"
    if len(word) >= _MIN_LONG_STEM:  # خیرات is no خیر
        yield from (f"{word}ات", f"{word}ز")
        if word not in NOT_OF_PERSONS:
            yield from (f"{word}ين", f"{word}ان")
