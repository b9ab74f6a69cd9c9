"""Fifth step: set what an article is known again by, its canonical address and the hash of its
text."""

from crawler.dedup import canonical_url, content_hash
from crawler.items import Article
from crawler.pipelines.step import Step


class FingerprintPipeline(Step):
    """Sets `canonical_url`, `own_url` and `content_hash`.

    The address that the page declares as canonical is believed only when it is an article address
    of the outlet: templates have been seen to declare the front page on every article, which would
    make them all one. The store believes it until the page that was read at that address prints
    another text (`crawler.stories.addresses`).
    """

    def process_article(self, item: Article) -> Article:
        own = canonical_url(item.url, outlet=self.outlet)
        if own != canonical_url(item.url):
            item.own_url = own
        declared = item.canonical_url
        item.canonical_url = own
        if declared and self.outlet and self.outlet.is_article(declared):
            item.canonical_url = canonical_url(declared, outlet=self.outlet)
        item.content_hash = content_hash(item)
        return item
