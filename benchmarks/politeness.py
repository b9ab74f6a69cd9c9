"""The spacing that a site sees: crawls of a server of ours that notes when each request arrives.

    .venv/bin/python benchmarks/politeness.py

Each row is one crawl of ten stories on the hosts www. and m. of a domain, announced on rss. (about
two minutes in all). `promised` is the least that may lie between one request and the next.
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
    """Seconds between the requests of one crawl."""
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
        assert min(gaps) >= promised, f"{name}: {min(gaps)}"
        print(
            f"| {name} | {promised:.1f} | {len(gaps) + 1} | {min(gaps):.3f} | {statistics.mean(gaps):.3f} "
            f"| {max(gaps):.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
