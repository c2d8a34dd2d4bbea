"""The application under gunicorn."""

from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from search.local import LocalEngine
from web.app import create_app
from web.settings import Settings

_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes a file of its own in it


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
        """The application of a worker. Each worker opens the generation by itself, at its first request."""
        return create_app(LocalEngine(self._settings.data), self._settings)


def options(settings: Settings) -> dict[str, Any]:
    """gunicorn's options. A search is a few milliseconds of pure Python, so more threads would not make it faster."""
    return {
        "bind": settings.bind,
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": 4,  # so that a slow client does not keep a worker from answering others
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
