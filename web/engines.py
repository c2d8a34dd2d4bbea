"""Which engine answers, and where what it answers from is published: the settings choose, here alone."""

from functools import partial
from typing import Protocol

from index.build import Publishing
from index.errors import SettingsError
from index.opensearch.connection import Connection
from index.publisher import WhooshPublisher
from search.engine import Engine
from search.local import LocalEngine
from web.settings import Settings


class Prepared(Engine, Protocol):
    """An engine that can be made ready before it is asked."""

    def prepare(self) -> None:
        """Make all that is otherwise made when it is first asked for. Where nothing can answer yet, nothing is done."""


def engine_for(settings: Settings) -> Prepared:
    """The engine that answers. Nothing is opened or asked before it is."""
    if settings.engine == "local":
        return LocalEngine(settings.data)
    from search.opensearch import OpenSearchEngine

    return OpenSearchEngine(connection_for(settings))


def publishing_for(settings: Settings) -> Publishing:
    """What publishes the releases of a data folder to where that engine answers from."""
    if settings.engine == "local":
        return WhooshPublisher
    from index.opensearch.publisher import OpenSearchPublisher

    return partial(OpenSearchPublisher, connection_for(settings))


def connection_for(settings: Settings) -> Connection:
    """The cluster that the settings name. Raises :class:`SettingsError` when they name none."""
    if not settings.opensearch_url:
        raise SettingsError("No cluster is named. Set PRESSOK_OPENSEARCH_URL to its nodes.")
    return Connection(
        urls=settings.opensearch_url,
        user=settings.opensearch_user,
        password=settings.opensearch_password,
        ca=settings.opensearch_ca,
        name=settings.opensearch_index,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
        timeout=settings.opensearch_timeout,
    )
