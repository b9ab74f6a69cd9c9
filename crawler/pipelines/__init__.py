"""From an Article as printed to a stored one: validate, dates, sources, fingerprint, store; one
step a file.

Each step only adapts a plain library to Scrapy and counts what it did (`crawler.counts`).
"""
