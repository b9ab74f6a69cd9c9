"""Jawhara FM, the Arabic site."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class JawharafmSpider(OutletSpider):
    outlet = Outlet(
        name="jawharafm",
        publisher="jawhara-fm",
        hosts=("www.jawharafm.net", "m.jawharafm.net"),
        articles=r"/ar/article/[^/]+/\d+/\d+",
        id=r"\d+$",
        discovery=(Feed(url="/ar/rss/showRss/88/1/{each}", each=("1", "2", "4")),),
        layout=Layout(
            headline=("h1.titr_page",),
            body=("div.article_text",),
            published=("div.entet1_dtlpdt span.dat_ev",),
            section=("div.entet1_dtlpdt a.etiquet",),
        ),
        evidence="feeds read for a corpus, 2017; their addresses are from undated lists",
    )
