"""Where a story stands, by any name that it has or had."""

from crawler.dedup import AddressError
from crawler.finding import find_story as find
from crawler.finding import find_tombstone
from crawler.web.errors import BadRequest, Gone
from crawler.web.site import Visit


async def find_story(visit: Visit, name: str) -> str | None:
    """Return the id of the story that the id or address `name` leads to; None if there is no such
    story. Raises Gone for one of which nothing is left, BadRequest for what is neither."""
    reader, outlets = visit.site.reader, tuple(visit.site.outlets.values())
    try:
        story_id = await find(reader, name, outlets)
        if story_id is None and (removed := await find_tombstone(reader, name, outlets)):
            raise Gone(f"this story was removed on {removed.forgotten:%Y-%m-%d}")
    except AddressError as error:
        raise BadRequest(f"{error}, nor the id of a story") from None
    return story_id
