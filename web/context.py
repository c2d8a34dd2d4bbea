"""What a request needs of the application that it belongs to."""

from typing import cast

from flask import Flask, current_app

from search.engine import Engine

_KEY = "pressok.engine"


def bind(app: Flask, engine: Engine) -> None:
    """Let ``app`` answer from ``engine``."""
    app.extensions[_KEY] = engine


def engine() -> Engine:
    """The engine of the application that is answering."""
    return cast(Engine, current_app.extensions[_KEY])
