"""What a log shows of text that pages wrote."""

import io
import logging

import pytest

from crawler.health.log import SafeRecord

EVIL = "\x1b[31mred\x07\r\n2026-01-01 [khabar] ERROR: forged\u202e\x9b31m"


@pytest.fixture
def log() -> tuple[logging.Logger, io.StringIO]:
    """A logger whose records are made as a crawl's are, and what its handler writes."""
    logger, written = logging.Logger("test"), io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("[%(name)s] %(message)s"))
    logger.addHandler(handler)
    logger.makeRecord = lambda *args, **_: SafeRecord(*args[:8])  # type: ignore[method-assign]
    return logger, written


def test_a_message_is_one_line_and_its_controls_are_shown(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, written = log
    logger.warning("%s: %s", "خبر", EVIL)
    escaped = r"\x1b[31mred\x07\r\n2026-01-01 [khabar] ERROR: forged\u202e\x9b31m"
    assert written.getvalue() == f"[test] خبر: {escaped}\n"


def test_what_a_traceback_says_cannot_pass_for_a_record(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, written = log
    try:
        raise ValueError(EVIL + " http://reader:secret@host/")
    except ValueError:
        logger.exception("failed")
    first, *others = written.getvalue().removesuffix("\n").split("\n")
    assert first == "[test] failed"
    assert others[0] == "Traceback (most recent call last):"
    assert all(line.startswith("    ") for line in others[1:])
    assert not {"\x1b", "\u202e", "\x9b", "\r"} & {*written.getvalue()}
    assert "secret" not in written.getvalue()


def test_line_breaks_of_the_call_itself_are_kept_and_indented(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, written = log
    logger.warning("Enabled:\n%s", "one\ntwo")
    assert written.getvalue() == "[test] Enabled:\n    one\n    two\n"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("mongodb://reader:se%40cret@db.example/khabar", "mongodb://***@db.example/khabar"),
        ("http://reader:se@cret@host/", "http://***@host/"),
        ("https://host/@name?mail=a@b.example", "https://host/@name?mail=a@b.example"),
        ("https://host?mail=a@b.example", "https://host?mail=a@b.example"),
    ],
)
def test_passwords_in_addresses_are_not_shown(
    log: tuple[logging.Logger, io.StringIO], address: str, shown: str
) -> None:
    logger, written = log
    logger.warning("at %s", address)
    assert written.getvalue() == f"[test] at {shown}\n"
