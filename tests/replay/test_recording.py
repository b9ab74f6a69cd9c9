import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.settings import Settings

from crawler.replay import Recordings, ReplayError
from crawler.replay.addon import ReplayAddon
from crawler.replay.cache_storage import RecordedStorage

URL = "https://news.example/1"


class TestWhatIsRecorded:
    def test_a_hop_is_found_by_its_address_with_all_that_was_recorded(
        self, fixtures: Any, make_hop: Any
    ) -> None:
        fixtures.record(
            "gazette/one",
            make_hop(
                URL,
                status=203,
                headers={"Set-Cookie": ["a=1", "b=2"], "ETag": "x"},
                body="page.html",
            ),
            page_html="خبر".encode(),
        )

        found = Recordings.load(fixtures.path).find(URL)

        assert found is not None
        assert (found.url, found.status, found.body.decode(), found.outlet) == (
            URL,
            203,
            "خبر",
            "gazette",
        )
        assert found.headers == {"Set-Cookie": ("a=1", "b=2"), "ETag": ("x",)}
        assert found.fetched_at == datetime(2024, 3, 1, 8, tzinfo=UTC)

    def test_a_hop_without_body_has_an_empty_one(self, fixtures: Any, make_hop: Any) -> None:
        fixtures.record("gazette/one", make_hop(URL, status=301), make_hop(URL + "2", body=None))
        recordings = Recordings.load(fixtures.path)

        assert [recordings.find(url).body for url in (URL, URL + "2")] == [b"", b""]  # type: ignore[union-attr]

    def test_an_object_with_hops_is_an_exchange_too(self, fixtures: Any, make_hop: Any) -> None:
        exchange = fixtures.record("gazette/one")
        exchange.write_text(json.dumps({"hops": [make_hop(URL)]}))

        assert Recordings.load(fixtures.path).find(URL) is not None

    @pytest.mark.parametrize(
        "asked",
        [
            "https://news.example/%D8%AE%D8%A8%D8%B1?a=1&b=2",
            "https://news.example/%d8%ae%d8%a8%d8%b1?b=2&a=1#comments",
            "https://news.example/خبر?a=1&b=2",
        ],
    )
    def test_spelling_of_an_address_does_not_matter(
        self, asked: str, fixtures: Any, make_hop: Any
    ) -> None:
        fixtures.record("gazette/one", make_hop("https://news.example/خبر?a=1&b=2"))

        assert Recordings.load(fixtures.path).find(asked) is not None
        assert Recordings.load(fixtures.path).find("http://news.example/خبر?a=1&b=2") is None

    @pytest.mark.parametrize("below", ["", "gazette", "gazette/one"])
    def test_any_folder_above_a_case_will_do(
        self, below: str, fixtures: Any, make_hop: Any
    ) -> None:
        fixtures.record("gazette/one", make_hop(URL))

        recordings = Recordings.load(fixtures.path / below)

        assert recordings.find(URL) is not None
        assert recordings.newest("gazette") is not None

    def test_the_newest_recording_is_the_outlet_s_own(self, fixtures: Any, make_hop: Any) -> None:
        fixtures.record("gazette/one", make_hop(URL, fetched_at="2024-03-01T08:00:00+05:00"))
        fixtures.record("gazette/two", make_hop(URL + "2", fetched_at="2024-03-01T04:00:00Z"))
        fixtures.record("herald/one", make_hop(URL + "3", fetched_at="2025-01-01T00:00:00Z"))
        recordings = Recordings.load(fixtures.path)

        assert recordings.newest("gazette") == datetime(2024, 3, 1, 4, tzinfo=UTC)
        assert recordings.newest("monitor") is None

    def test_an_address_recorded_twice_alike_is_the_later_one(
        self, fixtures: Any, make_hop: Any
    ) -> None:
        moved = {"status": 301, "headers": {"location": "/1"}}
        fixtures.record("gazette/one", make_hop(URL, **moved, fetched_at="2024-03-02T00:00:00Z"))
        fixtures.record("gazette/two", make_hop(URL, **moved))

        found = Recordings.load(fixtures.path).find(URL)

        assert found is not None
        assert found.file.parent.name == "one"


