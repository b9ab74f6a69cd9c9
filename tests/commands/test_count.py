"""`scrapy count` on the store that a replayed crawl filled."""

from collections import Counter
from collections.abc import Callable

from tests.commands.conftest import Replayed, Show
from tests.conftest import Scrapy


def test_the_numbers_are_those_of_the_stories(listing: Callable[[str], Show]) -> None:
    stories = listing("stories")("--limit", "1000", "--language", "ar")
    counts = listing("count")("--by", "outlet", "--language", "ar")
    copies = Counter(copy["outlet"] for story in stories for copy in story["copies"])
    assert {count["outlet"]: count["copies"] for count in counts} == copies
    assert list(counts[0]) == ["outlet", "stories", "copies"]
    agencies = listing("count")("--by", "agency", "--source", "sputnik")
    assert {"agency": "sputnik", "name": "Sputnik", "stories": 1, "copies": 1} in agencies
    assert (
        listing("count")("--by", "agency", "--limit", "1") == listing("count")("--by", "agency")[:1]
    )


def test_people_get_a_table(scrapy: Scrapy, replayed_crawl: Replayed) -> None:
    uri = replayed_crawl[0]
    process = scrapy("count", "--by", "day", "--outlet", "bbc_ur", KHABAR_STORE_URI=uri)
    head, *rows = process.stdout.splitlines()
    assert head.split() == ["day", "stories", "copies"]
    assert all(row.split()[0].startswith("20") and "█" in row for row in rows)
    process = scrapy("count", "--by", "day", "--until", "2000-01-01", KHABAR_STORE_URI=uri)
    assert (process.returncode, process.stdout) == (0, "")
    assert process.stderr == "No stored story matches.\n"
