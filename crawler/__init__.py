"""Khabar (خبر): crawl Arabic and Urdu news outlets into one collection of stories, clean, dated,
attributed and deduplicated."""

__version__ = "0.1.0"
