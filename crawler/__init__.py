"""Khabar (خبر): crawls Arabic and Urdu news outlets into one clean, dated, attributed collection of
stories."""

__version__ = "0.1.0"
