"""A watch tells of each story once, and at least once, on both stores."""

from collections.abc import Callable

import pytest

from crawler.health.hooks import HookError
from crawler.storage import Store, Told
from crawler.watches import MAX_FAILURES, Message, Outcome, Watch
from tests.storage.conftest import mongodb_uri, sqlite_uri, store
from tests.storage.samples import HOUR, NOON, SyncStore, article

__all__ = ["mongodb_uri", "sqlite_uri", "store"]

HARBOUR = "وسعت الهيئة الميناء القديم هذا العام بأرصفة جديدة تستقبل السفن الكبيرة"
RAIN = "هطلت أمطار غزيرة على المدينة مساء أمس وأغلقت طرقا عدة أمام السيارات"
MARKET = "افتتح السوق الجديد أبوابه للزوار وسط إقبال كبير من سكان الأحياء القريبة"
BRIDGE = "أغلقت البلدية الجسر الغربي أسبوعا لإصلاح حواجزه بعد حادث الشهر الماضي"


class Hook:
    """A hook that keeps what it is sent, and fails while `fails` says so."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.fails: Callable[[Message], bool] = lambda _: False

    async def send(self, message: Message) -> None:
        self.messages.append(message)
        if self.fails(message):
            raise HookError("answered 500")

    def take(self) -> list[Message]:
        """The messages since the last call."""
        taken, self.messages = self.messages, []
        return taken


@pytest.fixture
def hook() -> Hook:
    return Hook()


def tell(
    store: SyncStore,
    hook: Hook,
    name: str = "ports",
    *,
    changes: bool = False,
    silently: bool = False,
    **filters: object,
) -> Outcome:
    async def told(opened: Store) -> Outcome:
        send = None if silently else hook.send
        return await Watch(opened, name, send, changes=changes).tell(opened.stories(**filters))

    return store.run(told)


def test_each_story_is_told_once_under_each_name(store: SyncStore, hook: Hook) -> None:
    store.save(article("a", HARBOUR), article("b", RAIN, published=NOON))
    assert tell(store, hook) == Outcome(stories=2)
    told = hook.take()
    assert [message.story for message in told] == store.stories()
    assert {message.event for message in told} == {"new_story"}
    assert len({message.id for message in told}) == 2
    store.save(article("c", MARKET))
    assert tell(store, hook).stories == 1
    assert [message.story.copies[0].outlet for message in hook.take()] == ["c"]
    assert tell(store, hook) == Outcome()
    assert tell(store, hook, "other").stories == 3


def test_a_new_copy_makes_no_new_story_though_it_be_the_earliest(
    store: SyncStore, hook: Hook
) -> None:
    store.save(article("late", HARBOUR, published=NOON))
    tell(store, hook)
    (first,) = hook.take()
    store.save(article("early", HARBOUR, published=NOON - 5 * HOUR))
    (story,) = store.stories()
    assert story.id != first.story.id
    assert tell(store, hook, changes=True) == Outcome()
    assert hook.take() == []


def test_what_fails_is_told_again_with_the_same_id(store: SyncStore, hook: Hook) -> None:
    store.save(article("late", HARBOUR, published=NOON))
    hook.fails = lambda _: True
    assert tell(store, hook) == Outcome(failed=1, failure="answered 500")
    store.save(article("early", HARBOUR, published=NOON - 5 * HOUR))
    hook.fails = lambda _: False
    assert tell(store, hook).stories == 1
    failed, arrived = hook.take()
    assert failed.id == arrived.id
    assert failed.story.id != arrived.story.id
    assert tell(store, hook) == Outcome()


def test_a_death_while_a_message_is_sent_sends_it_again_with_its_id(
    store: SyncStore, hook: Hook
) -> None:
    class Killed(BaseException):
        pass

    def die(_: Message) -> bool:
        raise Killed

    store.save(article("a", HARBOUR))
    hook.fails = die
    with pytest.raises(Killed):
        tell(store, hook)
    hook.fails = lambda _: False
    assert tell(store, hook).stories == 1
    before, after = hook.take()
    assert before == after


def test_one_bad_message_holds_up_no_other(store: SyncStore, hook: Hook) -> None:
    store.save(*[article(name, text) for name, text in (("a", HARBOUR), ("b", RAIN))])
    hook.fails = lambda message: message.story.copies[0].outlet == "b"
    assert tell(store, hook) == Outcome(stories=1, failed=1, failure="answered 500")
    assert len(hook.take()) == 2
    assert tell(store, hook).failed == 1
    assert [message.story.copies[0].outlet for message in hook.take()] == ["b"]


def test_a_hook_that_is_down_is_left_alone(store: SyncStore, hook: Hook) -> None:
    texts = (HARBOUR, RAIN, MARKET, BRIDGE)
    store.save(*[article(f"a/{n}", text) for n, text in enumerate(texts)])
    hook.fails = lambda _: True
    outcome = tell(store, hook)
    assert (outcome.failed, outcome.stopped) == (MAX_FAILURES, True)
    assert len(hook.take()) == MAX_FAILURES
    hook.fails = lambda _: False
    assert tell(store, hook).stories == len(texts)


def test_a_change_is_told_if_asked_for_and_once(store: SyncStore, hook: Hook) -> None:
    store.save(article("a", HARBOUR), article("b", RAIN))
    tell(store, hook)
    hook.take()
    (saved,) = store.save(article("a", HARBOUR, headline="غيره", fetched_at=NOON + HOUR))
    hook.fails = lambda _: True
    assert tell(store, hook, changes=True).failed == 1
    hook.fails = lambda _: False
    assert tell(store, hook, changes=True) == Outcome(changes=1)
    failed, arrived = hook.take()
    assert failed == arrived
    assert (arrived.event, arrived.changed) == ("change", (saved.article_id,))
    assert arrived.story.headline == "غيره"
    assert tell(store, hook, changes=True) == Outcome()


def test_a_change_that_nobody_asked_for_is_not_told_later(store: SyncStore, hook: Hook) -> None:
    store.save(article("a", HARBOUR))
    tell(store, hook)
    store.save(article("a", HARBOUR, headline="غيره", fetched_at=NOON + HOUR))
    tell(store, hook)
    assert tell(store, hook, changes=True) == Outcome()


def test_a_new_story_is_no_change_too(store: SyncStore, hook: Hook) -> None:
    store.save(article("a", HARBOUR))
    store.save(article("a", HARBOUR, headline="غيره", fetched_at=NOON + HOUR))
    assert tell(store, hook, changes=True) == Outcome(stories=1)
    assert tell(store, hook, changes=True) == Outcome()


def test_what_is_there_can_be_noted_without_telling(store: SyncStore, hook: Hook) -> None:
    store.save(article("a", HARBOUR))
    assert tell(store, hook, silently=True).stories == 1
    store.save(article("b", RAIN))
    assert tell(store, hook) == Outcome(stories=1)
    assert [message.story.copies[0].outlet for message in hook.take()] == ["b"]


def test_only_what_matches_is_told(store: SyncStore, hook: Hook) -> None:
    store.save(article("a", HARBOUR), article("b", RAIN))
    tell(store, hook, text="بأرصفة")
    assert [message.story.copies[0].outlet for message in hook.take()] == ["a"]


def test_notes_are_kept_by_watch_and_article(store: SyncStore) -> None:
    notes = [Told(f"{n:032x}", "e", n, n % 2 == 0) for n in range(1200)]

    async def scenario(opened: Store) -> None:
        await opened.put_told("a", notes)
        await opened.put_told("a", [])
        assert await opened.told("a", [note.article_id for note in notes]) == {
            note.article_id: note for note in notes
        }
        assert await opened.told("a", ["missing"]) == {}
        assert await opened.told("a", []) == {}
        assert await opened.told("b", [notes[0].article_id]) == {}
        changed = Told(notes[0].article_id, "f", 9, True)
        await opened.put_told("a", [changed])
        assert await opened.told("a", [changed.article_id]) == {changed.article_id: changed}

    store.run(scenario)
