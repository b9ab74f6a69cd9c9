"""`scrapy serve`: the reading room, a web site over the store."""

import argparse
import sys

from scrapy.exceptions import UsageError

from crawler.health.status import Status
from crawler.spiders.crawled import state_off_crawl
from crawler.storage import open_reader
from crawler.store_command import StoreCommand, add_zone_option, read_zone_option

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
        parser.add_argument("--token", help="what visitors must show; at least 16 letters")
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
            help="a proxy that lets in its own users, named in the header Remote-User",
        )
        parser.add_argument(
            "--images", action="store_true", help="let browsers fetch the outlets' images"
        )
        parser.add_argument("--log-requests", action="store_true", help="a line for each request")
        add_zone_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"unexpected argument {args[0]!r}", print_help=False)
        try:
            import uvicorn  # noqa: F401
        except ImportError:
            message = 'the reading room needs more: pip install "khabar[web]"'
            raise UsageError(message, print_help=False) from None
        assert self.settings is not None
        token = opts.token or self.settings["WEB_TOKEN"] or ""
        self._check(opts, token)
        self.execute(self.serve(opts, token))

    async def serve(self, opts: argparse.Namespace, token: str) -> Status:
        """Serve the site until a signal ends it."""
        from crawler.web.app import make_app
        from crawler.web.security import Access
        from crawler.web.server import bind, serve
        from crawler.web.site import Site

        outlets = {outlet.name: outlet for outlet in self.declared_outlets()}
        countries = {name: outlet.country for name, outlet in outlets.items()}
        assert self.settings is not None
        states = {name: state_off_crawl(each, self.settings) for name, each in outlets.items()}
        off = {name: state for name, state in states.items() if state}
        broken = self.broken_declarations()
        async with open_reader(self.store_uri, countries=countries) as reader:
            try:
                listening = bind(opts.host, opts.port)
            except OSError as error:
                print(f"scrapy serve: {opts.host}:{opts.port}: {error.strerror}", file=sys.stderr)
                return Status.USAGE
            port = listening.getsockname()[1]
            site = Site(reader, outlets, read_zone_option(opts.zone), opts.images, off, broken)
            access = Access(
                hosts=frozenset((*_LOCAL, opts.host, *(each.lower() for each in opts.allow_host))),
                token=token,
                trusted_proxies=frozenset(opts.trusted_proxy),
            )
            host = f"[{opts.host}]" if ":" in opts.host else opts.host
            print(f"The reading room: http://{host}:{port}/ (Ctrl-C ends it)", flush=True)
            with listening:
                await serve(make_app(site, access), listening, log_requests=opts.log_requests)
        return Status.DONE

    def _check(self, opts: argparse.Namespace, token: str) -> None:
        """Raise UsageError for a site that all the network could read."""
        from crawler.web.security import MIN_TOKEN_LENGTH

        if token and len(token) < MIN_TOKEN_LENGTH:
            message = f"--token: at least {MIN_TOKEN_LENGTH} letters"
            raise UsageError(message, print_help=False)
        if opts.host not in _LOCAL and not token:
            message = f"--host {opts.host}: all the network could read it; give a --token"
            raise UsageError(message, print_help=False)


def _port(text: str) -> int:
    """Return a number of a port. Raises ValueError and ArgumentTypeError, which argparse prints."""
    port = int(text)
    if not 0 <= port <= _MAX_PORT:
        raise argparse.ArgumentTypeError(f"a number from 0 to {_MAX_PORT}")
    return port
