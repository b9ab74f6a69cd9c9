"""From an item or an Article as printed to a stored one, in six steps: items, validate, dates,
sources, fingerprint, store. Each step has a file.

Each step only adapts a plain library to Scrapy and counts what it did (`crawler.counts`).
"""
