"""A bare Flask view under our gunicorn settings: ``python -m bench.constant HOST:PORT BYTES``.

It gives the same JSON of that size to everybody: what is left of a request when nothing is searched.
"""

import json
import sys

from flask import Flask, Response
from gunicorn.app.base import BaseApplication

from web.server import options
from web.settings import Settings


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, bind: str, size: int) -> None:
        self._bind, self._size = bind, size
        super().__init__()

    def load_config(self) -> None:
        for name, value in options(Settings(bind=self._bind)).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return constant(self._size)


def constant(size: int) -> Flask:
    """An application that answers everything at ``/`` with ``size`` bytes of JSON."""
    app = Flask(__name__)
    body = json.dumps({"text": ""}).encode()
    body = body[:-2] + b"x" * (size - len(body)) + body[-2:]

    @app.get("/")
    def answer() -> Response:
        return Response(body, mimetype="application/json")

    return app


if __name__ == "__main__":
    _Server(sys.argv[1], int(sys.argv[2])).run()
