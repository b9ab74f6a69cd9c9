"""A run: what a crawl holds from its beginning to its end. The Scrapy extension of
`crawler.runs.session` opens and closes it all: the store, the outlet's lease, the record of the run
and the frontier."""
