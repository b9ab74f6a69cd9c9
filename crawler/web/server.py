"""Running the site until a signal ends it."""

import asyncio
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_GRACE = 2  # seconds for the requests under way
_BACKLOG = 128
_MAX_CONNECTIONS = 400  # with the store's own files well below the usual 1024 of a process
_HEAD_SECONDS = 10.0  # that a client has to send the head of a request
_ANSWER_SECONDS = 60.0  # and then to send the rest and to take the answer


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens there. Raises OSError, also for a port in use and for a name
    that has no address."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = found[0]
    return socket.create_server((str(address[0]), port), family=family, backlog=_BACKLOG)


class Ending:
    """SIGTERM and Ctrl-C within the block: they end the server, and the block where none runs yet.
    Asked twice, it does not wait for the requests under way. Behind the block they are ignored,
    since the process is ending already."""

    def __init__(self) -> None:
        self._asked = 0
        self._server: uvicorn.Server | None = None
        task = asyncio.current_task()
        assert task is not None
        self._task = task

    def __enter__(self) -> "Ending":
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> bool:
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_IGN)
        return kind is asyncio.CancelledError and self._asked > 0

    def ends(self, server: uvicorn.Server) -> None:
        """Have the signals end `server` from now on."""
        self._server = server

    def _ask(self) -> None:
        self._asked += 1
        if self._server is None:
            self._task.cancel()
        else:
            self._server.force_exit = self._server.should_exit  # asked twice
            self._server.should_exit = True


async def serve(app: Starlette, listening: socket.socket, ending: Ending) -> None:
    """Answer requests until `ending` is asked for, then end those under way."""
    config = uvicorn.Config(
        app,
        http=_Connection,
        ws="none",
        lifespan="off",
        log_config=None,  # the site logs by itself: this one would tell what visitors keep secret
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config)
    ending.ends(server)
    await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Leaves signals to `Ending`: uvicorn raises them once more when it has ended, and they would
    end the process before the store is closed. Ends connections that take too long."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        # What has been cancelled ends, before the store is closed under it.
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # each second
            for connection in list(self.server_state.connections):
                if isinstance(connection, _Connection):
                    connection.end_if_slow()
        return await super().on_tick(counter)


class _Connection(H11Protocol):
    """A connection whose client does not have all the time in the world. Where there are too many,
    the one that has waited longest for a request makes room."""

    _since = 0.0  # when it began to wait for a request, or to answer one
    _was_waiting = True

    @property
    def is_waiting(self) -> bool:
        """True between two requests, and until the head of one is complete."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = time.monotonic()
        if len(self.connections) > _MAX_CONNECTIONS:
            all_of_them = [each for each in self.connections if isinstance(each, _Connection)]
            waiting = [each for each in all_of_them if each.is_waiting and each is not self]
            min(waiting, key=lambda each: each._since, default=self).end()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._was_waiting and not self.is_waiting:
            self._since = time.monotonic()
        self._was_waiting = self.is_waiting

    def on_response_complete(self) -> None:
        self._since = time.monotonic()
        self._was_waiting = True
        super().on_response_complete()

    def end_if_slow(self) -> None:
        """End the connection if its client has had its time."""
        is_sending = not self.is_waiting or self.transport.get_write_buffer_size() > 0
        allowed = _ANSWER_SECONDS if is_sending else _HEAD_SECONDS
        if time.monotonic() > self._since + allowed:
            self.end()

    def end(self) -> None:
        """End the connection at once, with what is left to be sent."""
        self.connections.discard(self)
        self.transport.abort()
