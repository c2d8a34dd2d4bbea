"""The types of releases: the words that regeringen.se prints and uses in its addresses."""

DEFAULT = "pressmeddelande"

OF_FOLDER = {
    "pressmeddelanden": "pressmeddelande",
    "artiklar": "artikel",
    "tal": "tal",
    "debattartiklar": "debattartikel",
    "uttalanden": "uttalande",
    "nyheter": "nyhet",
    "rapporter": "rapport",
    "remisser": "remiss",
    "regeringsuppdrag": "regeringsuppdrag",
    "informationsmaterial": "informationsmaterial",
    "arendeforteckningar": "ärendeförteckning",
    "kommenterade-dagordningar": "kommenterad dagordning",
    "strategier-for-internationellt-bistand": "strategier för internationellt bistånd",
    "overenskommelser-och-avtal": "överenskommelse och avtal",
    "rattsliga-dokument": "rättsligt dokument",
}

OF_LINE = {
    "pressmeddelande": "pressmeddelande",
    "artikel": "artikel",
    "tal": "tal",
    "debattartikel": "debattartikel",
    "uttalande": "uttalande",
    "nyhet": "nyhet",
    "press release": "pressmeddelande",
    "article": "artikel",
    "speech": "tal",
    "opinion piece": "debattartikel",
    "statement": "uttalande",
}

# What a page has beside its type: it is never the type of a release that has another.
SECONDARY = frozenset({"webb-tv"})


def of_path(path: str) -> str:
    """The type of the page at this path, by its first folder; an unknown folder is its own type."""
    folder = path.strip("/").split("/", 1)[0]
    return OF_FOLDER.get(folder, folder.lower())


def main_type(names: list[str]) -> str | None:
    """The type of a release from all that its record names, or None when it names none."""
    types = [name.lower() for name in names if name]
    return next((t for t in types if t not in SECONDARY), types[0] if types else None)
