"""The default of every setting, with its reason. Override them with `-s NAME=VALUE` or, where a
setting reads one, an environment variable."""

import os

from crawler import __version__

BOT_NAME = "khabar"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"
# Reports a broken declaration in one line that names its file, not in a traceback.
SPIDER_LOADER_CLASS = "crawler.spiders.loader.OutletLoader"

# Settings of our own

# The URI of the store: sqlite:///PATH or mongodb://HOST/DATABASE.
STORE_URI = os.environ.get("KHABAR_STORE_URI", "sqlite:///khabar.db")
# The token of `scrapy serve`, where the site is open to others; "" on one's own machine.
WEB_TOKEN = os.environ.get("KHABAR_WEB_TOKEN", "")
# The file in which articles wait while the store is away; a mark of the store is added to its name.
# The next run into the same store, and no other, stores them first.
SPOOL = os.environ.get("KHABAR_SPOOL", "khabar-spool.jsonl")
# True: a crawl fetches articles that are new or may have changed. False: it fetches all announced
# articles, also those that are in the store.
INCREMENTAL = True
# Seconds from its publication until an article is checked again, each later check being due at
# three times the age of the check before; 0: in every run.
REVISIT_AFTER = 3600.0
# Seconds from a first failure until an address is tried again, four times as long after each later
# failure; 0: in every run.
RETRY_AFTER = 1800.0
# Seconds between two runs of an outlet under `crawlall --due`: the first value after a run that
# found news, doubled after each run that found none, at most the second.
CRAWL_EVERY = 1200.0
CRAWL_EVERY_MOST = 14400.0
# Seconds after which a run begins no further request; 0: no bound. What is left comes first in the
# next run. In an hour an outlet with a delay of two seconds is asked for 1,800 pages, more than any
# announces in a day, and one that wants the longest delay (PATIENCE) for twelve.
RUN_SECONDS = 3600.0
# Seconds without a sign of life after which another machine may take over the crawl of an outlet.
LEASE_SECONDS = 90.0
# Hours for which a site that refused a crawl is left alone.
REFUSED_PAUSE = 24.0
# Notified when a run has changed an outlet's state (see `scrapy health`): an address that JSON is
# posted to, and a command, run without a shell, that reads it from its standard input.
HEALTH_WEBHOOK = os.environ.get("KHABAR_HEALTH_WEBHOOK", "")
HEALTH_COMMAND = os.environ.get("KHABAR_HEALTH_COMMAND", "")
# Names of outlets, with commas between them, that no command crawls.
OUTLETS_OFF = os.environ.get("KHABAR_OUTLETS_OFF", "")
# Names that the items of spiders other than OutletSpider have for the fields of an Article, beside
# our own and `title`, `text`, `date`, `author` and `source`: {"teaser": "description"}. None for a
# name says that it is no field of ours.
ARTICLE_FIELDS: dict[str, str | None] = {}
# The zone (IANA) of the dates of such items that say none. None: they cannot be read.
ARTICLE_ZONE = None
# A folder of recorded exchanges to crawl instead of the network, e.g. "fixtures".
REPLAY = None
# A day (UTC) or an instant: of several recordings of one address the newest that was fetched by
# then is replayed. None: the newest of all.
REPLAY_AT = None

ADDONS = {
    "crawler.health.log.LogAddon": 50,
    "crawler.replay.addon.ReplayAddon": 100,
    "crawler.fetching.ssrf_guard.GuardAllowCheck": 200,
    "crawler.pipelines.items.ArticleSettingsCheck": 300,
}

