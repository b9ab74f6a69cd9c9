"""The add-on in the settings of a project that is not ours."""

from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from crawler import settings as defaults
from crawler.addon import KhabarAddon
from crawler.pipelines.items import ArticleSettingsCheck
from crawler.pipelines.store import StorePipeline
from crawler.runs.session import CrawlSession


class OwnPipeline:
    """A pipeline of the project's."""


def settings_of(**values: Any) -> Settings:
    settings = Settings(values, priority="project")
    KhabarAddon.update_pre_crawler_settings(settings)
    KhabarAddon().update_settings(settings)
    return settings


def test_our_pipelines_stand_behind_the_projects_own_in_our_order() -> None:
    order = settings_of(ITEM_PIPELINES={OwnPipeline: 900}).getdict("ITEM_PIPELINES")
    ours = sorted(defaults.ITEM_PIPELINES, key=defaults.ITEM_PIPELINES.__getitem__)
    assert sorted(order, key=order.__getitem__) == [OwnPipeline, *map(load_object, ours)]


def test_what_the_project_sets_stays() -> None:
    path = f"{StorePipeline.__module__}.{StorePipeline.__name__}"
    own = {"STORE_URI": "sqlite:///own.db", "ITEM_PIPELINES": {path: 300}, "EXTENSIONS": {}}
    settings = settings_of(**own)
    assert settings["STORE_URI"] == "sqlite:///own.db"
    assert settings["SPOOL"] == defaults.SPOOL
    pipelines = settings.getdict("ITEM_PIPELINES")
    assert (pipelines[path], StorePipeline in pipelines) == (300, False)
    assert CrawlSession in settings.getdict("EXTENSIONS")
    assert settings["ROBOTSTXT_OBEY"] == Settings()["ROBOTSTXT_OBEY"]


BAD_FIELDS = [
    ({"lead": "headlin"}, "'lead': 'headlin' is none of authors, "),
    ({"lead": ["headline"]}, "'lead': ['headline'] is none of authors, "),
    (["lead"], " is no mapping of names: "),
    ("{", " is no mapping of names: "),
]


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("STORE_URI", "redis://secret@host", "store URI (redis://...): expected sqlite:///PATH or"),
        ("STORE_URI", "sqlite://khabar.db", "store URI (sqlite): expected sqlite:///PATH of a"),
        ("ARTICLE_ZONE", "Karachi", "ARTICLE_ZONE: 'Karachi' is no zone"),
        ("ARTICLE_ZONE", 5, "ARTICLE_ZONE: 5 is no zone"),
        ("TWISTED_REACTOR", "twisted.internet.selectreactor.SelectReactor", "TWISTED_REACTOR: "),
        *(("ARTICLE_FIELDS", value, message) for value, message in BAD_FIELDS),
    ],
)
def test_a_setting_that_cannot_be_used_ends_the_process_in_one_line(
    setting: str, value: object, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        settings_of(**{setting: value})
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1
    assert "secret" not in told


def test_the_projects_own_settings_check_them_too() -> None:
    assert f"{ArticleSettingsCheck.__module__}.ArticleSettingsCheck" in defaults.ADDONS


def test_an_empty_zone_is_none() -> None:
    assert settings_of(ARTICLE_ZONE="")["ARTICLE_ZONE"] == ""
