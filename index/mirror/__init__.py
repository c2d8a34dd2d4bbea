"""A copy of the public g0v.se archive in a folder, in the layout that :mod:`index.sources.g0v` reads.

- ``client``: one polite connection; ``answers``: what comes over it
- ``names``: from an address to a place within the folder, never outside it
- ``checks``: what a list, the codes and a page must be to be kept
- ``state``: what is known of the files fetched, and putting a file in its place whole
- ``lists``: the lists that are here, and those that come in their place
- ``fetching``: what to fetch, in which order; ``outcome``: what came of it

What is known of the service comes from its open source (github.com/civictechsweden/g0vse: README, ``fetch.py``, its
workflows) and from a copy of its files of 2024. It is a static site, made anew every night (1:00 UTC):

- ``/api/latest_updated.json``: ``{"latest_updated": "2026-01-31 01:00:27", "items": 46694, "codes": 412}``
- ``/api/codes.json``: names of the codes of types, senders and categories
- ``/TYPE.json``: a list of records for each first folder of an address, newest first
- ``/TYPE/YYYY/MM/name.md``: the page at the address ``/TYPE/YYYY/MM/name/``. A record may have none, when the page
  could not be read

Nothing of that is relied on further than it has to be: without ``latest_updated`` the lists are looked at, a page that
is not there is asked for again a week later, and what has another form than this is refused by name.
"""

from index.mirror.client import Client, Manners
from index.mirror.fetching import TYPES, fetch
from index.mirror.outcome import Fetched

__all__ = ["TYPES", "Client", "Fetched", "Manners", "fetch"]
