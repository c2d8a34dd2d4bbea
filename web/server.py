"""The application under gunicorn."""

import gc
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from search.local import LocalEngine
from web.app import create_app
from web.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes a file of its own in it


class OneAtATime:
    """An application that works on one request at a time; sending what it answered is not waited for.

    An answer is a millisecond of Python. Threads that work on several only take the interpreter from each other, each
    time NumPy lets go of it, and all answers come later.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self._working = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request when the one before it is answered."""
        with self._working:
            return self._app(environ, start_response)


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told by our settings instead of by its own command line."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made once, before the workers are: what they don't change they share."""
        engine = LocalEngine(self._settings.data)
        engine.prepare()
        app = create_app(engine, self._settings)
        app.wsgi_app = OneAtATime(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way to wrap it
        gc.collect()
        gc.freeze()  # what lives as long as the process is not looked through for garbage, and stays shared
        return app


def _calm_garbage_collection(_server: Any, _worker: Any) -> None:
    """Look for garbage less often: an answer makes thousands of objects, and none of them in circles."""
    gc.set_threshold(50_000, 20, 50)


def options(settings: Settings) -> dict[str, Any]:
    """gunicorn's options. A search is a millisecond of pure Python, so more threads would not make it faster."""
    return {
        "preload_app": True,
        "bind": settings.bind,
        "workers": settings.workers,
        "worker_class": "gthread",
        "post_fork": _calm_garbage_collection,
        "threads": 4,  # so that a slow client does not keep a worker from answering others
        "limit_request_line": 8190,  # bytes, the most there can be: 500 letters take up to 6 kB
        "timeout": 30,
        "graceful_timeout": 30,
        # A heartbeat file, which on a slow disk could block the worker.
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        "control_socket_disable": True,
        "proc_name": "pressok",
    }


def serve(settings: Settings) -> None:
    """Serve until told to stop."""
    _Server(settings).run()
