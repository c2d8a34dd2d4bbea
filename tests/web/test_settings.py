from dataclasses import fields
from pathlib import Path

import pytest

from index.errors import SettingsError
from web.settings import TABLE, Settings


def test_defaults_are_those_of_the_table() -> None:
    assert Settings.from_env({"HOME": "/home/test"}) == Settings()


def test_values_come_from_the_environment() -> None:
    environ = {
        "PRESSOK_DATA": "/srv/pressok",
        "PRESSOK_BIND": "[::1]:80",
        "PRESSOK_WORKERS": "4",
        "PRESSOK_PROCESSES": "1",
        "PRESSOK_METRICS": "off",
        "PRESSOK_METRICS_TOKEN": "a-token-of-some-length",
        "PRESSOK_LOG_QUERIES": "1",
        "PRESSOK_LOG_CLIENTS": "1",
        "PRESSOK_ARCHIVE_URL": "http://archive.example/g0v/",
        "PRESSOK_CONTACT": "press@example.se",
        "PRESSOK_URL": "https://www.example.org:8443/",
        "PRESSOK_PROXIES": "1",
        "PRESSOK_RATE": "0",
        "PRESSOK_EXPORTS": "3",
    }
    assert Settings.from_env(environ) == Settings(
        data=Path("/srv/pressok"),
        bind="[::1]:80",
        workers=4,
        processes=1,
        metrics="off",
        metrics_token="a-token-of-some-length",
        log_queries=True,
        log_clients=True,
        archive_url="http://archive.example/g0v/",
        contact="press@example.se",
        url="https://www.example.org:8443",
        proxies=1,
        rate=0,
        exports=3,
    )


def test_an_unknown_setting_stops_the_start_and_says_what_was_meant() -> None:
    with pytest.raises(SettingsError, match=r"PRESSOK_WORKER is not a setting. Did you mean PRESSOK_WORKERS\?"):
        Settings.from_env({"PRESSOK_WORKER": "4"})
    with pytest.raises(SettingsError, match="The settings are PRESSOK_DATA"):
        Settings.from_env({"PRESSOK_COLOUR": "4"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRESSOK_WORKERS", "two"),
        ("PRESSOK_WORKERS", "0"),
        ("PRESSOK_PROCESSES", "-1"),
        ("PRESSOK_BIND", "8000"),
        ("PRESSOK_BIND", "localhost:99999"),
        ("PRESSOK_BIND", ":8000"),
        ("PRESSOK_DATA", " "),
        ("PRESSOK_METRICS", "yes"),
        ("PRESSOK_METRICS_TOKEN", "short"),
        ("PRESSOK_LOG_QUERIES", "true"),
        ("PRESSOK_ARCHIVE_URL", "g0v.se"),
        ("PRESSOK_ARCHIVE_URL", "https://user@g0v.se"),
        ("PRESSOK_ARCHIVE_URL", "https://g0v.se/å"),
        ("PRESSOK_CONTACT", "a b"),
        ("PRESSOK_CONTACT", "a)b"),
        ("PRESSOK_CONTACT", "a\r\nHost: b"),
        ("PRESSOK_URL", "www.example.org"),
        ("PRESSOK_URL", "https://www.example.org/press"),
        ("PRESSOK_PROXIES", "yes"),
        ("PRESSOK_RATE", "-1"),
        ("PRESSOK_EXPORTS", "10/min"),
        ("PRESSOK_ENGINE", "lucene"),
        ("PRESSOK_OPENSEARCH_URL", "node1"),
        ("PRESSOK_OPENSEARCH_URL", "http://node1"),
        ("PRESSOK_OPENSEARCH_URL", "http://node1:0"),
        ("PRESSOK_OPENSEARCH_URL", "http://node1:99999"),
        ("PRESSOK_OPENSEARCH_URL", "http://node1:9200,http://user@node2:9200"),
        ("PRESSOK_OPENSEARCH_URL", "http://node1:9200/path"),
        ("PRESSOK_OPENSEARCH_USER", "a:b"),
        ("PRESSOK_OPENSEARCH_CA", "/nowhere/ca.pem"),
        ("PRESSOK_OPENSEARCH_INDEX", "Press"),
        ("PRESSOK_OPENSEARCH_INDEX", "press-"),
        ("PRESSOK_OPENSEARCH_INDEX", "press*"),
        ("PRESSOK_OPENSEARCH_SHARDS", "0"),
        ("PRESSOK_OPENSEARCH_REPLICAS", "-1"),
        ("PRESSOK_OPENSEARCH_TIMEOUT", "0"),
        ("PRESSOK_OPENSEARCH_TIMEOUT", "61"),
        ("PRESSOK_OPENSEARCH_TIMEOUT", "1e1"),
    ],
)
def test_a_mistyped_value_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