ITEM_PIPELINES = {
    "crawler.pipelines.items.ItemsPipeline": 50,
    "crawler.pipelines.validate.ValidatePipeline": 100,
    "crawler.pipelines.dates.DatesPipeline": 200,
    "crawler.pipelines.sources.SourcesPipeline": 300,
    "crawler.pipelines.fingerprint.FingerprintPipeline": 400,
    "crawler.pipelines.store.StorePipeline": 500,
}
SPIDER_MIDDLEWARES = {
    # Next to the engine, so that it sees the requests as Scrapy's own middlewares leave them.
    "crawler.runs.budget.RunBudget": 10,
    # In place of Scrapy's own, which drops what is too long and tells nobody.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "crawler.runs.url_length.UrlLength": 800,
}
DOWNLOADER_MIDDLEWARES = {
    # Above Robots, which would ask for a robots.txt.
    "crawler.runs.budget.Deadline": 50,
    # In place of Scrapy's own: it crawls a site whose robots.txt it could not read.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.fetching.robots.Robots": 100,
    # These two above HttpCompression (590), to read a challenge, and below Retry (550), whose
    # requests wait as Backoff says.
    "crawler.fetching.backoff.Backoff": 560,
    "crawler.fetching.refusal_limit.RefusalLimit": 562,
    "crawler.fetching.early_stop.EarlyStop": 565,
    "crawler.fetching.pacing.Pacing": 570,
    # In place of Scrapy's own, which asks anew for a page that refreshes itself.
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.fetching.meta_refresh.MetaRefresh": 580,
    # Just below HttpCompression, so that it sees the body as it came.
    "crawler.fetching.truncation.TruncationCheck": 595,
}
EXTENSIONS = {
    "crawler.health.watch.ErrorWatch": 100,
    "crawler.health.progress.ProgressLine": 200,
    # Opens the store, begins the run and winds both up.
    "crawler.runs.session.CrawlSession": 300,
}
# Both listen and take commands; nothing here needs them.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Politeness

# An honest name, and whom a site can write to: set KHABAR_CONTACT to your newsroom's address or
# page.
CONTACT = os.environ.get("KHABAR_CONTACT", "")
_COMMENT = f"news archive crawler; {CONTACT}" if CONTACT else "news archive crawler"
USER_AGENT = f"Khabar/{__version__} ({_COMMENT})"
ROBOTSTXT_OBEY = True
# The product token that robots.txt names us by (RFC 9309, 2.2.1); other words of the user agent
# would match too.
ROBOTSTXT_USER_AGENT = "Khabar"
# Seconds between two requests; an outlet's `delay` replaces it. Two seconds is the delay with which
# running scrapers of these sites get by.
DOWNLOAD_DELAY = 2.0
# The delay is a promise, not an average.
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
# News pages are public; a cookie only ties requests together.
COOKIES_ENABLED = False
DOWNLOAD_TIMEOUT = 30
RETRY_TIMES = 2
# Seconds; a refresh that waits as long or longer is not followed. A page that leads on shows itself
# for five at most; one that waits longer is read by people, and goes home when they have left it.
METAREFRESH_MAXDELAY = 6
# Seconds that a host group waits after 429 or 503 without Retry-After, doubled with each such
# answer in a row: with three waits a site has three and a half minutes to recover before the crawl
# leaves it alone.
BACKOFF_DELAY = 30.0
BACKOFF_TIMES = 3
# The longest wait that a site can ask for (Retry-After, Crawl-delay, Request-rate), in seconds. A
# site that asks for more is left alone until another day: coming sooner is against its wish, and
# waiting keeps a run from its end.
PATIENCE = 300.0
# Refusing answers in a row (401, 403, 451, a challenge) that end a crawl. A few pages of a site may
# be closed; a site that refuses so many, with no open page between them, does not want us.
REFUSED_AFTER = 5

# Safety

DOWNLOAD_VERIFY_CERTIFICATES = True
# Bytes. The largest real document at hand has 1.1 MB (a full-text feed); 20 times that is not news.
DOWNLOAD_MAXSIZE = 24 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# A sitemap can name file: and ftp: addresses; only the web is read.
DOWNLOAD_HANDLERS = dict.fromkeys(
    ("http", "https"), "crawler.fetching.ssrf_guard.GuardedHandler"
) | dict.fromkeys(("file", "ftp", "s3", "data"))
# No address of a page may lead into the network that the crawler stands in.
TWISTED_DNS_RESOLVER = "crawler.fetching.ssrf_guard.GuardedResolver"
# Private networks that may be reached all the same, for example a test server's:
# 127.0.0.0/8,10.1.0.0/16.
GUARD_ALLOW = os.environ.get("KHABAR_GUARD_ALLOW", "")
# A proxy would resolve names in place of the guard: switch it on only with a proxy that refuses
# private networks itself.
HTTPPROXY_ENABLED = False

# Output

# The table at the end tells the results; the log is for errors and warnings.
LOG_LEVEL = os.environ.get("KHABAR_LOG_LEVEL", "WARNING")
FEED_EXPORT_ENCODING = "utf-8"
