"""`scrapy serve`: the reading room, a web site over the store."""

import argparse
import re
import sys
from collections.abc import Callable
from ipaddress import ip_address
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.health.status import Status
from crawler.spiders.crawled import state_off_crawl
from crawler.storage import open_reader
from crawler.store_command import (
    StoreCommand,
    add_zone_option,
    read_zone_option,
    refuse_arguments,
)

if TYPE_CHECKING:
    from crawler.web.security import Access

_LOCAL = ("127.0.0.1", "::1", "localhost")
_MAX_PORT = 65535


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Open the reading room: a web site over the stored stories"

    def long_desc(self) -> str:
        return (
            "Serve the stored stories as a read-only web site until Ctrl-C. Under an address of the"
            " network it asks its visitors for a token: --token, or the environment variable"
            " KHABAR_WEB_TOKEN, which no list of processes shows."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--host", default="127.0.0.1", help="address (default: 127.0.0.1)")
        parser.add_argument(
            "--port", type=_port, default=8000, help="0: any that is free (default: 8000)"
        )
        parser.add_argument(
            "--token",
            help="what visitors must show; at least 16 letters. Better: KHABAR_WEB_TOKEN",
        )
        parser.add_argument(
            "--allow-host",
            metavar="NAME",
            action="append",
            default=[],
            help="a further name under which the site is asked, e.g. news.example.org",
        )
        parser.add_argument(
            "--trusted-proxy",
            metavar="ADDRESS",
            action="append",
            default=[],
            help="the address of a proxy that says in X-Forwarded-Proto if it was asked by https",
        )
        parser.add_argument(
            "--user-header",
            metavar="NAME",
            default="",
            help="the header, e.g. Remote-User, in which the proxy names a user whom it has let in",
        )
        parser.add_argument(
            "--images", action="store_true", help="let browsers fetch the outlets' images"
        )
        parser.add_argument("--log-requests", action="store_true", help="a line for each request")
        add_zone_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        try:
            import babel  # noqa: F401
            import jinja2  # noqa: F401
            import starlette  # noqa: F401
            import uvicorn  # noqa: F401
        except ImportError:
            message = 'the reading room needs more: pip install "khabar[web]"'
            raise UsageError(message, print_help=False) from None
        assert self.settings is not None
        if opts.token is not None:
            print(
                "scrapy serve: --token stands in the list of processes, which other users of this"
                " machine can read; the environment variable KHABAR_WEB_TOKEN does not",
                file=sys.stderr,
            )
        token = self.settings["WEB_TOKEN"] if opts.token is None else opts.token
        self.execute(self.serve(opts, read_access(opts, token)))

    async def serve(self, opts: argparse.Namespace, access: "Access") -> Status:
        """Serve the site until a signal ends it."""
        from crawler.web.app import make_app
        from crawler.web.log import log_to_stderr
        from crawler.web.server import Ending, bind, serve
        from crawler.web.site import Site

        zone = read_zone_option(opts.zone)
        outlets = {outlet.name: outlet for outlet in self.declared_outlets()}
        countries = {name: outlet.country for name, outlet in outlets.items()}
        assert self.settings is not None
        states = {name: state_off_crawl(each, self.settings) for name, each in outlets.items()}
        off = {name: state for name, state in states.items() if state}
        broken = self.broken_declarations()
        with Ending() as ending:
            async with open_reader(self.store_uri, countries=countries) as reader:
                try:
                    listening = bind(opts.host, opts.port)
                except OSError as error:
                    why = error.strerror or str(error)
                    print(f"scrapy serve: {opts.host}:{opts.port}: {why}", file=sys.stderr)
                    return Status.USAGE
                site = Site(reader, outlets, zone, opts.images, off, broken)
                app = make_app(site, access, log_requests=opts.log_requests)
                host = f"[{opts.host}]" if ":" in opts.host else opts.host
                port = listening.getsockname()[1]
                log_to_stderr()
                print(f"The reading room: http://{host}:{port}/ (Ctrl-C ends it)", flush=True)
                with listening:
                    await serve(app, listening, ending)
        return Status.DONE


def read_access(opts: argparse.Namespace, token: str) -> "Access":
    """Return who is let in. Raises UsageError for a site that all the network could read, and for
    values that make no sense."""
    from crawler.web.hosts import allowed_host
    from crawler.web.security import MIN_TOKEN_LENGTH, Access

    is_token = len(token) >= MIN_TOKEN_LENGTH and re.fullmatch("[!-~]+", token)
    if token and not is_token:
        raise _refused(
            f"token: at least {MIN_TOKEN_LENGTH} letters, digits and signs of ASCII, no spaces"
        )
    if not token:
        if not _is_local(opts.host):
            raise _refused(
                f"--host {opts.host}: all the network could read it; set KHABAR_WEB_TOKEN"
            )
        if opts.trusted_proxy:
            raise _refused(
                "--trusted-proxy: all whom it passes on could read it; set KHABAR_WEB_TOKEN"
            )
    if opts.user_header and not opts.trusted_proxy:
        raise _refused("--user-header: anybody could send it; name the proxy: --trusted-proxy")
    if opts.user_header and not re.fullmatch("[A-Za-z0-9-]+", opts.user_header):
        raise _refused(f"--user-header: {opts.user_header!r} is no name of a header")
    return Access(
        hosts=frozenset(
            _read("--allow-host", text, allowed_host)
            for text in (*_LOCAL, opts.host, *opts.allow_host)
        ),
        token=token,
        trusted_proxies=frozenset(
            _read("--trusted-proxy", text, _address) for text in opts.trusted_proxy
        ),
        user_header=opts.user_header,
    )


def _read(option: str, text: str, read: Callable[[str], str]) -> str:
    try:
        return read(text)
    except ValueError as error:
        raise _refused(f"{option}: {error}") from None


def _address(text: str) -> str:
    """Return an address in its shortest spelling. Raises ValueError."""
    return str(ip_address(text))


def _is_local(host: str) -> bool:
    """Return True for what leads to this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _refused(message: str) -> UsageError:
    return UsageError(message, print_help=False)


def _port(text: str) -> int:
    """Return a number of a port. Raises ValueError and ArgumentTypeError, which argparse prints."""
    port = int(text)
    if not 0 <= port <= _MAX_PORT:
        raise argparse.ArgumentTypeError(f"a number from 0 to {_MAX_PORT}")
    return port
