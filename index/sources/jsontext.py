"""JSON from outside: what is wrong with it, said plainly."""

import json
from typing import Any

from index.sources.items import Unreadable


def loads(text: str) -> Any:
    """The JSON value in the text. Raises :class:`Unreadable` when there is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is not valid JSON, perhaps cut short: {error}") from error


def refuse_half_characters(value: object) -> None:
    """Raise :class:`Unreadable` for a text with half a character ("\\ud800"), which no file can store."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Unreadable("a text in it holds half a character (a lone surrogate)") from error
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error
