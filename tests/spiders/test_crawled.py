from dataclasses import replace

import pytest
from scrapy.settings import Settings

from crawler.outlet import OutletState
from crawler.spiders.ar.youm7 import Youm7Spider
from crawler.spiders.crawled import reason_to_leave_out, state_off_crawl


@pytest.mark.parametrize("state", ["refused", "needs_browser", "dead_discovery"])
def test_an_outlet_whose_state_says_so_is_left_out_but_replayed(state: OutletState) -> None:
    outlet = replace(Youm7Spider.outlet, state=state, evidence="403 in a log of 2025")
    assert reason_to_leave_out(outlet, Settings()) == f"{state}: 403 in a log of 2025"
    assert state_off_crawl(outlet, Settings()) == state
    assert reason_to_leave_out(outlet, Settings({"REPLAY": "fixtures"})) is None


@pytest.mark.parametrize("state", ["working", "unconfirmed"])
def test_an_outlet_that_may_work_is_crawled(state: OutletState) -> None:
    outlet = replace(Youm7Spider.outlet, state=state, evidence="seen in 2026")
    assert reason_to_leave_out(outlet, Settings({"OUTLETS_OFF": "bbc_ar"})) is None
    assert state_off_crawl(outlet, Settings({"OUTLETS_OFF": "bbc_ar"})) is None
    off = Settings({"OUTLETS_OFF": "bbc_ar,youm7", "REPLAY": "fixtures"})
    assert reason_to_leave_out(outlet, off) == "switched off by OUTLETS_OFF"
    assert state_off_crawl(outlet, off) == "off"
