"""Kuwait News Agency."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class KunaSpider(OutletSpider):
    outlet = Outlet(
        name="kuna",
        publisher="kuna",
        hosts=("www.kuna.net.kw",),
        # The number is of an Arabic and an English text; without `language` it is the Arabic one.
        articles=r"/ArticleDetails\.aspx\?(?:[Ii]d=\d+(?:&[Ll]anguage=ar)?|[Ll]anguage=ar&[Ii]d=\d+)",
        id=r"\d{6,}",
        discovery=(Listing(url="/NewsCastPage.aspx?language=ar"),),
        layout=Layout(
            headline=("h1.post-title",),
            body=("div.post-content",),
            published=("div.article-info-bar time",),
            image=("figure.post-img img",),
        ),
        as_of=2022,
        evidence="feed dead 2026-07; page of news only named; articles read by a spider of 2022",
    )
