"""The links of a story that is printed on several pages to its next ones."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote

from crawler.extraction.phrases import phrase_at_start
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.extraction.values import absolute_url, split_names, split_url
from crawler.text.letters import ascii_digits, fold_words

_PAGE_PARAMETERS = split_names("page p pg pn paged pageno page_no pagenumber currentpage part صفحة")
_PAGE_NUMBER = re.compile(r"[2-9]|[1-9]\d")
_PAGE_OF_PATH = re.compile(r"(?:/(?:page/|p)?|[-_])(?P<page>[2-9]|[1-9]\d)/?$")
_EXTENSION = re.compile(r"\.\w{3,5}$")
_NEXT = phrase_at_start("""
    التالي | التالية | الصفحة التالية | الجزء التالي | صفحة تالية
    اگلا صفحہ | اگلا | next | next page
""")
_MAX_LABEL_CHARS, _MAX_LABEL_PARTS = 25, 6
_MAX_LINKS = 500


def has_further_pages(tree: PageTree, canonical: str | None) -> bool:
    """Return whether the page links to a next page of its own story: by rel=next, or by a number or
    the word "next" in a pager."""
    own_urls = [url for url in dict.fromkeys((tree.url, canonical)) if url and _name(url)]
    links = [link for link in tree.listed["link"] if link.get("rel") == "next"]
    addresses = {link: link.get("href") or "" for link in tree.listed["a"]}
    links += [link for link, address in addresses.items() if address.startswith("?")]
    for name in {form for url in own_urls for form in _forms_of_name(url)}:
        links += [link for link, address in addresses.items() if name in address]
    for link in links[:_MAX_LINKS]:
        if not _may_be_pager(link):
            continue
        url = absolute_url(link.get("href"), tree.url)
        if url is not None and any(_is_further_page(url, own_url) for own_url in own_urls):
            return True
    return False


def _forms_of_name(url: str) -> tuple[str, str]:
    """Return the name of a page as it is and as addresses write it."""
    return _name(url), quote(_name(url), errors="replace")


def _name(url: str) -> str:
    """Return the last step of an address's path, which its further pages have too."""
    return _EXTENSION.sub("", unquote(split_url(url).path).rstrip("/").rpartition("/")[2])


def _may_be_pager(link: Element) -> bool:
    if "next" in (link.get("rel") or "").lower().split():
        return True
    if link.tag == "link":
        return False
    label = fold_words(ascii_digits(text_of(link, _MAX_LABEL_PARTS)))
    is_number = _PAGE_NUMBER.fullmatch(label) is not None
    return is_number or (len(label) <= _MAX_LABEL_CHARS and _NEXT.match(label) is not None)


def _is_further_page(url: str, own_url: str) -> bool:
    """Return whether `url` is `own_url` with the number of a page added to its path or query."""
    parts, own_parts = split_url(url), split_url(own_url)
    path, own_path = unquote(parts.path), unquote(own_parts.path)
    query, own_query = set(parse_qsl(parts.query)), set(parse_qsl(own_parts.query))
    if _host(parts) != _host(own_parts):
        return False
    if path.rstrip("/") == own_path.rstrip("/"):
        added = [
            (name, value)
            for name, value in query - own_query
            if name.lower() in _PAGE_PARAMETERS and _PAGE_NUMBER.fullmatch(value)
        ]
        other_query = {(name, value) for name, value in own_query if name not in dict(added)}
        return len(added) == 1 and query - set(added) == other_query
    return query == own_query and _is_page_of_path(path, own_path)


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _is_page_of_path(path: str, own_path: str) -> bool:
    """Return whether `path` is `own_path` with a number behind it, or behind its name and before
    its extension."""
    own_stem, own_extension = _EXTENSION.sub("", own_path), _EXTENSION.search(own_path)
    pairs = [(path, own_path)]
    if own_extension is not None and path.endswith(own_extension[0]):
        pairs.append((path.removesuffix(own_extension[0]), own_stem))
    for whole, stem in pairs:
        number = _PAGE_OF_PATH.search(whole)
        if number is not None and whole[: number.start()] == stem.rstrip("/"):
            return True
    return False
