import pytest

from crawler.spiders.base import OutletSpider
from tests.pipelines.conftest import SahifaSpider


@pytest.fixture(scope="session")
def spider_class() -> type[OutletSpider]:
    """The spider of an outlet of ours."""
    return SahifaSpider
