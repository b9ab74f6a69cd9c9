"""Names of a host, in one spelling: in small letters, without a dot at the end, an address of IPv6
in brackets and as short as it can be written."""

import re
from ipaddress import AddressValueError, IPv6Address, ip_address

_FORM = re.compile(
    r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::(?P<port>\d{1,5}))?"
)


def read_host(text: str) -> tuple[str, str]:
    """Return the name and the port ("" without one) of a Host header. Raises ValueError for what is
    neither a name nor an address."""
    form = _FORM.fullmatch(text.lower())
    try:
        if form is None:
            raise ValueError
        name = form["name"]
        if name.startswith("["):
            name = f"[{IPv6Address(name[1:-1])}]"
    except ValueError:
        raise ValueError(f"{text[:80]!r} is no name of a host") from None
    return name, form["port"] or ""


def allowed_host(text: str) -> str:
    """Return a name under which a site may be asked, in the spelling of `read_host`, with its port
    if it has one. Raises ValueError."""
    try:
        return f"[{IPv6Address(text)}]"
    except AddressValueError:
        pass
    try:
        # Browsers send names of other letters so.
        name, port = read_host(text.encode("idna").decode() if not text.isascii() else text)
    except UnicodeError:
        raise ValueError(f"{text[:80]!r} is no name of a host") from None
    return f"{name}:{port}" if port else name


def address_as_host(address: str) -> str:
    """Return an address of IPv4 or IPv6 as a Host header has it. Raises ValueError."""
    read = ip_address(address)
    return f"[{read}]" if read.version == 6 else str(read)
