"""deploy/nginx.conf: what it says, and, where there is an nginx, that it asks the other container when one fails."""

import http.client
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.conftest import ROOT
from tests.web.test_server import free_port

CONF = ROOT / "deploy" / "nginx.conf"
TEXT = CONF.read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def test_it_asks_the_two_containers_where_they_listen() -> None:
    assert re.findall(r"^ +server (\S+) resolve", TEXT, re.MULTILINE) == ["web1:8000", "web2:8000"]
    assert "PRESSOK_BIND=0.0.0.0:8000" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_it_sets_every_header_that_a_client_could_forge() -> None:
    told = set(re.findall(r"proxy_set_header X-Forwarded-(\w+)", TEXT))
    assert told == {"For", "Proto", "Host", "Prefix"}  # docs/operations.md: the four that PRESSOK_PROXIES believes


def test_no_line_tells_who_searched_for_what() -> None:
    assert "\naccess_log off;" in TEXT
    assert re.search(r"^error_log \S+ crit;", TEXT, re.MULTILINE)  # a milder one would hold addresses of requests


class Container(ThreadingHTTPServer):
    """Stands for a web container: answers every request with its status and notes what it was sent."""

    def __init__(self, name: str) -> None:
        self.name, self.status, self.asked = name, 200, list[dict[str, str]]()
        super().__init__(("127.0.0.1", 0), Answering)


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Container)
        server.asked.append(dict(self.headers))
        self.send_response(server.status)
        self.send_header("Retry-After", "7")
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(server.name.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def container(name: str) -> Iterator[Container]:
    server = Container(name)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def here(folder: Path, ports: dict[str, int]) -> str:
    """The configuration as this machine can run it: other ports and files, without what an older nginx doesn't know."""
    text = TEXT.replace("/run/secrets/proxy-certificate", str(folder / "proxy.pem"))
    text = text.replace("/run/secrets/proxy-key", str(folder / "proxy.key"))
    for name, port in ports.items():
        text = text.replace(name, f"127.0.0.1:{port}")
    text = re.sub(r"resolver .*|http2 on;", "", text.replace(" resolve ", " "))
    told = [f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    http = "\n".join([*told, text])
    return f"daemon off;\nmaster_process off;\npid {folder}/pid;\nevents {{}}\nhttp {{\n{http}\n}}\n"


class Proxy:
    """The proxy with two containers behind it."""

    def __init__(self, port: int, containers: list[Container], authority: Path) -> None:
        self.port, self.containers = port, containers
        self._context = ssl.create_default_context(cafile=authority)

    def get(self, path: str = "/?q=sol") -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=10, context=self._context)
        try:
            connection.request("GET", path, headers={"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Prefix": "/fel"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.headers)
        finally:
            connection.close()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    subprocess.run([ROOT / "deploy" / "secrets.sh", tmp_path], check=True, capture_output=True)
    assert NGINX
    with ExitStack() as ends:
        containers = [ends.enter_context(container(name)) for name in ("web1", "web2")]
        plain, port = free_port(), free_port()
        ports = {f"{one.name}:8000": one.server_port for one in containers}
        ports |= {"listen 8080": plain, "listen 8443": port}
        text = here(tmp_path, ports).replace(f"127.0.0.1:{plain}", f"listen 127.0.0.1:{plain}")
        (tmp_path / "nginx.conf").write_text(text.replace(f"127.0.0.1:{port} ssl", f"listen 127.0.0.1:{port} ssl"))
        line = [NGINX, "-p", str(tmp_path), "-e", str(tmp_path / "errors"), "-c", str(tmp_path / "nginx.conf")]
        subprocess.run([*line, "-t"], check=True, capture_output=True)
        process = ends.enter_context(subprocess.Popen(line, stderr=subprocess.DEVNULL))
        ends.callback(process.kill)
        found = Proxy(port, containers, tmp_path / "ca.pem")
        wait(found)
        yield found


def wait(proxy: Proxy) -> None:
    for _ in range(100):
        try:
            proxy.get()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx did not come up")


needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not installed")


@needs_nginx
def test_requests_are_shared_out(proxy: Proxy) -> None:
    assert {proxy.get()[1] for _ in range(6)} == {"web1", "web2"}


@needs_nginx
@pytest.mark.parametrize("which", [0, 1])
def test_nobody_notices_that_one_container_says_503(proxy: Proxy, which: int) -> None:
    proxy.containers[which].status = 503
    assert {proxy.get()[:2] for _ in range(6)} == {(200, proxy.containers[1 - which].name)}


@needs_nginx
def test_nobody_notices_that_one_container_is_gone(proxy: Proxy) -> None:
    proxy.containers[0].socket.close()
    assert {proxy.get()[:2] for _ in range(6)} == {(200, "web2")}


@needs_nginx
def test_when_both_say_503_their_answer_is_passed_on(proxy: Proxy) -> None:
    for one in proxy.containers:
        one.status = 503
    status, text, headers = proxy.get()
    assert (status, text in ("web1", "web2"), headers["Retry-After"]) == (503, True, "7")


@needs_nginx
def test_when_both_are_gone_it_says_when_to_come_back(proxy: Proxy) -> None:
    for one in proxy.containers:
        one.socket.close()
    status, text, headers = proxy.get()
    assert (status, headers["Retry-After"]) == (503, "5")
    assert "Försök igen" in text


@needs_nginx
def test_a_client_is_not_believed_and_figures_are_not_shown(proxy: Proxy) -> None:
    proxy.get()
    sent = next(one.asked[-1] for one in proxy.containers if one.asked)
    assert (sent["X-Forwarded-For"], sent["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert "X-Forwarded-Prefix" not in sent
    assert len(sent["X-Request-ID"]) == 32
    asked = [len(one.asked) for one in proxy.containers]
    assert proxy.get("/metrics")[0] == 404
    assert [len(one.asked) for one in proxy.containers] == asked
