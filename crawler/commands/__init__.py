"""The commands of `scrapy`: Scrapy makes a command of every ScrapyCommand in this package, so shared
bases live outside."""
