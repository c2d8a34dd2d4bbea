"""Names of people whom no table knows, by their form."""

import re
from collections.abc import Iterator

from index.annotate.mentions import CAPITAL

_SMALL = r"(?:(?:af|av|von|van|der|den|de|del|da|di|du|dos|la|le|al|el|bin|ibn|ten|zu)[ -])"
_WORD = rf"(?:{CAPITAL}[\w'’-]+|{CAPITAL}\.?(?= ))"
_NAME = re.compile(rf"(?<![\w-]){_WORD}(?:[ \n]{_SMALL}{{0,2}}{_WORD}){{1,4}}")
_NOT_IN_NAME = re.compile(r"-[a-zåäö]|^[^\W\d_a-zåäö]{2,4}$")
_SENTENCE_START = re.compile(r"(?:[.!?:–-][”“\"]? |\n|^)$")
_SMALL_WORD = re.compile(r"(?<!\w)[a-zåäöé]+(?!\w)")
_CAPITAL_WORD = re.compile(rf"(?<![\w-]){CAPITAL}[\w'’-]+")

_TITLES = """
    minister statsråd statsrådet sekreterare direktör ordförande chef ambassadör professor president talman talmannen
    rådgivare ledamot general utredare samordnare doktor talesperson handläggare kommissionär representant kansler
    docent rektor landshövding ombud ombudet forskare biskop överste major kapten amiral ministrar jurist strateg
    kansliråd ledare entreprenör moderator författare
"""
_BODIES = "departementet verket myndigheten styrelsen rådet partiet förbundet kommissionen parlamentet"
_TITLE = re.compile(rf"(?i:.*(?:(?:{'|'.join(_TITLES.split())})(?:e?n)?|{'|'.join(_BODIES.split())}))")

# Words that begin a sentence or a line in front of a name.
_STARTERS = """
    När Där Som Enligt Även Också Både Men Och För Med Tillsammans Idag Från Till Vid Hos Av Att Under Efter Innan Om
    Inför Sedan Samt Här Nu Då Vad Hur Det Den De En Ett På Genom Utan Mellan Sen Igår Förutom Bland Kollegan Herr Fru
    Dr Hej Kära Bäste Bästa Foto Bild Läs Se Vi Jag Han Hon Min Sin Hennes Dessutom Deltar Möt Hela Årets Utöver Följ
    Alltsedan
"""
# Words of names that are no person's: places, parties, organisations.
_OTHERS = """
    Regeringen Regeringens Regeringskansliet Sveriges Svenska Svensk Svenskt Region Regionen Norra Södra Västra Östra
    Stora Nya New Europeiska Nordiska Förenta Rädda Röda Gröna United World European Stockholm Stockholms Göteborgs
    Lunds Uppsala Umeå Sverigedemokraterna Sverigedemokraternas Moderaterna Moderaternas Kristdemokraterna
    Kristdemokraternas Liberalerna Liberalernas Socialdemokraterna Centerpartiet Vänsterpartiet Miljöpartiet University
    Institute Institutet Universitet Högskola Commission Council Union Unionen Bank International Internationella
    Telefon Statens Riksdagens Kommun Kommuner Län Arena Kungliga Nordic Afrikas Knowledge Defence Saab Volvo Agenda
    Horizon Presskontakt
"""
_NO_PERSONS = frozenset(_OTHERS.split())
_BEFORE_NAMES = frozenset(_STARTERS.split()) | _NO_PERSONS


def is_title(words: str) -> bool:
    """Whether ``words`` end with the title of a person, or with a body that a person may be of."""
    return _TITLE.fullmatch(words) is not None


def names_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Names of two words or more that look like a person's: where each begins and ends, and its base form.

    A double surname alone is given as the full name, if the text has that.
    """
    found = list(_names(text))
    capitals = set(_CAPITAL_WORD.findall(text)) if found else set()
    within = {" ".join(words) for _, words, begins in found if not begins}
    whole = {name.partition(" ")[2]: name for name in within if name.count(" ") > 1}
    for end, words, begins in found:
        name = " ".join(words)
        short = " ".join(words[1:])
        # "Utöver Test Testsson" is "Test Testsson", if the text has that.
        name = short if begins and " " in short and name not in within and short in within else whole.get(name, name)
        yield end - len(" ".join(words)), end, _base_form(name, capitals)


def _names(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Where each name ends, its words, and whether a sentence begins with it."""
    small = set(_SMALL_WORD.findall(text))
    for found in _NAME.finditer(text):
        words = found[0].split()
        begins = _SENTENCE_START.search(text, max(0, found.start() - 3), found.start()) is not None
        while words and (_is_before_name(words[0]) or (begins and words[0].casefold() in small)):
            words, begins = words[1:], False
        if len(words) > 1 and not _NO_PERSONS & set(words) and not any(map(_NOT_IN_NAME.search, words)):
            yield found.end(), words, begins


def _is_before_name(word: str) -> bool:
    return word in _BEFORE_NAMES or word.isupper() or is_title(word)


def _base_form(name: str, capitals: set[str]) -> str:
    """``name`` without a genitive s, if the text has its surname so."""
    surname = name.split()[-1]
    return name[:-1] if surname.endswith("s") and surname[:-1] in capitals else name
