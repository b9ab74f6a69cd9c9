"""Many copies at once, and many articles that are nothing but one notice."""

import subprocess
import sys

import pytest

from crawler.storage import Store
from crawler.storage.likeness import MOST_PRINTS
from tests.mongod import ROOT
from tests.storage.printer import PRINTS, SHARES, prints
from tests.storage.samples import SyncStore, article

NOTICE = "يرجى تفعيل جافا سكريبت في متصفحك لمشاهدة هذه الصفحة كما ينبغي، أو العودة إلى الصفحة الرئيسية"


def test_200_copies_from_8_processes_are_one_story_whatever_their_order(store: SyncStore) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.storage.printer", store.uri]
    processes = [subprocess.Popen([*command, str(share)], cwd=ROOT) for share in range(SHARES)]
    assert [process.wait(120) for process in processes] == [0] * SHARES
    (story,) = store.stories()
    assert len(story.copies) == PRINTS
    dated = [one for share in range(SHARES) for one in prints(share) if one.published]
    assert story.published == min(one.published for one in dated if one.published)


@pytest.mark.parametrize("number", [3 * MOST_PRINTS])
def test_articles_of_one_notice_do_not_blow_the_index_up(store: SyncStore, number: int) -> None:
    notices = [article(f"o{n}/1", NOTICE, headline=f"خبر {n}") for n in range(number)]

    async def save(opened: Store) -> None:
        await opened.save_many(notices)

    store.run(save)
    assert sorted(map(len, store.partition()))[-2:] == [1, MOST_PRINTS]
    assert store.outcomes(article("late", NOTICE)) == ["new_story"]
