"""One polite HTTP connection to an archive.

Written on ``http.client``: what is needed beyond a request – a limit of time and of size for a whole answer, a cut
body told from a whole one, redirects within the host only, waiting as the server asks – would have to be written on
top of any library, and the standard one brings no packages with it.
"""

import contextlib
import http.client
import random
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from index.errors import FetchError
from index.mirror.answers import CUT, Again, Answer, NotGiven, read, redirected

_HOPS = 3


@dataclass(frozen=True, slots=True)
class Manners:
    """How to treat the server. All times are seconds.

    ``delay`` lies between two requests. A request that fails for the moment is tried ``tries`` times, after waits of
    ``first_wait``, twice that and so on to ``longest_wait``, each shortened by chance by up to a half, or for as long
    as the server asks. ``asked_wait`` is the longest time that it may ask for, ``waits`` the sum of all waits of a
    run. ``connect`` and ``read`` limit a single step, ``whole`` a request from first to last.
    """

    delay: float = 1.0
    tries: int = 5
    first_wait: float = 2.0
    longest_wait: float = 60.0
    asked_wait: float = 300.0
    waits: float = 900.0
    connect: float = 10.0
    read: float = 30.0
    whole: float = 300.0


class Client:
    """Gets files below the address ``base``, one after the other; close it with :meth:`close`."""

    def __init__(
        self,
        base: str,
        agent: str,
        manners: Manners | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.base = base.rstrip("/") + "/"
        self._agent = agent
        self._manners = manners or Manners()
        self._sleep = sleep
        self._chance = chance
        self._connection: http.client.HTTPConnection | None = None
        self._server: tuple[str, str] | None = None
        self._free_at = 0.0
        self._waited = 0.0

    def close(self) -> None:
        """Hang up. The next request connects again."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def get(self, name: str, limit: int, *, etag: str = "", modified: str = "") -> Answer:
        """The file at ``name``, a path below the base, of at most ``limit`` bytes.

        ``etag`` and ``modified`` are those of an earlier answer: the server may say that it still holds. Raises
        :class:`NotGiven` when the file can't be had, :class:`FetchError` when going on makes no sense.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {header: value for header, value in known.items() if value}
        for attempt in range(1, self._manners.tries + 1):
            try:
                return self._followed(urljoin(self.base, quote(name)), limit, headers)
            except Again as fault:
                if attempt == self._manners.tries:
                    raise NotGiven(f"{fault} ({attempt} tries)") from None
                self._wait(attempt, fault)
        raise NotGiven("it was not tried")

    def _wait(self, attempt: int, fault: Again) -> None:
        manners = self._manners
        if fault.wait > manners.asked_wait:
            raise FetchError(f"the archive asks to be left alone for {fault.wait:.0f} s ({fault}). Run it again then.")
        wait = min(manners.longest_wait, manners.first_wait * 2 ** (attempt - 1)) * (1 - self._chance() / 2)
        wait = max(wait, fault.wait)
        if self._waited + wait > manners.waits:
            raise FetchError(f"the archive kept failing ({fault}). Run it again later to go on.")
        self._waited += wait
        self._sleep(wait)

    def _followed(self, url: str, limit: int, headers: Mapping[str, str]) -> Answer:
        for _ in range(_HOPS + 1):
            answer = self._exchange(url, limit, headers)
            if isinstance(answer, Answer):
                return answer
            url = redirected(url, answer)
        raise NotGiven(f"it was redirected more than {_HOPS} times")

    def _exchange(self, url: str, limit: int, headers: Mapping[str, str]) -> Answer | str:
        """The answer to one request, or the address that it leads on to."""
        self._keep_distance()
        ours = {"User-Agent": self._agent, "Accept-Encoding": "gzip", **headers}
        try:
            connection = self._connected(url)
            with _at_most(self._manners.whole, connection.sock):
                connection.request("GET", _target(url), headers=ours)
                response = connection.getresponse()
                answer = read(response, limit)
            if not response.isclosed():
                self.close()
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise FetchError(
                f"{self.base} has no valid certificate: {error.verify_message}. Check the address."
            ) from None
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Again(_said(error)) from error
        except BaseException:
            self.close()  # what is left unread must not be taken for the next answer
            raise
        finally:
            self._free_at = time.monotonic() + self._manners.delay
        return answer

    def _keep_distance(self) -> None:
        early = self._free_at - time.monotonic()
        if early > 0:
            self._sleep(early)

    def _connected(self, url: str) -> http.client.HTTPConnection:
        parts = urlsplit(url)
        if self._server != (parts.scheme, parts.netloc):
            self.close()
        self._server = (parts.scheme, parts.netloc)
        if not self._connection or not self._connection.sock:
            self._connection = _connection(parts.scheme, parts.netloc, self._manners.connect)
            self._connection.connect()
            self._connection.sock.settimeout(self._manners.read)
        return self._connection


def _connection(scheme: str, server: str, timeout: float) -> http.client.HTTPConnection:
    """A connection that is not open yet; one with TLS goes over the proxy of the environment, if there is one."""
    if scheme == "http":
        return http.client.HTTPConnection(server, timeout=timeout)
    proxy = urlsplit(urllib.request.getproxies().get("https", ""))
    if not proxy.hostname or urllib.request.proxy_bypass(server):
        return http.client.HTTPSConnection(server, timeout=timeout)
    connection = http.client.HTTPSConnection(proxy.hostname, proxy.port or 8080, timeout=timeout)
    connection.set_tunnel(server)
    return connection


@contextmanager
def _at_most(seconds: float, connection: socket.socket) -> Iterator[None]:
    """Hang up when the block takes longer, also on a server that sends a byte now and then."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)  # not TLS's own, which the reader may be amid

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, Again):
        if late.is_set():
            raise Again(f"it took longer than {seconds:g} s") from None
        raise
    finally:
        timer.cancel()


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _said(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return CUT
    if isinstance(error, TimeoutError):
        return "the server does not answer in time"
    if isinstance(error, OSError):
        return f"the server can't be reached: {error.strerror or error}"
    return f"the server does not speak HTTP as it should: {type(error).__name__}"
