from collections.abc import Callable
from datetime import date

import pytest

from index.annotate import Annotator, Tables
from index.annotations import Annotations
from index.release import Release

Annotate = Callable[..., Annotations]


def _row(header: str, line: str) -> dict[str, str]:
    return dict(zip(header.split(","), (line + ",,,,,,,").split(","), strict=False))


def _rows(header: str, lines: str) -> list[dict[str, str]]:
    return [_row(header, line.strip()) for line in lines.strip().splitlines()]


@pytest.fixture(scope="session")
def tables() -> Tables:
    """A few real terms of office and agencies, and the tables' day 2024-12-31."""
    ministers = """
        magdalena-andersson,Magdalena Andersson,finansminister,finansdepartementet,2014-10-03,2021-11-30
        magdalena-andersson,Magdalena Andersson,statsminister,statsradsberedningen,2021-11-30,2022-10-18
        ibrahim-baylan,Ibrahim Baylan,energiminister,miljo-och-energidepartementet,2014-10-03,2016-05-25
        ibrahim-baylan,Ibrahim Baylan,samordnings- och energiminister,statsradsberedningen,2016-05-25,2019-01-21
        ibrahim-baylan,Ibrahim Baylan,näringsminister,naringsdepartementet,2019-01-21,2021-11-30
        asa-romson,Åsa Romson,klimat- och miljöminister,miljo-och-energidepartementet,2014-10-03,2016-05-25
        asa-romson,Åsa Romson,vice statsminister,miljo-och-energidepartementet,2014-10-03,2016-05-25
        ulf-kristersson,Ulf Kristersson,statsminister,statsradsberedningen,2022-10-18,
        ebba-busch,Ebba Busch,energi- och näringsminister,klimat-och-naringslivsdepartementet,2023-01-01,
        ebba-busch,Ebba Busch,vice statsminister,klimat-och-naringslivsdepartementet,2022-10-18,
        carl-oskar-bohlin,Carl-Oskar Bohlin,minister för civilt försvar,forsvarsdepartementet,2022-10-18,
        tobias-billstrom,Tobias Billström,utrikesminister,utrikesdepartementet,2022-10-18,2024-09-10
        maria-malmer-stenergard,Maria Malmer Stenergard,utrikesminister,utrikesdepartementet,2024-09-10,
        pal-jonson,Pål Jonson,försvarsminister,forsvarsdepartementet,2022-10-18,
    """
    departments = """
        statsradsberedningen,Statsrådsberedningen
        finansdepartementet,Finansdepartementet
        forsvarsdepartementet,Försvarsdepartementet
        utrikesdepartementet,Utrikesdepartementet
        miljo-och-energidepartementet,Miljö- och energidepartementet,2015-01-01,2018-12-31,miljodepartementet
        miljodepartementet,Miljödepartementet,2019-01-01,2022-12-31,klimat-och-naringslivsdepartementet
        naringsdepartementet,Näringsdepartementet,,2022-12-31,klimat-och-naringslivsdepartementet
        klimat-och-naringslivsdepartementet,Klimat- och näringslivsdepartementet,2023-01-01
    """
    agencies = """
        skolverket,Skolverket,Statens skolverk
        polismyndigheten,Polismyndigheten,,Polisen,,2015-01-01
        rikspolisstyrelsen,Rikspolisstyrelsen,,Polisen,,,2014-12-31,polismyndigheten
        sakerhetspolisen,Säkerhetspolisen,,Säpo
        brottsforebyggande-radet,Brottsförebyggande rådet,,,Brå|BRÅ
        msb,Myndigheten för samhällsskydd och beredskap,,,MSB
        do,Diskrimineringsombudsmannen,,,?DO
        jordbruksverket,Jordbruksverket,Statens jordbruksverk
        skatteverket,Skatteverket
        tullverket,Tullverket
        pliktverket,Pliktverket
        plikt-och-provningsverket,Plikt- och prövningsverket
        naturvardsverket,Naturvårdsverket
        e-halsomyndigheten,E-hälsomyndigheten
        delmos,Delegationen mot segregation,,,Delmos,2018-01-01,2022-12-31
        ungdomsstyrelsen,Ungdomsstyrelsen,,,,1994-07-01,2014-03-31,mucf
        mucf,Myndigheten för ungdoms- och civilsamhällesfrågor,,,MUCF,2014-04-01
        utbetalningsmyndigheten,Utbetalningsmyndigheten,,,,2024-01-01
        hogskoleverket,Högskoleverket,,,,,2012-12-31,uka|uhr
        uka,Universitetskanslersämbetet,,,UKÄ,2013-01-01
        kulturradet,Kulturrådet,Statens kulturråd
        riksbanken,Riksbanken,Sveriges riksbank
        lst,Länsstyrelserna,,länsstyrelserna
        lst-c,Länsstyrelsen i Uppsala län
        lst-m,Länsstyrelsen i Skåne län
        lst-o,Länsstyrelsen i Västra Götalands län
        uhr,Universitets- och högskolerådet,,,UHR,2013-01-01
    """
    return Tables.of(
        _rows("key,name,office,department,start,end,note", ministers),
        _rows("key,name,start,end,successors,aliases,note", departments),
        _rows("key,name,official,aliases,acronyms,start,end,successors,note", agencies),
        true_of=date(2024, 12, 31),
    )


@pytest.fixture(scope="session")
def annotate(tables: Tables) -> Annotate:
    """Annotations of a release that has this body and was published on this day."""
    annotator = Annotator(tables)

    def annotate(body: str = "", published: str | None = "2023-05-02", **fields: object) -> Annotations:
        given = {"id": "text.1", "type": "pressmeddelande", "title": "", "body": body, "published": published}
        return annotator.annotate(Release(**{**given, **fields}))  # type: ignore[arg-type]

    return annotate
