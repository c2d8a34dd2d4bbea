"""What every source gives: releases that it found and things that it could not read."""

from dataclasses import dataclass

from index.errors import PressokError
from index.release import Release


@dataclass(frozen=True, slots=True)
class Found:
    """A release that a source gave.

    ``source`` is the source as a person would name it: the path given, as text. ``key`` is the source's own
    name for the release: the file's path within the source, the address path of a page, or an id that it states.
    ``units`` counts the pages and records it was made of: a page and its list record are 2.
    """

    release: Release
    source: str
    key: str
    units: int = 1


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that was not read: its name (file, ``file:line``, member of an archive) and why."""

    name: str
    reason: str


Item = Found | Rejected


class SourceError(PressokError):
    """A source as a whole can't be read: it does not exist, or is neither a file nor a folder."""


class Unreadable(Exception):
    """Internal to the sources: one file, page or record can't be read. ``str()`` is the reason."""
