"""All that the OpenAPI document describes, asked in every way that schemathesis can think of, with all its checks.

What a schema can't say is in ``schemathesis.toml``.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from search.engine import Engine
from search.local import LocalEngine
from tests.web.fake import DOCUMENTS, FakeEngine, NoEngine
from web.api import examples
from web.app import create_app

CONFIG = Path(__file__).parent.parent.parent / "schemathesis.toml"
EXAMPLE = replace(DOCUMENTS[0], release=replace(DOCUMENTS[0].release, id=examples.RELEASE_ID))
ASKING: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}

load_all_checks()


class Real:
    """The engine over the releases that come with the project. Opened when the tests run, not when they are named."""

    engine: Engine = NoEngine()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)


REAL: Any = Real()


@pytest.fixture(scope="module", autouse=True)
def _opened(sample_data: Path) -> None:
    REAL.engine = LocalEngine(sample_data)


def asked_of(engine: Engine) -> BaseSchema:
    app = create_app(engine)
    answer = app.wsgi_app

    def unpacked(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """What calls the application in this process says that it takes gzip, and does not unpack it."""
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return answer(environ, start)

    app.wsgi_app = unpacked  # type: ignore[method-assign]
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=SchemathesisConfig.from_path(CONFIG))


def walking(schema: BaseSchema) -> Any:
    """Tests that follow the document's links: from a search to a release, and to those like it."""
    case = schema.as_state_machine().TestCase
    case.settings = settings(max_examples=15, stateful_step_count=5, **ASKING)
    return case


small, real = asked_of(FakeEngine((*DOCUMENTS, EXAMPLE))), asked_of(REAL)


@small.parametrize()
@settings(max_examples=30, **ASKING)
def test_the_answers_of_a_small_engine_are_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


@real.parametrize()
@settings(max_examples=30, **ASKING)
def test_the_answers_of_the_real_engine_are_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


TestLinksOfTheSmallEngine = walking(small)
TestLinksOfTheRealEngine = walking(real)
