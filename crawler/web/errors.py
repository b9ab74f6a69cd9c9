"""What a page is refused for. Each message is one line for the visitor."""


class PageError(Exception):
    """A request that ends in no page. status: of the HTTP response."""

    status = 500


class BadRequest(PageError):
    """A parameter that makes no sense; the message names it."""

    status = 400


class NotFound(PageError):
    """Nothing is stored under that address."""

    status = 404


class Gone(PageError):
    """What stood there was removed for good."""

    status = 410
