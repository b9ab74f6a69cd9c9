"""Fourth step: set what an article is known again by, its canonical address and the hash of its
text."""

from crawler.dedup import canonical_url, content_hash
from crawler.items import Article
from crawler.pipelines.step import Step


class FingerprintPipeline(Step):
    """Sets `canonical_url` and `content_hash`.

    The address that the page declares as canonical is believed only when it is an article address
    of the outlet: templates have been seen to declare the front page on every article, which would
    make them all one.
    """

    def process_item(self, item: Article) -> Article:
        url = item.url
        declared = item.canonical_url
        if declared and self.outlet and self.outlet.is_article(declared):
            url = declared
        item.canonical_url = canonical_url(url, outlet=self.outlet)
        item.content_hash = content_hash(item)
        return item
