"""How requests go to the nodes of a cluster: to the next when one fails, and never for longer than there is time."""

from collections.abc import Collection, Mapping
from typing import Any

import orjson
from opensearchpy import JSONSerializer, SerializationError, Transport, TransportError, Urllib3HttpConnection
from urllib3 import Timeout

from index.opensearch.connection import seconds_left, within

_REACHING = 1.0  # seconds after which a node that can't even be reached is given up for the next


class Orjson(JSONSerializer):
    """JSON by orjson, as everywhere else here: an answer of a hundred kilobytes takes the standard library longer."""

    def dumps(self, data: Any) -> Any:
        """What is sent, as text; text is sent as it is."""
        return data if isinstance(data, str | bytes) else orjson.dumps(data).decode()

    def loads(self, data: str) -> Any:
        """What was answered. Raises :class:`SerializationError` for what is no JSON."""
        try:
            return orjson.loads(data)
        except ValueError as error:
            raise SerializationError(data[:100], error) from error


class Punctual(Transport):
    """A transport that tries other nodes only for as long as one answer may take.

    A node that let the time run out is left alone for a while, like one that can't be reached.
    """

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The cluster's answer. Raises an error of opensearch-py, at the latest when the time is up."""
        with within(timeout or (params or {}).get("request_timeout") or self.kwargs["timeout"]):
            return super().perform_request(method, url, params, body, timeout, ignore, headers)


class Node(Urllib3HttpConnection):
    """A connection to one node, which gets what is left of the time."""

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The node's answer, or an error of opensearch-py."""
        left = seconds_left()
        if left <= 0:  # no ConnectionTimeout: that would have this node left alone, which was not asked
            raise TransportError("TIMEOUT", "no time is left", None)
        limits: Any = Timeout(connect=min(_REACHING, left / 2), total=left)  # handed on to urllib3 as it is
        return super().perform_request(method, url, params, body, limits, ignore, headers)
