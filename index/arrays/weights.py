"""The constants of ranking that are worked into the arrays. ``python -m bench.relevance --constants`` measures each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a word counts where it stands, and how a release counts whatever is asked.

    Scores are BM25F's (Robertson, Zaragoza and Taylor, *Simple BM25 Extension to Multiple Weighted Fields*, 2004), with
    the parts of compounds as three more fields. See docs/decisions.md for how the values were chosen.
    """

    fields: tuple[float, float, float] = (3.0, 1.5, 1.0)
    """A word in the title, in the lead, in the rest."""
    lengths: tuple[float, float, float] = (0.3, 0.3, 0.6)
    """BM25's b: how much less it counts where there are many words; 0 not, 1 in proportion."""
    part: float = 0.5
    """A word as a part of a compound, next to the word by itself."""
    saturation: float = 1.2
    """BM25's k1: how soon more of the same word makes no difference."""
    bare: float = 0.2
    """What a release without words loses; one that is only a title is not what is looked for."""
    bare_words: float = 40.0
    """With so many words the loss is down to 37 %."""
    recent: float = 0.03
    """What a release of the newest day gains."""
    recent_years: float = 3.0
    """After so many years the gain is down to 37 %."""


DEFAULT = Weights()
