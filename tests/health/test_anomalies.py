"""Where a share becomes unusual, by counts alone."""

import pytest

from crawler.health.anomalies import BASELINE_RUNS, Outbreak, detect_outbreak

Counts = list[tuple[int, int]]
NEVER: Counts = [(0, 5)] * 100
HALF: Counts = [(3, 6)] * 100


@pytest.mark.parametrize(
    ("newest", "before", "found"),
    [
        ([(3, 3)], NEVER, Outbreak(3, 3, 0.0)),
        ([(2, 2)], NEVER, None),
        ([(1, 1), (1, 1), (1, 1)], NEVER, Outbreak(3, 3, 0.0)),
        ([(0, 0), (3, 3)], NEVER, Outbreak(3, 3, 0.0)),
        ([(9, 5)], NEVER, Outbreak(5, 5, 0.0)),
        ([(6, 6)] * 3, HALF, None),
        ([(6, 6)] * 6, HALF, Outbreak(36, 36, 0.5)),
        # A clear rise, but not far enough on the way from the usual to all.
        ([(90, 600)], NEVER, None),
        ([(150, 600)], NEVER, Outbreak(150, 600, 0.0)),
        # The last run is well, or as good as well, whatever came before it.
        ([(0, 5), (5, 5), (5, 5)], NEVER, None),
        ([(1, 20), (20, 20)], NEVER, None),
        # Too little before it to know what is usual.
        ([(9, 9)], NEVER[: BASELINE_RUNS - 1], None),
        ([(9, 9)], NEVER[:BASELINE_RUNS], Outbreak(9, 9, 0.0)),
        ([], [], None),
        ([(0, 0)], [], None),
    ],
)
def test_an_outbreak_is_the_newest_runs_that_differ_most(
    newest: Counts, before: Counts, found: Outbreak | None
) -> None:
    assert detect_outbreak(newest + before, rise=0.2) == found


def test_the_last_run_needs_so_many_hits() -> None:
    counts = [(1, 1)] * 9 + NEVER
    assert detect_outbreak(counts, rise=0.2, min_hits=2) is None
    assert detect_outbreak(counts, rise=0.2, min_hits=1) == Outbreak(9, 9, 0.0)


def test_what_is_more_common_needs_more_of_it() -> None:
    needed = []
    for usual in (0, 1, 3, 5):
        before = [(usual, 10)] * 100
        needed.append(
            next(n for n in range(1, 200) if detect_outbreak([(n, n), *before], rise=0.2))
        )
    assert needed == sorted(needed)
    assert needed[0] <= 3
    assert 15 <= needed[-1] <= 30
