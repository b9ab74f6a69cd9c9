"""The sources that a name, as people write it, may mean."""

import pytest

from crawler.gazetteer.names import ids_named


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("sputnik", {"sputnik"}),
        ("Sputnik", {"sputnik", "sputnik-arabic"}),
        ("سبوتنيك", {"sputnik", "sputnik-arabic"}),
        ("وكالة رويترز", {"reuters"}),
        ("روئٹرز", {"reuters"}),
        ("bbc_ur", {"bbc-urdu"}),
        ("aljazeera.net", {"al-jazeera"}),
        ("", set()),
        ("وكالة الميناء", set()),
    ],
)
def test_a_source_goes_by_its_id_and_by_all_its_names(name: str, ids: set[str]) -> None:
    assert ids_named(name) == ids


def test_an_id_means_that_source_alone_and_a_name_its_editions_too() -> None:
    assert ids_named("bbc") == {"bbc"}
    assert {"bbc", "bbc-arabic", "bbc-urdu"} <= ids_named("BBC")


def test_a_name_of_several_papers_means_all_of_them() -> None:
    assert {"al-watan-sa", "el-watan-eg", "al-watan-sy"} <= ids_named("الوطن")
