"""Emarat Al Youm."""

from datetime import date

from crawler.discovery.kinds import NewsSitemap
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider

NEWS = "/news-sitemaps-1.368006/local-section-1.1075475?ot=ot.AjaxPageLayout"


class EmaratalyoumSpider(OutletSpider):
    outlet = Outlet(
        name="emaratalyoum",
        publisher="emarat-al-youm",
        hosts=("www.emaratalyoum.com",),
        articles=r"/(?:[\w-]+/)*\d{4}-\d{2}-\d{2}-\d\.\d+",
        id=r"\d\.\d+$",
        discovery=(NewsSitemap(url=NEWS),),  # of local news; other sections' are not known
        layouts=(
            Layout(body=("#articledetails",), published=("time.date",)),
            Layout(until=date(2015, 12, 31), body=("#article-body",)),
        ),
        state="working",
        evidence="news sitemap gave headlines in an audit, 2026-10; feeds 404 2026-07",
    )
