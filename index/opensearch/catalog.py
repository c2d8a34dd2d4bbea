"""The indexes in a cluster: which one answers, which are left over, and what is known of each.

``pressok`` is an alias of the index that answers, ``pressok-000007``. Beside it stands ``pressok-000007-about`` with
what is known of all its releases together: how words are taken apart, and which id is found by which other.
"""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from index.errors import ClusterRefused, ClusterUnavailable, ForeignGeneration, NoGeneration, PressokError, WriterBusy
from index.opensearch.connection import Connection, translated
from index.opensearch.mapping import ABOUT, FORMAT, mapping, settings
from index.swedish.lexicon import Lexicon

_PAGE = 10_000  # rows of one answer
_SLOW = 60.0  # seconds that may take what nobody waits for
_WHOLE = {"allow_partial_search_results": "false"}  # a part that can't be read is an error
# What is written before the copies are there is lost with the node that has it. Where there is no room for copies, it
# is written all the same, that much later.
_WITH_COPIES = {"wait_for_active_shards": "all", "timeout": "15s"}
_TRIES, _PAUSE = 5, 1.0  # that all copies show what was written, seconds apart
_LEXICON, _STAND_INS = "lexicon", "stand-ins"


@dataclass(frozen=True, slots=True)
class Published:
    """The index that answers: its name, and what is told of it.

    ``revision`` counts the updates since it was made. ``created`` is when the last one was made (ISO, UTC),
    ``updated`` when sources were last read to the end. ``version`` is the highest that anything in it may have, and
    ``finished`` says whether the update that wrote it was.
    """

    index: str
    fingerprint: str
    created: str
    updated: str
    revision: int
    averages: Mapping[str, tuple[float, ...]]
    shards: int
    version: int = 0
    finished: bool = True
    format: int = FORMAT

    @property
    def state(self) -> tuple[str, int]:
        """What differs when there is another index, or this one holds something else."""
        return self.index, self.revision

    @property
    def about(self) -> str:
        """The index beside it."""
        return about(self.index)


def about(index: str) -> str:
    """The name of the index beside one."""
    return f"{index}-about"


