"""`scrapy crawl | stories | ...`: every ScrapyCommand in here is a command; shared bases live
outside."""
