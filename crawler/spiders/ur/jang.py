"""Daily Jang."""

from crawler.discovery.kinds import Feed, Listing, NewsSitemap
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class JangSpider(OutletSpider):
    outlet = Outlet(
        name="jang",
        publisher="jang",
        hosts=("jang.com.pk",),
        articles=r"/news/\d+(?:-[^/]*)?/?",
        id=r"news/\d+",
        discovery=(
            # Pages print the day only: the minute stands in these two.
            NewsSitemap(url="/assets/uploads/google_news_latest.xml"),
            Feed(url="/rss/1/1"),
            Listing(
                url="/category/latest-news/{each}",
                each=("national", "world", "sports", "business", "entertainment", "health-science"),
                links="ul.scrollPaginationNew__ li:not(.ad_latest_stories) a",
            ),
        ),
        layout=Layout(
            body=("div.detail_view_content", "#liveBlogStorySection"),
            published=("(//div[contains(@class, 'detail-time') or @class='update_time'])[last()]",),
        ),
        state="working",
        confidence="high",
        evidence="feed valid in a public list, 2026-03; listings read by a scraper, 2024-11",
    )
