"""`scrapy parse URL`: Scrapy's own command, without a warning about its own code."""

import argparse
import warnings

from scrapy.commands.parse import Command as ScrapyParse
from scrapy.exceptions import ScrapyDeprecationWarning


class Command(ScrapyParse):
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        # Scrapy 2.19 wraps each callback in one that returns a Deferred, and then warns of it.
        warnings.filterwarnings(
            "ignore", message=r"(?s).*returned a Deferred", category=ScrapyDeprecationWarning
        )
        super().run(args, opts)
