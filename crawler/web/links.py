"""Addresses of the site's own pages, which keep what the visitor has chosen."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

Values = Mapping[str, str | None]


class Links:
    """Makes the addresses of links on one page.

    path: of the page, without an extension. parameters: of the page's address; empty ones, which
    forms send too, are dropped. chosen: those that every link keeps
    (`crawler.web.interface.CHOICES`). base: what stands before each address of a page: "" on the
    site itself, its origin on a page that stands elsewhere; None where there is no site, so that
    `to` gives "".
    """

    def __init__(
        self,
        path: str,
        parameters: Mapping[str, str],
        chosen: Mapping[str, str],
        base: str | None = "",
    ) -> None:
        self._path = path
        self._parameters = {name: value for name, value in parameters.items() if value.strip()}
        self._chosen = dict(chosen)
        self._base = base

    def to(self, *parts: str, extension: str = "", **parameters: str | None) -> str:
        """Return the address of the page at `parts`, e.g. "outlets", "bbc_urdu"; without parts that
        of the front. Parameters that are None are left out."""
        if self._base is None:
            return ""
        path = self._base + "/" + "/".join(quote(part, safe="") for part in parts)
        return _address(path + extension, {**self._chosen, **parameters})

    def here(self, *, extension: str = "", **changes: str | None) -> str:
        """Return the address of this page with some parameters changed, or left out where they are
        None."""
        path = self._path
        if extension and path == "/":
            path = "/index"
        return _address(path + extension, {**self._parameters, **changes})

    def without(self, *parameters: str) -> str:
        """Return the address of this page without some of its parameters."""
        left = {name: self._parameters[name] for name in self._parameters if name not in parameters}
        return _address(self._path, left)

    def asset(self, name: str) -> str:
        """Return the address of a file of the site's own."""
        return f"/assets/{name}"


def _address(path: str, parameters: Values) -> str:
    given = {name: value for name, value in parameters.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path
