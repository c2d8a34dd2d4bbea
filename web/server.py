"""The application under gunicorn."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from gunicorn.app.base import BaseApplication

from index.opensearch.connection import within
from search.engine import Engine
from search.local.memory import keep_together
from web.app import create_app
from web.engines import Prepared, engine_for
from web.observing import access, logs
from web.observing.requests import Observed, Telling
from web.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MEMORY = Path("/dev/shm")  # noqa: S108 - only files and folders of our own are made in it
_IN_MEMORY = str(_MEMORY) if _MEMORY.is_dir() else None
_FIGURES = "PROMETHEUS_MULTIPROC_DIR"


class OneAtATime:
    """An application that works on one request at a time; sending what it answered is not waited for.

    An answer is a millisecond of Python. Threads that work on several only take the interpreter from each other, each
    time NumPy lets go of it, and all answers come later: the more, the more connections (``python -m bench.turns``).
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self._working = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request when the one before it is answered."""
        with self._working:
            return self._app(environ, start_response)


class InTime:
    """An application whose requests wait for a cluster, and are all answered in time: with an error, if need be.

    The time is for all that one request asks the cluster. What is sent bit by bit (exports) has it for each bit.
    """

    def __init__(self, app: "WSGIApplication", seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        with within(self._seconds):
            return self._app(environ, start_response)


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told by our settings instead of by its own command line."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine: Prepared | None = None
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made once, before the workers are: what they don't change they share."""
        self._engine = engine_for(self._settings)
        self._engine.prepare()
        app = observed(self._engine, self._settings)
        _settle()
        return app

    def reload(self) -> None:
        """Open what is published by now: the new workers share it instead of opening it each for itself."""
        super().reload()
        if self._engine:
            gc.unfreeze()
            self._engine.prepare()
            _settle()


def observed(engine: Engine, settings: Settings) -> Flask:
    """The application as it is served: each request has its turn or its time, is counted and told of in the log."""
    from web.observing.metrics import Metrics, exposition  # looks for the folder of figures when it is imported

    telling = cast(Engine, Telling(engine))
    app = create_app(telling, settings)
    access.register(app, settings, lambda: exposition(telling))
    served = app.wsgi_app
    in_turn = OneAtATime(served) if settings.engine == "local" else InTime(served, settings.opensearch_timeout)
    app.wsgi_app = in_turn  # type: ignore[method-assign]  # Flask's own way to wrap it
    Observed.around(app, Metrics(), settings)
    return app


def _settle() -> None:
    """What lives as long as the process is not looked through for garbage, and stays shared."""
    gc.collect()
    gc.freeze()


def _calm_garbage_collection(_server: Any, _worker: Any) -> None:
    """Look for garbage less often: an answer makes thousands of objects, and none of them in circles."""
    gc.set_threshold(50_000, 20, 50)


def _forget_worker(_server: Any, worker: Any) -> None:
    """Take what a worker was doing out of the figures; what it has done stays in them."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _forget_figures(_server: Any) -> None:
    shutil.rmtree(os.environ[_FIGURES], ignore_errors=True)


def options(settings: Settings) -> dict[str, Any]:
    """gunicorn's options, each with its reason. docs/operations.md tells the operator what follows from them."""
    return {
        "bind": settings.bind,
        "proc_name": "pressok",
        # Workers are what makes it faster, one for each core: an answer is a millisecond of pure Python. Threads do not
        # (see OneAtATime); four, so that a client who reads slowly does not keep a worker from answering others. Where
        # a cluster answers, they wait for it: more of them, so that a slow one does not keep a health check waiting.
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": 4 if settings.engine == "local" else 16,
        # The index is opened once and its memory shared. So a SIGHUP starts new workers with the code of the old ones:
        # new code takes a new master, SIGUSR2 or a restart.
        "preload_app": True,
        "post_fork": _calm_garbage_collection,
        "child_exit": _forget_worker,
        "on_exit": _forget_figures,
        # No max_requests: the memory of a worker is flat (bench/endurance.py), and a new one has to open by itself what
        # was published since the master began.
        "max_requests": 0,
        # A worker whose main loop says nothing for so long is replaced. A slow request does not stop that loop.
        "timeout": 30,
        # What a stopping worker has begun may take so long: no search does, the export of everything takes seconds.
        "graceful_timeout": 30,
        # Seconds that an idle connection is kept: longer than a proxy keeps one (nginx: 60), or it may ask on a
        # connection that is just being closed. Idle connections take no thread.
        "keepalive": 75,
        # Connections that may wait to be accepted: those of two seconds of restart at a thousand a second.
        "backlog": 2048,
        # Bytes, the most there can be: 500 letters, percent-encoded, take up to 6 kB.
        "limit_request_line": 8190,
        # A browser sends some twenty header fields, a proxy adds a few. Nothing of ours needs long ones: no cookies.
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        # It would believe whatever runs on this machine; web.middleware.proxies decides who is believed.
        "forwarded_allow_ips": "",
        # A heartbeat file, which on a slow disk could block the worker.
        "worker_tmp_dir": _IN_MEMORY,
        "control_socket_disable": True,
        # The line of a request is ours: gunicorn's would hold what people searched for, and from where.
        "accesslog": None,
        "logger_class": logs.GunicornLog,
    }


def serve(settings: Settings) -> None:
    """Serve until told to stop. The figures are kept in a folder of their own, which the workers share."""
    logs.configure(whole=settings.log_queries)
    keep_together()
    os.environ[_FIGURES] = tempfile.mkdtemp(prefix="pressok-figures-", dir=_IN_MEMORY)
    _Server(settings).run()
