import gzip
import os
import zlib

import pytest

from crawler.fetching.truncation import is_complete

BODY = os.urandom(3000)


def test_a_whole_stream_is_complete_and_each_cut_of_it_is_not() -> None:
    packed = gzip.compress(BODY)
    assert is_complete(packed, 10_000)
    assert not any(is_complete(packed[:end], 10_000) for end in range(1, len(packed), 97))
    assert not is_complete(packed[:-1], 10_000)


@pytest.mark.parametrize(
    "body", [b"<html>not packed</html>", zlib.compress(BODY), gzip.compress(b"", mtime=0)]
)
def test_what_ends_or_is_no_gzip_is_left_to_others(body: bytes) -> None:
    assert is_complete(body, 10_000)


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    assert is_complete(gzip.compress(b"0" * 50_000_000)[:-9], 4_000_000)