def test_a_mistyped_secret_is_not_told() -> None:
    with pytest.raises(SettingsError, match="can't be that: write at least 16") as error:
        Settings.from_env({"PRESSOK_METRICS_TOKEN": "hemlig"})
    assert "hemlig" not in str(error.value)


def test_every_setting_has_its_row_and_its_help() -> None:
    assert [row.field for row in TABLE] == [f.name for f in fields(Settings)]
    for row in TABLE:
        assert row.name.startswith("PRESSOK_")
        assert len(row.help) > 20, f"{row.name} has no help"


TOKEN = "0123456789abcdef0123456789abcdef"


def test_a_token_is_known_by_how_it_is_written_and_never_shown() -> None:
    settings = Settings.from_env({"PRESSOK_TOKEN": TOKEN})
    assert settings.token and settings.token.is_written(TOKEN)
    assert not any(settings.token.is_written(other) for other in ("", TOKEN[:-1], TOKEN + "0", TOKEN.upper()))
    assert TOKEN not in repr(settings) and settings.token.digest.hex() not in repr(settings)
    assert repr(settings) != repr(Settings()), "what answers depend on is in it: whether there is a token"
    assert Settings.from_env({"PRESSOK_TOKEN": ""}).token is None


@pytest.mark.parametrize("token", [TOKEN[:-1], f"{TOKEN} x", f"{TOKEN}å", f"{TOKEN}\n", "=" * 32])
def test_a_token_that_is_too_short_or_no_token_stops_the_start_and_is_not_told(token: str) -> None:
    with pytest.raises(SettingsError, match="PRESSOK_TOKEN can't be that: write at least 32") as raised:
        Settings.from_env({"PRESSOK_TOKEN": token})
    assert token.strip() not in str(raised.value)


def test_a_folder_to_fetch_into_is_named_or_not() -> None:
    assert Settings.from_env({"PRESSOK_FETCH": "/srv/g0v"}).fetch == Path("/srv/g0v")
    assert Settings.from_env({"PRESSOK_FETCH": ""}).fetch is None


def test_sources_stand_with_a_colon_between_them() -> None:
    assert Settings.from_env({"PRESSOK_SOURCES": "/srv/g0v:/srv/pages:"}).sources == (
        Path("/srv/g0v"),
        Path("/srv/pages"),
    )


def test_a_yes_or_no_is_1_or_0() -> None:
    assert not Settings.from_env({"PRESSOK_KEEP_REMOVED": "0"}).keep_removed
    with pytest.raises(SettingsError, match="PRESSOK_KEEP_REMOVED can't be 'no': write 0 or 1"):
        Settings.from_env({"PRESSOK_KEEP_REMOVED": "no"})


def test_the_nodes_of_a_cluster_stand_with_a_comma_between_them() -> None:
    found = Settings.from_env({"PRESSOK_OPENSEARCH_URL": " https://node1:9200/, http://[::1]:9200,https://node1:9200,"})
    assert found.opensearch_url == ("https://node1:9200", "http://[::1]:9200")


def test_a_cluster_that_answers_has_to_be_named() -> None:
    with pytest.raises(SettingsError, match="Set PRESSOK_OPENSEARCH_URL to its nodes"):
        Settings.from_env({"PRESSOK_ENGINE": "opensearch"})


@pytest.mark.parametrize("name", ["PRESSOK_OPENSEARCH_USER", "PRESSOK_OPENSEARCH_PASSWORD"])
def test_a_user_comes_with_a_password(name: str) -> None:
    with pytest.raises(SettingsError, match="set both"):
        Settings.from_env({name: "pressok"})


def test_the_password_of_the_cluster_is_never_told() -> None:
    environ = {"PRESSOK_OPENSEARCH_USER": "pressok", "PRESSOK_OPENSEARCH_PASSWORD": "hemligt"}
    assert "hemligt" not in repr(Settings.from_env(environ))
    with pytest.raises(SettingsError, match="PRESSOK_OPENSEARCH_PASSWORD can't be that") as raised:
        Settings.from_env(environ | {"PRESSOK_OPENSEARCH_PASSWORD": "hemlighåll"})
    assert "hemlig" not in str(raised.value)
