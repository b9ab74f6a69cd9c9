"""The declarations of outlets that a crawl meets articles of, besides its own."""

from collections.abc import Callable

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from crawler.outlet import Outlet, outlet_of

_OF_LOADER = ("SPIDER_LOADER_CLASS", "SPIDER_MODULES")


def declarations(crawler: Crawler) -> Callable[[str], Outlet | None]:
    """Return a function that gives the outlet declared under a name, None if there is none.

    The declarations are loaded when another outlet than the crawl's own is asked for, and a broken
    one is passed over.
    """
    own = outlet_of(crawler.spidercls)
    loaders: list[SpiderLoaderProtocol] = []

    def declared(name: str) -> Outlet | None:
        if own is not None and own.name == name:
            return own
        if not loaders:
            settings = {each: crawler.settings[each] for each in _OF_LOADER}
            settings["SPIDER_LOADER_WARN_ONLY"] = True
            loaders.append(get_spider_loader(BaseSettings(settings)))
        (loader,) = loaders
        return outlet_of(loader.load(name)) if name in loader.list() else None

    return declared
