"""What no parameter of the API may hold, looked for in the address as it was sent.

The framework reads addresses leniently: ``%ff``, which is no UTF-8, becomes the text ``%FF``, and is then searched for.
People's links are met so; a program that sends such a thing has a fault that it should be told of.
"""

import re
from urllib.parse import unquote_to_bytes

from web.params import ParameterError

_HALF_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # tab and line ends are white space


def require(query_string: bytes) -> None:
    """Raise :class:`ParameterError`, naming the parameter, unless every name and value can be read."""
    for pair in filter(None, query_string.split(b"&")):
        name, _, value = pair.partition(b"=")
        shown = _decoded(name, errors="replace")
        try:
            if _HALF_ESCAPE.search(pair):
                raise ValueError("it holds a % that two hexadecimal digits don't follow; write %25 for the sign")
            _refuse_controls(_decoded(name))
            _refuse_controls(_decoded(value))
        except UnicodeDecodeError:
            raise _error(shown, "it is not UTF-8") from None
        except ValueError as error:
            raise _error(shown, str(error)) from None


def _decoded(text: bytes, errors: str = "strict") -> str:
    return unquote_to_bytes(text.replace(b"+", b" ")).decode("utf-8", errors)


def _refuse_controls(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        raise ValueError(f"it holds the control character U+{ord(found[0]):04X}")


def _error(name: str, reason: str) -> ParameterError:
    return ParameterError("malformed_parameter", name, f"{name} can't be read: {reason}.")
