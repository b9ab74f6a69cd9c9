"""A small version of benchmarks/documents.py: no shape of a document costs more than its length."""

import gc
import time

import pytest

from benchmarks.documents import LARGEST, SHAPES, read_document

# One of each family that was once worse than linear, and the shapes with the most pieces.
WATCHED = [
    name
    for name in SHAPES
    if any(
        part in name
        for part in (
            "short <p>",
            "short <h1>",
            "open <div>",
            "dates in paragraphs",
            "JSON-LD blocks",
            "linked headings",
            "bylines",
            "listing: links",
            "sitemap: addresses",
            "feed: items",
            "robots: agents",
        )
    )
]
SHARE = 50  # of the largest document of its kind: small enough for every run of the tests
MOST_GROWTH = 6.0  # from a quarter to the whole; 4 is linear
LEAST_SECONDS = 0.15  # below it growth says nothing but noise


@pytest.mark.parametrize("name", WATCHED)
def test_the_cost_of_a_document_grows_with_its_length(name: str) -> None:
    shape = SHAPES[name]
    size = LARGEST[shape.kind] // SHARE

    def cost(size: int) -> float:
        body = shape.body(size)
        times = []
        for _ in range(3):
            gc.collect()
            began = time.process_time()
            read_document(shape.kind, body)
            times.append(time.process_time() - began)
        return min(times)

    whole = cost(size)
    if whole > LEAST_SECONDS:
        assert whole <= MOST_GROWTH * max(cost(size // 4), LEAST_SECONDS / MOST_GROWTH)
