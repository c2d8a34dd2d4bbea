import pytest

from tests.web.fake import FakeEngine
from web.app import create_app
from web.observing import access
from web.settings import Settings

TOKEN = "a-token-of-some-length"


@pytest.mark.parametrize(
    ("settings", "environ", "may"),
    [
        (Settings(), {"REMOTE_ADDR": "127.0.0.1"}, True),
        (Settings(), {"REMOTE_ADDR": "::1"}, True),
        (Settings(), {"REMOTE_ADDR": "192.0.2.7"}, False),
        (Settings(), {"REMOTE_ADDR": ""}, False),  # a Unix socket, where a proxy asks
        (Settings(), {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, False),
        (Settings(), {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"}, False),
        (Settings(), {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "}, False),
        (Settings(metrics_token=TOKEN), {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, True),
        (Settings(metrics_token=TOKEN), {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer åäö"}, False),
        (Settings(metrics="on"), {"REMOTE_ADDR": "192.0.2.7"}, True),
        (Settings(metrics="off"), {"REMOTE_ADDR": "127.0.0.1"}, False),
    ],
)
def test_who_may_read_the_figures(settings: Settings, environ: dict[str, str], may: bool) -> None:
    assert access.may_read(settings, environ) is may


def test_to_others_there_is_nothing_there() -> None:
    app = create_app(FakeEngine())
    access.register(app, Settings(), lambda: b"figures 1\n")
    client = app.test_client()
    assert client.get("/metrics").data == b"figures 1\n"
    assert client.get("/metrics").headers["Cache-Control"] == "no-store"
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404


def test_the_token_is_not_told() -> None:
    assert TOKEN not in repr(Settings(metrics_token=TOKEN))
