"""Whether a name is the one that somebody typed a part of."""

from functools import lru_cache

from index.text import key_of


def is_called(typed: str, key: str, name: str) -> bool:
    """Whether ``typed`` (a key) is the key, or begins words of the name that stand beside each other.

    ``busch``, ``ebba-busch`` and ``eb-bu`` are all Ebba Busch.
    """
    if typed == key:
        return True
    wanted, words = typed.split("-"), _words(name)
    runs = (words[at : at + len(wanted)] for at in range(len(words) - len(wanted) + 1))
    return any(all(word.startswith(begun) for begun, word in zip(wanted, run, strict=True)) for run in runs)


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(key_of(name).split("-"))
