"""What every page says at its foot: how new the newest release is, and when the sources were last read."""

from datetime import date
from functools import lru_cache

from web.context import engine
from web.i18n import languages, texts
from web.i18n.translation import gettext as _


def sentence() -> str:
    """How fresh what is shown is, in words; empty when it can't be said, since it stands on the pages of errors too."""
    try:
        status = engine().status()
    except Exception:  # whatever it is has been told already, and a page's foot must not take the page with it
        return ""
    return _in_words(status.newest, (status.updated or "")[: len("2024-12-31")], languages.current())


@lru_cache(maxsize=8)
def _in_words(newest: str | None, updated: str, _language: str) -> str:
    """The days are UTC's. Kept, because Babel takes longer to write two dates than a search takes."""
    parts = []
    if newest:
        parts.append(_("Senaste dokument: %(day)s.", day=texts.day_in_words(date.fromisoformat(newest))))
    if updated:
        parts.append(_("Uppdaterat %(day)s.", day=texts.day_in_words(date.fromisoformat(updated))))
    return " ".join(parts)
