"""How much one client may ask for: so many requests a minute, and so many exports.

Each client has a bucket (the generic cell rate algorithm, ITU-T I.371): a time up to which it has used what it may. A
request moves that time on by its share of a minute, from now at the earliest; one that would move it more than a minute
ahead of now is refused. So a client may ask for a minute's worth at once, and goes on at the steady rate.

The buckets lie in shared memory that is made before the workers part ways: all workers count together. They take no
lock: when two count the same client in the same microsecond, one request may go uncounted. Which bucket is a client's
is decided by a hash of its address with a key of this start; no address is kept, and nobody can choose to fall into
another's bucket. Two clients that do by accident (1 pair in 65,536) share its limit.
"""

import mmap
import os
import time
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from math import ceil

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from web.settings import Settings

_BUCKETS = 1 << 16
_MINUTE = 60.0  # seconds
_OF_A_CLIENT = 8  # bytes of an IPv6 address: a household has 2 ** 64 of them, which differ in the rest
_UNCOUNTED = frozenset(("assets", "health", "metrics"))
"""Blueprints that may be asked for anything: files that a browser keeps for good, and what watches over the service."""


class Buckets:
    """Counts what clients ask for; ``rate`` is how much one may ask for in a minute."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._share = _MINUTE / rate
        self._clock = clock  # one for all processes of a machine
        self._used = memoryview(mmap.mmap(-1, _BUCKETS * 8)).cast("d")
        self._key = os.urandom(16)

    def wait(self, client: str) -> float:
        """Count a request: 0 when it may be answered, else in how many seconds the client may ask again."""
        bucket, now = self._bucket(client), self._clock()
        used = max(self._used[bucket], now) + self._share
        if used - now > _MINUTE + 1e-6:
            return used - now - _MINUTE
        self._used[bucket] = used
        return 0.0

    def _bucket(self, client: str) -> int:
        digest = blake2b(_household(client), digest_size=4, key=self._key).digest()
        return int.from_bytes(digest) % _BUCKETS


def _household(client: str) -> bytes:
    """What clients are told apart by: an IPv4 address, the first half of an IPv6 one."""
    try:
        address = ip_address(client)
    except ValueError:  # a proxy may say "unknown", and a Unix socket has no address
        return client.encode()
    if isinstance(address, IPv6Address):
        return (address.ipv4_mapped or address).packed[:_OF_A_CLIENT]
    return address.packed


def _is_export(endpoint: str) -> bool:
    """Whether what answers reads thousands of releases; a part of the site map does too."""
    return endpoint == "sitemap.part" or endpoint.rpartition(".")[2].startswith("export_")


def register(app: Flask, settings: Settings) -> None:
    """Let ``app`` refuse, with 429, what is more than the settings allow. Register this before what answers early."""
    every = Buckets(settings.rate) if settings.rate else None
    exports = Buckets(settings.exports) if settings.exports else None

    def count() -> None:
        if request.blueprint in _UNCOUNTED:
            return
        client = request.remote_addr or ""
        for buckets in (every, exports if _is_export(request.endpoint or "") else None):
            if buckets and (wait := buckets.wait(client)):
                raise TooManyRequests(retry_after=ceil(wait))

    app.before_request(count)
