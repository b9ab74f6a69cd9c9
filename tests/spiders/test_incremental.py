"""Runs one after the other: each fetches what is new or may have changed, whatever ended the one
before."""

import asyncio
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.storage import open_store
from tests.fetching.site import serving
from tests.mongod import with_database
from tests.spiders.newsroom import Newsroom
from tests.spiders.paper import Paper

NAMES = ["amman", "irbid", "zarqa"]


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serving(Paper(NAMES)) as site:
        assert isinstance(site, Paper)
        yield site
        site.seconds = 0


@pytest.fixture
def newsroom(tmp_path: Path, paper: Paper) -> Newsroom:
    return Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")


@pytest.fixture(params=["sqlite", "mongodb"])
def newsroom_of_either(request: pytest.FixtureRequest, tmp_path: Path, paper: Paper) -> Newsroom:
    if request.param == "sqlite":
        return Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")
    uri = with_database(request.getfixturevalue("mongod_uri"), f"khabar_{tmp_path.name}")
    return Newsroom(tmp_path, paper, uri)


def test_a_second_run_asks_for_the_feed_alone_and_writes_nothing(
    newsroom_of_either: Newsroom,
) -> None:
    newsroom, paper = newsroom_of_either, newsroom_of_either.paper
    newsroom.crawl()
    assert set(paper.asked()) == {"/robots.txt", "/feed.xml", *(f"/story/{name}" for name in NAMES)}
    newsroom.crawl()
    assert set(paper.asked()) == {"/robots.txt", "/feed.xml"}
    assert paper.not_modified == {"/feed.xml": 1}
    run = newsroom.last_run()
    assert (run.status, run.found, run.known, run.fetched, run.unchanged) == ("done", 3, 3, 0, 0)
    assert newsroom.stored() == dict.fromkeys(NAMES, 0)


def test_without_validators_the_same_bytes_end_the_work(newsroom: Newsroom, paper: Paper) -> None:
    paper.etags = False
    newsroom.crawl(REVISIT_AFTER=0)
    newsroom.crawl()
    run = newsroom.last_run()
    assert (run.known, run.fetched, run.unmodified, run.unchanged) == (3, 3, 3, 0)


def test_what_is_new_is_fetched_and_a_correction_is_found(newsroom_of_either: Newsroom) -> None:
    newsroom, paper = newsroom_of_either, newsroom_of_either.paper
    newsroom.crawl(REVISIT_AFTER=0)
    paper.stories = ["aqaba", *NAMES]
    paper.corrected = {"irbid"}
    paper.asked()
    newsroom.crawl()
    assert paper.not_modified == {"/story/amman": 1, "/story/zarqa": 1}
    run = newsroom.last_run()
    assert (run.new_stories, run.revisions, run.unmodified, run.known) == (1, 1, 2, 0)
    assert newsroom.stored() == {"aqaba": 0, "irbid": 1, "amman": 0, "zarqa": 0}
    paper.asked()
    newsroom.crawl()
    assert set(paper.asked()) == {"/robots.txt", "/feed.xml"}


def test_a_site_is_asked_one_thing_at_a_time_even_without_a_delay(
    newsroom: Newsroom, paper: Paper
) -> None:
    paper.seconds = 0.2
    newsroom.crawl()
    assert paper.most_at_once == 1
    assert set(newsroom.stored()) == set(NAMES)


def test_after_a_kill_the_next_run_goes_on_from_the_frontier(newsroom_of_either: Newsroom) -> None:
    newsroom, paper = newsroom_of_either, newsroom_of_either.paper
    names = paper.stories = [f"n{number}" for number in range(60)]
    paper.seconds = 0.1
    newsroom.kill_when(5)
    done = newsroom.looked_at()
    assert done < set(names)
    assert done <= set(newsroom.stored()), "nothing is done with before it is stored"
    paper.asked()
    paper.stories = []  # what the killed run had found is in no feed any more
    paper.seconds = 0
    said = newsroom.crawl()
    assert "taking over from a run that ended without a word" in said
    assert set(newsroom.stored()) == set(names)
    assert {path for path in paper.asked() if path.startswith("/story")} == {
        f"/story/{name}" for name in names if name not in done
    }


