"""Express News (Urdu)."""

from crawler.discovery.kinds import Feed, Sitemap
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class ExpressPkSpider(OutletSpider):
    outlet = Outlet(
        name="express_pk",
        title="Express News",
        native="ایکسپریس نیوز",
        language="ur",
        country="PK",
        zone="Asia/Karachi",
        hosts=("www.express.pk",),
        articles=r"https?://(?:www\.)?express\.pk/story/\d+/[^/?]+/?",
        rewrites=((r"^(/story/\d+).*", r"\1"),),
        discovery=(
            Feed(url="https://www.express.pk/feed/"),
            Sitemap(url="https://www.express.pk/sitemap.xml", follow=r"posts-1\.xml"),
        ),
        publisher="express-pk",
        as_of=2026,
        confidence="high",
        layouts=(
            Layout(
                headline=("h1.story-title",),
                body=("span.story-text", "div.story-content"),
                published=(".story-time[datetime]",),
                authors=(".story-byline a",),
            ),
        ),
        style=HouseStyle(datelines="rarely"),
    )
