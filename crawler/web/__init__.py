"""The reading room: a small, read-only web site over a store (`scrapy serve`).

`app.make_app` makes the site, `server.serve` runs it. It reads through `crawler.storage.Reader`
alone.
"""
