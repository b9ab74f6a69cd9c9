"""The rules that every row of the gazetteer keeps, whoever adds it."""

import re
from collections import Counter
from collections.abc import Iterator

from crawler.gazetteer import Entry, gazetteer

URDU_LETTERS = set("ٹڈڑںےہکیگپچھ")
ARABIC_LETTERS = set("كيىةأإ")
# UrduPoint prints its name in Urdu in its Arabic stories too.
IN_URDU_LETTERS = {"urdupoint-arabic", "pakistan-point-news"}


def entries() -> list[Entry]:
    return list(gazetteer().by_id.values())


def outlets() -> Iterator[Entry]:
    """Yield the sources that publish on hosts of their own."""
    houses = ("agency", "newspaper", "broadcaster", "site")
    return (entry for entry in entries() if entry.source.kind in houses and entry.hosts)


def test_a_host_is_bare_and_has_at_most_one_folder() -> None:
    hosts = [host for entry in entries() for host in entry.hosts]
    shape = r"([a-z0-9-]+\.)+[a-z]{2,}(/[a-z]+)?"
    assert [host for host in hosts if not re.fullmatch(shape, host)] == []


def test_no_host_is_two_sources() -> None:
    hosts = Counter(host for entry in entries() for host in entry.hosts)
    assert [host for host, sources in hosts.items() if sources > 1] == []


def test_a_folder_is_an_edition_on_its_publishers_host() -> None:
    for entry in entries():
        for host in entry.hosts:
            domain, folder, _ = host.partition("/")
            if folder:
                assert domain in gazetteer().entry(entry.part_of).hosts, entry.source.id


def test_a_publisher_is_no_edition_itself() -> None:
    editions = [entry for entry in entries() if entry.part_of]
    publishers = {gazetteer().entry(entry.part_of).source.id for entry in editions}
    assert publishers.isdisjoint(entry.source.id for entry in editions)


def test_an_outlet_has_all_that_a_declaration_takes_from_it() -> None:
    for entry in outlets():
        assert entry.source.country, entry.source.id
        assert entry.language, entry.source.id
        assert entry.native, entry.source.id


def test_a_native_name_is_in_the_letters_of_its_language() -> None:
    for entry in outlets():
        if entry.language == "ur":
            assert ARABIC_LETTERS.isdisjoint(entry.native), entry.source.id
        if entry.language == "ar" and entry.source.id not in IN_URDU_LETTERS:
            assert URDU_LETTERS.isdisjoint(entry.native), entry.source.id


def test_an_edition_that_prints_its_publishers_name_does_not_take_it() -> None:
    """Elsewhere the name is the publisher's, in whatever language it is printed."""
    edition = gazetteer().entry("irna-arabic")
    publisher = gazetteer().entry("irna")
    assert edition.native == publisher.native
    assert edition.native not in edition.names
    assert gazetteer().outlet(edition.native) == publisher
