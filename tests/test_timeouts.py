import asyncio
import signal

import pytest


@pytest.mark.timeout(60)
def test_a_test_that_takes_too_long_prints_what_waits(capfd: pytest.CaptureFixture[str]) -> None:
    async def waiting_for_nothing() -> None:
        await asyncio.sleep(600)

    async def scenario() -> None:
        waiting = asyncio.create_task(waiting_for_nothing())
        await asyncio.sleep(0)
        signal.raise_signal(signal.SIGALRM)
        waiting.cancel()

    with pytest.raises(pytest.fail.Exception, match="Timeout"):
        asyncio.run(scenario())
    assert "in waiting_for_nothing" in capfd.readouterr().err
