"""Which of the declared outlets are crawled."""

from collections.abc import Iterable

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.outlet import Outlet
from crawler.spiders.loader import unknown_name


def check_outlets_off(settings: BaseSettings, names: Iterable[str]) -> None:
    """Raise UsageError when the setting OUTLETS_OFF has a name that is not one of `names`."""
    declared = set(names)
    for name in _names_off(settings):
        if name not in declared:
            message = unknown_name("outlet", name, declared)
            raise UsageError(f"OUTLETS_OFF: {message}", print_help=False)


def is_switched_off(outlet: Outlet, settings: BaseSettings) -> bool:
    """Return True if the setting OUTLETS_OFF names the outlet."""
    return outlet.name in _names_off(settings)


def _names_off(settings: BaseSettings) -> list[str]:
    names = (str(name).strip() for name in settings.getlist("OUTLETS_OFF"))
    return [name for name in names if name]


def state_off_crawl(outlet: Outlet, settings: BaseSettings) -> str | None:
    """Return the state of an outlet that `crawlall` does not crawl: "off", "refused",
    "needs_browser" or "dead_discovery"; None if it is crawled."""
    if is_switched_off(outlet, settings):
        return "off"
    return None if outlet.is_crawled else outlet.state


def reason_to_leave_out(outlet: Outlet, settings: BaseSettings) -> str | None:
    """Return why `crawlall` does not crawl the outlet; None if it does.

    Under REPLAY no site is asked, so that an outlet's state keeps it from nothing.
    """
    if is_switched_off(outlet, settings):
        return "switched off by OUTLETS_OFF"
    if outlet.is_crawled or settings.get("REPLAY"):
        return None
    return f"{outlet.state}: {outlet.evidence}"
