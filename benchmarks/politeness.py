"""Measure the spacing of requests: crawl a server that records when each request arrives.

    .venv/bin/python benchmarks/politeness.py

Each row is one crawl of ten stories on the hosts www. and m. of a domain, announced on rss. (about
two minutes in all). `promised` is the least time that may lie between two requests.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.fetching.site import Reply, Site, serving  # noqa: E402

HOSTS = ("www.example.com", "m.example.com", "rss.example.com")
# Name -> seconds promised, the outlet's delay in seconds, and the server's replies by path.
CASES: dict[str, tuple[float, float, dict[str, list[Reply]]]] = {
    "the outlet's delay": (2.0, 2.0, {}),
    "redirects, 500s and resets among them": (
        2.0,
        2.0,
        {
            "/story/0": [Reply(500), Reply()],
            "/story/1": [Reply(0), Reply()],
            "/story/2": [Reply(302)],
        },
    ),
    "Crawl-delay: 4": (
        4.0,
        2.0,
        {"/robots.txt": [Reply(text="User-agent: Khabar\nCrawl-delay: 4\n")]},
    ),
    "Request-rate: 1/3s": (
        3.0,
        1.0,
        {"/robots.txt": [Reply(text="User-agent: *\nRequest-rate: 1/3s\n")]},
    ),
}


def crawled(site: Site, delay: float, folder: Path) -> list[float]:
    """Return the seconds between the requests of one crawl."""
    site.stories = [f"{HOSTS[number % 2]}/story/{number}" for number in range(10)]
    spider = site.spider(folder, hosts=HOSTS, feed="rss.example.com/feed.xml", delay=delay)
    settings = {
        "GUARD_ALLOW": "127.0.0.0/8",
        "STORE_URI": f"sqlite:///{folder}/khabar.db",
        "SPOOL": f"{folder}/spool",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy.cmdline", "runspider", str(spider), *options]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return site.gaps()


def main() -> None:
    """Print the table; raise AssertionError when a promise is broken."""
    print("| spacing by | promised s | requests | least s | mean s | most s |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, (promised, delay, replies) in CASES.items():
        with serving(Site()) as site, tempfile.TemporaryDirectory() as folder:
            moved = {"Location": site.url("m.example.com/story/moved")}
            site.replies = {
                path: [Reply(302, moved) if reply.status == 302 else reply for reply in answers]
                for path, answers in replies.items()
            }
            gaps = crawled(site, delay, Path(folder))
        least, mean, most = min(gaps), statistics.mean(gaps), max(gaps)
        assert least >= promised, f"{name}: {least}"
        spacing = f"{least:.3f} | {mean:.3f} | {most:.3f}"
        print(f"| {name} | {promised:.1f} | {len(gaps) + 1} | {spacing} |", flush=True)


if __name__ == "__main__":
    main()
