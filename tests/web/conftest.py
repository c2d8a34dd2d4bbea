from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from tests.web.fake import FakeEngine
from web.app import create_app


@pytest.fixture
def client_of() -> Callable[[Engine], FlaskClient]:
    return lambda engine: create_app(engine).test_client()


@pytest.fixture
def client() -> FlaskClient:
    return create_app(FakeEngine()).test_client()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name schemathesis's tests apart: those of all operations have one id, and of such only one is run in parallel."""
    for item in items:
        if label := getattr(item, "operation_label", None):
            item._id = item.id.with_params(label)
