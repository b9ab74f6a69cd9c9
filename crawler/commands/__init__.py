"""The commands of `scrapy`: Scrapy makes a command of every ScrapyCommand in this package, so that
shared bases live outside."""