class Catalog:
    """Finds, makes and removes indexes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name = connection.name
        self._numbered = re.compile(rf"{re.escape(connection.name)}-(\d{{6,}})(-about)?")

    def _client(self, timeout: float | None = None) -> Any:
        return self._connection.client(timeout)

    def published(self) -> Published | None:
        """The index that answers; None when there is none.

        Raises :class:`ForeignGeneration` for one that this version did not make, and :class:`ClusterUnavailable` when
        nobody can say.
        """
        found = self._answering()
        if not found:
            return None
        (index, meta), *more = found.items()
        if more:
            raise ForeignGeneration(
                f"The alias {self._name!r} stands for several indexes ({', '.join(sorted(found))}). "
                "Take it from all but one, or run 'pressok rebuild'."
            )
        return _published(index, meta)

    @property
    def answering(self) -> tuple[str, ...]:
        """The names of the indexes that the alias stands for, whoever made them: one, or none."""
        return tuple(sorted(self._answering(_SLOW)))

    def _answering(self, timeout: float | None = None) -> dict[str, dict[str, Any]]:
        try:
            with translated():
                found: dict[str, Any] = self._client(timeout).indices.get_mapping(index=self._name)
        except NoGeneration:
            return {}
        if self._name in found:
            raise ClusterRefused(
                f"{self._name!r} is an index in the cluster, where an alias is to be. Remove it, if nobody needs it, "
                "or choose another name in PRESSOK_OPENSEARCH_INDEX."
            )
        return {index: told["mappings"].get("_meta", {}) for index, told in found.items()}

    def numbers(self) -> dict[str, int]:
        """Every index of ours, and those beside them, with its number."""
        with translated():
            names = self._client(_SLOW).indices.get(index=f"{self._name}-*", params={"expand_wildcards": "all"})
        matches = ((name, self._numbered.fullmatch(name)) for name in names)
        return {name: int(match[1]) for name, match in matches if match}

    def number_of(self, index: str) -> str:
        """The number of an index, as text."""
        return index.removeprefix(f"{self._name}-")

    def create(self, meta: Mapping[str, Any], lexicon: Lexicon, stand_ins: Mapping[str, str]) -> str:
        """Make a new index, of which nothing is seen; its name."""
        number = max(self.numbers().values(), default=0) + 1
        index = f"{self._name}-{number:06}"
        client, how = self._client(_SLOW), self._connection
        told = {"program": "pressok", "format": FORMAT, "revision": 0, "finished": True, "shards": how.shards, **meta}
        with translated():
            body = {"settings": {"index": settings(how.shards, how.replicas)}, "mappings": mapping(told)}
            client.indices.create(index=index, body=body, params=_WITH_COPIES)
            beside = {"index": {"number_of_shards": 1, "number_of_replicas": how.replicas}}
            client.indices.create(index=about(index), body={"settings": beside, "mappings": ABOUT}, params=_WITH_COPIES)
            client.index(index=about(index), id=_LEXICON, body={"json": lexicon.to_json()})
        self._tell_stand_ins(index, stand_ins)
        return index

    def _tell_stand_ins(self, index: str, stand_ins: Mapping[str, str]) -> None:
        told = {"json": orjson.dumps(dict(stand_ins)).decode()}
        with translated():
            self._client(_SLOW).index(index=about(index), id=_STAND_INS, body=told, params={"refresh": "true"})

    def count(self, index: str) -> int:
        """How many releases an index holds. Raises :class:`ClusterUnavailable` when a part of it can't say."""
        with translated():
            found = self._client(_SLOW).search(index=index, body={"size": 0, "track_total_hits": True}, params=_WHOLE)
        return int(found["hits"]["total"]["value"])

    def require(self, index: str, count: int) -> None:
        """Let everything be seen in an index, and raise :class:`ClusterUnavailable` unless it is so much."""
        self._refresh(index)
        if "program" not in self._meta(index):  # the cluster made one by itself of what it was sent
            raise WriterBusy(
                f"{index} was removed while it was written: another pressok process is writing to the cluster. Run the "
                "command again when the other is done."
            )
        found = self.count(index)
        if found != count:
            raise ClusterUnavailable(
                f"{index} holds {found} releases instead of {count}. Run the command again when the cluster is whole."
            )
        for what in (_LEXICON, _STAND_INS):  # without these nobody can answer from it
            self._told(about(index), what)

    def _refresh(self, index: str) -> None:
        """Let everything be seen, in every copy: one that did not hear of it would go on answering as before."""
        for _ in range(_TRIES):
            with translated():
                told = self._client(_SLOW).indices.refresh(index=index)
            if not told["_shards"]["failed"]:
                return
            time.sleep(_PAUSE)
        raise ClusterUnavailable(
            f"Not every copy of {index} shows what was written. Run the command again when the cluster is whole."
        )

    def move_alias(self, index: str) -> None:
        """Have this index answer instead of any other, in one action. The ones before it stay until the next run."""
        before = [name for name in self.answering if name != index]
        actions: list[dict[str, Any]] = [{"remove": {"index": name, "alias": self._name}} for name in before]
        actions.append({"add": {"index": index, "alias": self._name}})
        try:
            with translated():
                self._client(_SLOW).indices.update_aliases(body={"actions": actions})
        except PressokError:
            if self.answering != (index,):  # else it was done, and only the answer was lost with the node that did it
                raise

    def announce(self, base: Published, version: int) -> None:
        """Tell that an update begins that writes with this version."""
        self._put_meta(base.index, self._meta(base.index) | {"version": version, "finished": False})

    def renew(self, base: Published, created: str, stand_ins: Mapping[str, str]) -> str:
        """Tell that an index was updated; the name of what answers now."""
        self._tell_stand_ins(base.index, stand_ins)
        told = {"created": created, "updated": created, "revision": base.revision + 1, "finished": True}
        self._put_meta(base.index, self._meta(base.index) | told)
        return f"{self.number_of(base.index)}.{base.revision + 1}"

    def note_update(self, time: str) -> None:
        """Tell when sources were last read to the end."""
        found = self.published()
        if found:
            self._put_meta(found.index, self._meta(found.index) | {"updated": time})

    def _meta(self, index: str) -> dict[str, Any]:
        with translated():
            found: dict[str, Any] = self._client(_SLOW).indices.get_mapping(index=index)
        return dict(found[index]["mappings"].get("_meta", {}))

    def _put_meta(self, index: str, meta: Mapping[str, Any]) -> None:
        with translated():
            self._client(_SLOW).indices.put_mapping(index=index, body={"_meta": dict(meta)})

    def remove_leftovers(self) -> None:
        """Remove what earlier runs left, and what answered before: all but the index that answers."""
        numbers = self.numbers()
        answering = {numbers[name] for name in self.answering if name in numbers}
        for number in sorted({*numbers.values()} - answering):
            self.delete(f"{self._name}-{number:06}")

    def delete(self, index: str) -> None:
        """Remove an index and the one beside it; one that is not there is no matter."""
        with translated():
            self._client(_SLOW).indices.delete(index=f"{index},{about(index)}", params={"ignore_unavailable": "true"})

    def digests(self, base: Published) -> Iterator[tuple[str, str]]:
        """The id and the hash of each document."""
        client = self._client(_SLOW)
        self._refresh(base.index)
        after: list[Any] = []
        while True:
            body: dict[str, Any] = {
                "size": _PAGE,
                "_source": False,
                "docvalue_fields": ["id", "digest"],
                "sort": [{"id": "asc"}],
                "track_total_hits": False,
            }
            with translated():
                last = {"search_after": after} if after else {}
                found = client.search(index=base.index, body=body | last, params=_WHOLE)
            hits = found["hits"]["hits"]
            yield from ((hit["fields"]["id"][0], hit["fields"]["digest"][0]) for hit in hits)
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]

    def holds(self, base: Published, release_id: str) -> bool:
        """Whether an index has a document with this id, or finds one by it."""
        with translated():
            held = self._client().exists(index=base.index, id=release_id)
        return bool(held) or release_id in self.stand_ins(base)

    def lexicon(self, base: Published) -> Lexicon:
        """How words are taken apart."""
        return Lexicon.from_json(self._told(base.about, _LEXICON))

    def stand_ins(self, base: Published) -> dict[str, str]:
        """The id of a document for each other id that it is found by."""
        found: dict[str, str] = orjson.loads(self._told(base.about, _STAND_INS))
        return found

    def _told(self, beside: str, what: str) -> str:
        with translated():
            found = self._client(_SLOW).get(index=beside, id=what)
        return str(found["_source"]["json"])


def _published(index: str, meta: Mapping[str, Any]) -> Published:
    if meta.get("program") != "pressok" or meta.get("format") != FORMAT:
        raise ForeignGeneration(
            f"{index} was not made by this version of Pressök. Run 'pressok rebuild' to make one that was."
        )
    averages = {name: tuple(values) for name, values in meta["averages"].items()}
    names = ("fingerprint", "created", "updated", "revision", "shards", "version", "finished")
    told = {name: meta[name] for name in names if name in meta}
    return Published(index, averages=averages, **told)
