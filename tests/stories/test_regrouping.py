"""What a regrouping has joined and parted."""

from crawler.stories.model import Move
from crawler.stories.regrouping import Moves, Regrouped


def test_joined_and_parted_stories_are_told_from_first_to_last_move() -> None:
    moves = Moves()
    moves.add([Move("a", "s", "s"), Move("b", "t", "x"), Move("c", "u", "u"), Move("d", "u", "d")])
    moves.add([Move("b", "x", "s")])
    assert moves.report(4) == Regrouped(4, joined={"s": ["s", "t"]}, parted={"u": ["d", "u"]})


def test_nothing_is_told_of_stories_that_only_got_another_id() -> None:
    moves = Moves()
    moves.add([Move("a", "s", "t"), Move("b", "s", "t")])
    assert moves.report(2) == Regrouped(2, {}, {})
