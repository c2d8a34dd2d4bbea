import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from index.errors import NoGeneration
from web.observing.logs import FIELDS, REQUEST, ForPeople, Lines, configure
from web.observing.redaction import Discreet, told

SEEN = {"id": "0123456789abcdef", "method": "GET", "endpoint": "/", "status": 200, "ms": 1.25, "bytes": 512}


def record(message: str, *args: Any, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("pressok.test", logging.WARNING, "", 0, message, args, more.pop("exc_info", None))
    made.__dict__.update(more)
    return made


def caught(error: Exception, cause: Exception | None = None) -> Any:
    try:
        raise error from cause
    except Exception:
        return sys.exc_info()


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root of all loggers, left as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:], root.level = handlers, level


def test_a_line_is_one_object_whatever_it_holds() -> None:
    REQUEST.set("0123456789abcdef")
    line = Lines().format(record("two\nlines of %s", "åäö"))
    REQUEST.set(None)
    assert "\n" not in line
    read = json.loads(line)
    assert (read["level"], read["message"], read["id"]) == ("warning", "two\nlines of åäö", "0123456789abcdef")


def test_a_line_for_people_says_the_same() -> None:
    text = ForPeople().format(record("request", **{FIELDS: SEEN}))
    assert text.endswith(" 200 GET / 1.25 ms 512 bytes 0123456789abcdef")
    assert ForPeople().format(record("not ready", exc_info=caught(OSError("disk gone")))).endswith("OSError: disk gone")


def test_errors_keep_to_themselves_what_may_have_been_typed() -> None:
    _, error, _ = caught(ValueError("typed words"), OSError("disk gone"))
    assert "typed words" not in told(error, whole=False).replace('ValueError("typed words")', "")
    assert told(error, whole=False).index("OSError: disk gone") < told(error, whole=False).index("in caught")
    assert told(error, whole=True).endswith("ValueError: typed words")
    assert told(NoGeneration("Run it."), whole=False) == "NoGeneration: Run it."


def test_errors_that_lead_to_each_other_are_told_once() -> None:
    one, other = OSError("one"), OSError("other")
    one.__context__, other.__context__ = other, one
    assert told(one, whole=False) == "OSError: other\nOSError: one"


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("Invalid request from ip=192.0.2.7: Invalid HTTP request line: 'GET /?q=bostad'", ()),
        ("Error handling request %s %s", ("GET", "/?q=bostad")),
    ],
)
def test_gunicorn_does_not_tell_addresses(message: str, args: tuple[str, ...]) -> None:
    seen = record(message, *args)
    assert Discreet().filter(seen)
    assert "bostad" not in seen.getMessage()
    assert "192.0.2.7" not in seen.getMessage()


def test_other_lines_of_gunicorn_are_as_they_were() -> None:
    seen = record("Booting worker with pid: %s", 7)
    assert Discreet().filter(seen)
    assert seen.getMessage() == "Booting worker with pid: 7"


def test_the_log_is_for_machines_unless_it_is_a_terminal(root: logging.Logger) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, machine in ((io.StringIO(), True), (Terminal(), False)):
        configure(stream)
        logging.getLogger("pressok.test").warning("hello")
        assert stream.getvalue().startswith("{") is machine
