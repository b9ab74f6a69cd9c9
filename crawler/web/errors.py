"""What a page is refused for. Each message is one line in English; its kind is put in the
visitor's language."""


class PageError(Exception):
    """A request that ends in no page. status: of the HTTP response. kind: what templates have a
    text for."""

    status = 500
    kind = "failure"


class BadRequest(PageError):
    """A parameter that makes no sense; the message names it."""

    status = 400
    kind = "parameter"


class BadQuery(BadRequest):
    """A query that cannot be meant, or asks for too much."""

    kind = "query"


class UnknownNameAsked(BadRequest):
    """A name of an outlet, country, source or place that nothing has."""

    kind = "name"


class Forbidden(PageError):
    """A request that another site has made a visitor's browser send."""

    status = 403
    kind = "form"


class NotFound(PageError):
    """Nothing is stored under that address."""

    status = 404
    kind = "absent"


class Gone(PageError):
    """What stood there was removed for good."""

    status = 410
    kind = "removed"


class TooManyAttempts(PageError):
    """Too many wrong tokens from one address at once."""

    status = 429
    kind = "attempts"
