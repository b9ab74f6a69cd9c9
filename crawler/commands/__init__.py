"""`scrapy crawl | stories | record`: every ScrapyCommand in here is a command; shared bases live outside."""