def test_two_runs_at_once_and_the_second_ends_with_a_clear_line(
    newsroom_of_either: Newsroom,
) -> None:
    newsroom, paper = newsroom_of_either, newsroom_of_either.paper
    paper.seconds = 60
    first = newsroom.start()
    while not paper.arrivals:
        assert first.poll() is None
        time.sleep(0.01)
    said = newsroom.crawl(status=14)
    assert said.count("\n") == 1
    assert f"waha: already being crawled, by process {first.pid} on " in said
    assert newsroom.last_run().status == "running"
    first.kill()
    first.communicate()
    paper.seconds = 0
    newsroom.crawl()
    assert set(newsroom.stored()) == set(NAMES)


def test_a_run_that_is_told_to_stop_stops_and_the_next_goes_on(
    newsroom: Newsroom, paper: Paper
) -> None:
    paper.stories = [f"n{number}" for number in range(40)]
    paper.seconds = 0.1
    process = newsroom.start()
    while len(paper.arrivals) < 6:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 10
    assert newsroom.last_run().status == "interrupted"
    paper.seconds = 0
    newsroom.crawl()
    assert len(newsroom.stored()) == 40


def test_a_run_that_slept_past_its_lease_writes_nothing_more(
    mongod_uri: str, tmp_path: Path, paper: Paper
) -> None:
    newsroom = Newsroom(tmp_path, paper, with_database(mongod_uri, f"khabar_{tmp_path.name}"))
    paper.stories = [f"n{number}" for number in range(30)]
    paper.seconds = 0.1
    process = newsroom.start(LEASE_SECONDS=2)
    while len(paper.arrivals) < 6:
        time.sleep(0.01)

    async def take_over() -> None:
        async with open_store(newsroom.store) as store:
            await store.take_lease("waha", "another", 600)

    process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(2.5)
        asyncio.run(take_over())
        before = set(newsroom.stored())
    finally:  # also when the tests are interrupted: a stopped process heeds no other signal
        process.send_signal(signal.SIGCONT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 14, said
    assert "another run has taken this crawl over" in said
    assert len(set(newsroom.stored()) - before) < 8, (
        "no more than what was being saved when it fell asleep"
    )


def test_a_jobdir_that_a_crash_left_is_refused_and_others_are_not(
    newsroom: Newsroom, paper: Paper
) -> None:
    jobs = newsroom.folder / "job"
    paper.seconds = 60
    first = newsroom.start(JOBDIR=jobs)
    while not paper.arrivals:
        assert first.poll() is None
        time.sleep(0.01)
    assert "another crawl is at work in it" in newsroom.crawl(status=14, JOBDIR=jobs)
    first.kill()
    first.communicate()
    assert "was left by a crawl that was killed" in newsroom.crawl(status=2, JOBDIR=jobs)
    paper.seconds = 0
    newsroom.crawl(JOBDIR=newsroom.folder / "other")
    newsroom.crawl(JOBDIR=newsroom.folder / "other")
    assert set(newsroom.stored()) == set(NAMES)


def test_a_page_that_failed_is_tried_again_and_one_that_is_gone_given_up(
    newsroom: Newsroom, paper: Paper
) -> None:
    paper.broken = {"irbid": 500, "zarqa": 404}
    newsroom.crawl(status=10, RETRY_ENABLED=False, RETRY_AFTER=0)
    assert set(newsroom.stored()) == {"amman"}
    paper.broken = {"zarqa": 404}
    newsroom.crawl(RETRY_AFTER=0)
    assert set(newsroom.stored()) == {"amman", "irbid"}
    newsroom.crawl(RETRY_AFTER=0)
    paper.asked()
    newsroom.crawl(RETRY_AFTER=0)
    assert "/story/zarqa" not in paper.asked()


def test_an_archive_is_walked_day_by_day_and_what_lies_outside_is_left_for_others(
    newsroom: Newsroom, paper: Paper
) -> None:
    newsroom.discover(f'Listing(url="http://127.0.0.1:{paper.port}/day/{{date:%Y-%m-%d}}")')
    paper.dates = {"amman": "2021-08-01", "irbid": "2021-08-15", "zarqa": "2021-09-01"}
    newsroom.crawl("-a", "since=2021-08-01", "-a", "until=2021-09-01")
    asked = paper.asked()
    assert sum(path.startswith("/day/2021-08-") for path in asked) == 31
    assert set(newsroom.stored()) == {"amman", "irbid"}
    newsroom.crawl("-a", "since=2021-08-01", "-a", "until=2021-09-02")
    asked = paper.asked()
    assert [path for path in asked if path.startswith("/story")] == ["/story/zarqa"]


def test_a_walk_through_the_archive_takes_nothing_from_the_everyday_runs(
    newsroom: Newsroom, paper: Paper
) -> None:
    paper.broken = {"zarqa": 500}
    newsroom.crawl(status=10, RETRY_ENABLED=False, RETRY_AFTER=0)
    paper.broken = {}
    newsroom.crawl("-a", "since=2021-08-01", "-a", "until=2021-09-01")
    newsroom.crawl()
    assert set(newsroom.stored()) == set(NAMES)


def test_a_site_that_refused_is_left_alone_for_a_day(newsroom: Newsroom, paper: Paper) -> None:
    paper.broken = {"feed.xml": 403}
    newsroom.crawl(status=12)
    paper.broken = {}
    paper.asked()
    said = newsroom.crawl(status=12)
    assert "waha: the site refused the last crawl; not before" in said
    assert not paper.asked()
    newsroom.crawl(REFUSED_PAUSE=0)
    assert set(newsroom.stored()) == set(NAMES)


def test_one_closed_page_does_not_shut_the_outlet(newsroom: Newsroom, paper: Paper) -> None:
    newsroom.crawl()
    paper.stories = ["aqaba", *NAMES]
    paper.broken = {"aqaba": 403}
    newsroom.crawl(status=10)
    newsroom.crawl("-a", f"url=http://127.0.0.1:{paper.port}/story/aqaba", status=12)
    paper.broken = {}
    newsroom.crawl(RETRY_AFTER=0)
    paper.asked()
    newsroom.crawl()
    assert "/feed.xml" in paper.asked()


def test_a_feed_that_stays_empty_is_told_each_time(newsroom: Newsroom, paper: Paper) -> None:
    paper.stories = []
    newsroom.crawl(status=11)
    newsroom.crawl(status=11)


def test_an_address_that_was_mistyped_is_no_business_of_everyday_runs(
    newsroom: Newsroom, paper: Paper
) -> None:
    newsroom.crawl("-a", f"url=http://127.0.0.1:{paper.port}/storry/irbid", status=11)
    newsroom.crawl(RETRY_AFTER=0)
    assert set(newsroom.stored()) == set(NAMES)
    assert paper.asked()["/storry/irbid"] == 1


def test_one_address_that_is_asked_for_is_read_anew_changed_or_not(
    newsroom: Newsroom, paper: Paper
) -> None:
    newsroom.crawl()
    newsroom.crawl("-a", f"url=http://127.0.0.1:{paper.port}/story/irbid")
    run = newsroom.last_run()
    assert (run.found, run.fetched, run.unmodified, run.unchanged) == (1, 1, 0, 1)


def test_all_is_fetched_again_when_that_is_asked_for(newsroom: Newsroom, paper: Paper) -> None:
    newsroom.crawl()
    newsroom.crawl(INCREMENTAL=False)
    run = newsroom.last_run()
    assert (run.fetched, run.unchanged, run.unmodified) == (3, 3, 0)


def test_another_identity_moves_what_is_stored_before_the_crawl(
    newsroom_of_either: Newsroom,
) -> None:
    newsroom, paper = newsroom_of_either, newsroom_of_either.paper
    newsroom.crawl()
    module = newsroom.folder / "waha.py"
    module.write_text(
        module.read_text("utf-8").replace("delay=0,", 'rewrites=(("^/story/", "/s/"),), delay=0,'),
        encoding="utf-8",
    )
    paper.asked()
    newsroom.crawl()
    assert newsroom.stored() == dict.fromkeys(NAMES, 0)
    assert newsroom.last_run().new_stories == 0
    paths = {urlsplit(address).path for address in newsroom.canonical_addresses()}
    assert paths == {f"/s/{name}" for name in NAMES}