class TestSeveralAnswers:
    @pytest.fixture
    def folder(self, fixtures: Any, make_hop: Any) -> Path:
        """An address that was recorded on three days, its answers in no order."""
        for case, day in (("b", "02"), ("c", "03"), ("a", "01")):
            hop = make_hop(URL, body="page.html", fetched_at=f"2024-03-{day}T08:00:00+00:00")
            fixtures.record(f"gazette/{case}", hop, page_html=case.encode())
        return fixtures.path  # type: ignore[no-any-return]

    @pytest.mark.parametrize(
        ("at", "body"),
        [
            (None, b"c"),
            (datetime(2024, 3, 3, 8, tzinfo=UTC), b"c"),
            (datetime(2024, 3, 3, 7, 59, tzinfo=UTC), b"b"),
            (datetime(2024, 3, 1, 8, tzinfo=UTC), b"a"),
        ],
    )
    def test_the_newest_that_was_fetched_by_then_is_the_answer(
        self, at: datetime | None, body: bytes, folder: Path
    ) -> None:
        found = Recordings.load(folder, at).find(URL)

        assert found is not None
        assert found.body == body

    def test_the_clock_stands_at_the_newest_of_those(self, folder: Path) -> None:
        recordings = Recordings.load(folder, datetime(2024, 3, 2, 12, tzinfo=UTC))

        assert recordings.newest("gazette") == datetime(2024, 3, 2, 8, tzinfo=UTC)

    def test_a_folder_in_which_nothing_is_that_old_is_refused(self, folder: Path) -> None:
        with pytest.raises(ReplayError, match="nothing in it was fetched by 2024-02-29"):
            Recordings.load(folder, datetime(2024, 2, 29, tzinfo=UTC))

    @pytest.mark.parametrize(
        ("replay_at", "body"),
        [
            (None, b"c"),
            ("2024-03-02", b"b"),
            ("2024-03-02T07:00:00+00:00", b"a"),
            ("2024-03-02T13:00:00+05:00", b"b"),
        ],
    )
    def test_the_setting_takes_a_day_or_an_instant(
        self, replay_at: str | None, body: bytes, folder: Path
    ) -> None:
        storage = RecordedStorage(Settings({"REPLAY": str(folder), "REPLAY_AT": replay_at}))

        response = storage.retrieve_response(Spider("gazette"), Request(URL))

        assert response is not None
        assert response.body == body

    @pytest.mark.parametrize("replay_at", ["", "yesterday", "2024-03-02T07:00:00", "2024-02-30"])
    def test_the_setting_takes_nothing_else(self, replay_at: str, folder: Path) -> None:
        with pytest.raises(ReplayError, match=f"REPLAY_AT: {replay_at!r} "):
            RecordedStorage(Settings({"REPLAY": str(folder), "REPLAY_AT": replay_at}))

    @pytest.mark.parametrize("replay_at", ["", "2024-03-02"])
    def test_alone_it_is_an_error_and_no_leave_to_crawl(
        self, replay_at: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            ReplayAddon.update_pre_crawler_settings(Settings({"REPLAY_AT": replay_at}))

        assert ended.value.code == 2
        assert "REPLAY_AT is set, and REPLAY names no recordings" in capsys.readouterr().err


class TestForms:
    @pytest.mark.parametrize("form", ["section=%D8%B9&page=2", {"section": "ع", "page": "2"}])
    def test_an_answer_is_found_by_what_was_sent(
        self, form: object, fixtures: Any, make_hop: Any
    ) -> None:
        fixtures.record("gazette/form", make_hop(URL, form=form, body="a.html"), a_html=b"form")
        fixtures.record("gazette/page", make_hop(URL, body="a.html"), a_html=b"page")
        storage = RecordedStorage(Settings({"REPLAY": str(fixtures.path)}))

        def answer(**arguments: Any) -> bytes | None:
            response = storage.retrieve_response(Spider("gazette"), Request(URL, **arguments))
            return response.body if response else None

        assert answer() == b"page"
        assert answer(method="POST", body="section=%D8%B9&page=2") == b"form"
        assert answer(method="POST", body="section=%D8%B9&page=3") is None
        assert answer(method="POST") is None
        assert answer(method="HEAD") is None


Break = Callable[[Any, Any], object]


class TestWhatCannotBeUsed:
    @pytest.mark.parametrize(
        ("write", "complaint"),
        [
            (lambda f, _: f.record("gazette/one").write_text("[{"), "one/exchange.json: Expecting"),
            (
                lambda f, _: f.record("gazette/one").write_bytes(b"\xff"),
                "one/exchange.json: .*utf-8",
            ),
            (lambda f, _: f.record("gazette/one"), "not a list of hops"),
            (lambda f, _: f.record("gazette/one").write_text('{"url": 1}'), "not a list of hops"),
            (lambda f, hop: f.record("gazette/one", hop(None)), "hop 1: url: None"),
            (
                lambda f, hop: f.record("gazette/one", hop(URL), hop(URL, status="200")),
                "hop 2: status: '200'",
            ),
            (lambda f, hop: f.record("gazette/one", hop(URL, headers=[1])), "hop 1: "),
            (lambda f, hop: f.record("gazette/one", hop(URL, headers={"A": 1})), "hop 1: "),
            (
                lambda f, hop: f.record("gazette/one", hop(URL, fetched_at="2024-03-01")),
                "no offset from UTC",
            ),
            (
                lambda f, hop: f.record("gazette/one", hop(URL, fetched_at="yesterday")),
                "hop 1: .*yesterday",
            ),
            (
                lambda f, hop: f.record("gazette/one", hop(URL, body="page.html")),
                "no file 'page.html'",
            ),
            (
                lambda f, hop: f.record("g/one", hop(URL, body="../page.html")),
                "no file '../page.html'",
            ),
            (lambda f, hop: f.record("g/one", hop(URL, form=7)), "hop 1: "),
            (lambda f, hop: f.record("g/one", hop(URL, form={"page": 2})), "form: page: 2 is not"),
            (lambda f, hop: f.record("g/one", hop("http://[news/")), "one/exchange.json: 'http://"),
        ],
    )
    def test_it_is_said_in_one_line_that_names_the_file(
        self, write: Break, complaint: str, fixtures: Any, make_hop: Any
    ) -> None:
        write(fixtures, make_hop)

        with pytest.raises(ReplayError, match=complaint) as raised:
            Recordings.load(fixtures.path)
        assert "exchange.json: " in str(raised.value)
        assert "\n" not in str(raised.value)

    @pytest.mark.parametrize(
        "other",
        [{"status": 404}, {"body": "page.html"}, {"headers": {"Location": "/2"}}],
    )
    def test_two_answers_of_one_address_and_time_are_refused(
        self, other: dict[str, Any], fixtures: Any, make_hop: Any
    ) -> None:
        fixtures.record("gazette/one", make_hop(URL))
        fixtures.record("herald/two", make_hop(URL, **other), page_html=b"x")

        with pytest.raises(
            ReplayError, match=r"herald/two/exchange.json: .*news.example/1 .*gazette/one/exchange"
        ):
            Recordings.load(fixtures.path)

    def test_a_folder_without_recordings_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ReplayError, match=r"no exchange.json in it or below"):
            Recordings.load(tmp_path)
        with pytest.raises(ReplayError, match="nowhere: not a folder"):
            Recordings.load(tmp_path / "nowhere")

    def test_a_warc_file_is_not_supported_yet(self, tmp_path: Path) -> None:
        with pytest.raises(ReplayError, match="not supported yet"):
            Recordings.load(tmp_path / "crawl.warc.gz")
