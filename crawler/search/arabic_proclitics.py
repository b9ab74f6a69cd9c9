"""The Arabic word behind proclitics that a reader typed: باحثون of وباحثون, مكتبة of بمكتبة.

Whether the first letter of a word is a proclitic or its own (والد, بنك, فيل), its letters do not
tell; the other words of a store do. Proclitics stand in one order: و or ف, then ب, ك or ل, then the
article. So a word that stands behind the article (الوالد), or behind one that no proclitic stands
behind (لبنان in بلبنان, واشنطن in بواشنطن), begins with a letter of its own.
"""

from collections.abc import Iterator

from crawler.search.arabic_tables import FUNCTION_WORDS, OWN_FIRST_LETTER

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بكل"
_ARTICLES = ("ال", "وال", "بال", "لل")
_MIN_REST = 3  # letters behind a proclitic; fewer are letters of too many words
_MIN_STEM = 3  # letters before an ending of a word of the table
_MIN_SEEN_STEM = 4  # the same, of a word of the store
_SIGNS = 2
_ENDINGS = (
    *("ه", "ها", "هم", "هن", "هما", "نا", "ي", "ا", "ت", "وا", "ات", "ان", "ين", "ون"),
    *("ته", "تها", "تهم", "تنا", "تان", "تين", "اته", "اتها", "اتهم", "اتنا"),
)


def behind_proclitics(word: str, known: frozenset[str] | None) -> str:
    """Return `word` without the proclitics that it begins with, `word` itself where it has none.

    A conjunction is looked for first, then a preposition. Each is one where the table of words and
    the store show the letter not to be the word's own (by two words, for people misspell), and the
    rest to be a word: the store has it alone or behind the article. A rest of three letters is not
    enough by itself, except behind و, the commonest of all.

    known: those of `proclitic_evidence` that a store has. None: no store was asked; the table of
    words alone decides, and every rest is taken for a word.
    """
    for letters in (_CONJUNCTIONS, _PREPOSITIONS):
        if word[0] not in letters or not _may_be_cut(word) or _has_own_first_letter(word, known):
            continue
        if known is None or not known.isdisjoint(_signs_of_a_word(word)):
            word = word[1:]
    return word


def proclitic_evidence(word: str) -> Iterator[str]:
    """Yield the words by which `behind_proclitics` decides, where a store has them."""
    for letters in (_CONJUNCTIONS, _PREPOSITIONS):
        if word[0] in letters and _may_be_cut(word):
            yield from _signs_of_own_letter(word)
            yield from _signs_of_a_word(word)
            word = word[1:]


def _may_be_cut(word: str) -> bool:
    return len(word) > _MIN_REST and word not in FUNCTION_WORDS


def _has_own_first_letter(word: str, known: frozenset[str] | None) -> bool:
    if not OWN_FIRST_LETTER.isdisjoint(_stems(word, _MIN_STEM)):
        return True
    return known is not None and len(known.intersection(_signs_of_own_letter(word))) >= _SIGNS


def _stems(word: str, min_length: int) -> Iterator[str]:
    """Yield the words that `word` may be an inflection of, itself first."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= min_length:
            yield stem
            if ending[0] in "تا" and len(ending) > 1:
                yield f"{stem}ه"


def _signs_of_own_letter(word: str) -> Iterator[str]:
    """Yield what shows, where a store has it, that the first letter of `word` is no proclitic."""
    prefixes = [*_ARTICLES, *_PREPOSITIONS]
    if word[0] in _CONJUNCTIONS:
        prefixes += _CONJUNCTIONS
    elif word[0] == "ل":  # للقرار is ل and the article before قرار
        prefixes = [prefix for prefix in prefixes if not prefix.endswith("ل") or "ا" in prefix]
    for stem in _stems(word, _MIN_SEEN_STEM):
        yield from (prefix + stem for prefix in prefixes)


def _signs_of_a_word(word: str) -> Iterator[str]:
    """Yield what shows, where a store has it, that `word` is one behind its first letter."""
    rest = word[1:]
    if len(rest) > _MIN_REST or word[0] == "و":
        yield rest
    yield from (article + rest for article in _ARTICLES)
    if word[0] in _CONJUNCTIONS and rest[0] in _PREPOSITIONS and _may_be_cut(rest):
        yield from _signs_of_a_word(rest)
