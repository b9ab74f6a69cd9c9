"""Running the site until a signal ends it."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.applications import Starlette

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_GRACE = 3  # seconds for the requests under way


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens there. Raises OSError, also for a port in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)


async def serve(app: Starlette, listening: socket.socket, *, log_requests: bool = False) -> None:
    """Answer requests until SIGTERM or Ctrl-C, then end those under way."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_level="info" if log_requests else "warning",
        access_log=log_requests,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config)
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, server.end)
    try:
        await server.serve(sockets=[listening])
    finally:
        for number in _SIGNALS:
            with suppress(RuntimeError):
                loop.remove_signal_handler(number)


class _Server(uvicorn.Server):
    """Leaves signals to `serve`: uvicorn raises them once more when it has ended, and they would
    end the process before the store is closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def end(self) -> None:
        self.force_exit = self.should_exit  # asked twice
        self.should_exit = True
