"""Reading a list slice by slice: all of it, once, however the slices fall."""

import asyncio

import pytest

from crawler.storage.paging import Slice, end_of, read_slices

NUMBERS = list(range(250))


class List:
    """A list of numbers, each at its own position, that counts the slices read of it."""

    def __init__(self, numbers: list[int], gone: frozenset[int] = frozenset()) -> None:
        self.numbers = numbers
        self.gone = gone  # numbers that vanish between being found and being read
        self.slices = 0

    async def read_slice(self, after: int | None, size: int) -> Slice[int, int]:
        self.slices += 1
        behind = [number for number in self.numbers if after is None or number > after][:size]
        left = [number for number in behind if number not in self.gone]
        return Slice(left, end_of(behind, size))

    def read(self, after: int | None = None, limit: int | None = None) -> list[int]:
        async def read() -> list[int]:
            return [
                number async for number in read_slices(self.read_slice, after=after, limit=limit)
            ]

        return asyncio.run(read())


@pytest.mark.parametrize(("length", "slices"), [(0, 1), (1, 1), (99, 1), (100, 2), (250, 3)])
def test_a_list_is_read_to_its_end_in_as_few_slices_as_it_fills(length: int, slices: int) -> None:
    numbers = List(NUMBERS[:length])
    assert numbers.read() == NUMBERS[:length]
    assert numbers.slices == slices


@pytest.mark.parametrize(("limit", "slices"), [(0, 0), (1, 1), (100, 1), (101, 2), (999, 3)])
def test_no_more_is_read_than_is_asked_for(limit: int, slices: int) -> None:
    numbers = List(NUMBERS)
    assert numbers.read(limit=limit) == NUMBERS[:limit]
    assert numbers.slices == slices


def test_a_list_goes_on_behind_a_position() -> None:
    assert List(NUMBERS).read(after=120, limit=110) == NUMBERS[121:231]


def test_a_slice_of_which_all_items_have_gone_does_not_end_the_list() -> None:
    gone = frozenset(NUMBERS[:150])
    assert List(NUMBERS, gone).read() == NUMBERS[150:]
    assert List(NUMBERS, gone).read(limit=20) == NUMBERS[150:170]
