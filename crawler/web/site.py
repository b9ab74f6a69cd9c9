"""What all pages share: the store, the declared outlets, the templates and the operator's
choices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, time, tzinfo
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from crawler.digest.labels import Names
from crawler.outlet import Outlet
from crawler.spiders.loader import BrokenDeclaration
from crawler.storage import Reader
from crawler.stories.model import Story
from crawler.web import markup
from crawler.web.formats import Formats
from crawler.web.interface import UI_LANGUAGES, Interface, UiLanguage, read_interface
from crawler.web.judgements import Judgements
from crawler.web.links import Links
from crawler.web.negotiation import format_of, path_of
from crawler.web.page_states import PageStates
from crawler.web.parameters import read_parameters
from crawler.web.translations import translations


@dataclass(frozen=True)
class Site:
    """One running site.

    outlets: those declared, by name. zone: of days and times that belong to no outlet. has_images:
    True if a visitor's browser may fetch the images of stories from the outlets. off: the states of
    the declared outlets that are not crawled, by name (`scrapy outlets`). broken: the declarations
    that cannot be used.
    """

    reader: Reader
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    zone: tzinfo = UTC
    has_images: bool = False
    off: Mapping[str, str] = field(default_factory=dict)
    broken: Sequence[BrokenDeclaration] = ()

    @property
    def crawled(self) -> list[str]:
        """The names of the declared outlets that are crawled, sorted."""
        return sorted(self.outlets.keys() - self.off.keys())

    @cached_property
    def page_states(self) -> PageStates:
        """Since when pages have said what they say."""
        return PageStates()

    @cached_property
    def judgements(self) -> Judgements:
        """The health of outlets, which all requests share."""
        return Judgements(self.reader)


class PageWriter:
    """The means to write a page, for a request or without one: the texts, formats and names of the
    interface, the links and the templates.

    precisions: of the dates of stories, by their ids, where more than the clock may be missing.
    """

    def __init__(self, site: Site, interface: Interface, links: Links) -> None:
        self.site = site
        self.interface = interface
        self.links = links
        self.texts = translations(interface.language)
        self.formats = Formats(interface, self.texts, site.zone)
        self.names = Names(interface.language, dict(site.outlets))
        self.precisions: dict[str, str | None] = {}

    def outlet_name(self, name: str) -> Markup:
        """Return the name of an outlet, in the type of the language in which it stands."""
        shown = self.names.outlet(name)
        declared = self.site.outlets.get(name)
        language = declared.language if declared and shown == declared.native else None
        return markup.isolated(shown, language)

    def credits(self, story: Story) -> list[str]:
        """Return the agencies that copies of a story credit; who printed it is named beside."""
        return list(dict.fromkeys(each for copy in story.copies for each in copy.agencies))

    async def read_precisions(self, stories: Iterable[Story]) -> None:
        """Fill `precisions` for those of `stories` that are dated to a midnight, which may stand
        for a day. Raises StoreError."""
        for story in stories:
            zone = self.zone_of(story.copies[0].outlet)
            if story.published and story.published.astimezone(zone).time() == time():
                stored = await self.site.reader.article(story.id)
                if stored is not None:
                    self.precisions[story.id] = stored.article.published_precision

    def zone_of(self, outlet: str | None) -> tzinfo:
        """Return the clock of an outlet; that of the site for one that is not declared."""
        declared = self.site.outlets.get(outlet or "")
        zone = declared.tzinfo if declared else None
        return zone or self.site.zone

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Return the page that a template makes of `values`."""
        shared: dict[str, Any] = {
            "visit": self,
            "site": self.site,
            "interface": self.interface,
            "links": self.links,
            "formats": self.formats,
            "names": self.names,
        }
        page = environment(self.interface.language).get_template(template)
        return page.render({**shared, **values})


class Visit(PageWriter):
    """One request: how its visitor wants the site, and the means to write a page for them.

    Raises BadRequest for parameters that no page can read, and for a choice that is none.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.parameters: Mapping[str, str] = read_parameters(request.scope["query_string"])
        interface = read_interface(self.parameters, request.headers)
        links = Links(path_of(request), self.parameters, interface.chosen)
        super().__init__(request.app.state.site, interface, links)

    @property
    def format(self) -> str:
        """The format that is wanted: "html", "json" or "atom"."""
        return format_of(self.request)


@lru_cache
def environment(language: UiLanguage) -> Environment:
    """Return the templates with the texts of a language of the interface."""
    made = Environment(
        loader=PackageLoader("crawler.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    texts = translations(language)
    install = made.install_gettext_callables  # type: ignore[attr-defined]
    install(texts.gettext, texts.ngettext, newstyle=True, pgettext=texts.pgettext)
    made.filters |= {
        "attributes": markup.attributes,
        "isolated": markup.isolated,
        "plain": markup.plain,
        "marked": markup.marked,
        "shortened": markup.shortened,
        "outward": markup.outward,
        "linked": markup.linked,
    }
    made.globals["ui_languages"] = UI_LANGUAGES
    return made
