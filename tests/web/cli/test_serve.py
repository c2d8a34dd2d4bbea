import socket
from pathlib import Path

from tests.web.cli.running import pressok


def test_a_busy_port_is_told_before_anything_starts(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        bind = f"127.0.0.1:{busy.getsockname()[1]}"
        result = pressok("serve", "--bind", bind, "--data", data)
    assert result.exit_code == 2
    assert bind in result.stderr and "--bind" in result.stderr
    result = pressok("serve", "--bind", "no-such-host.invalid:80", "--data", data)
    assert (result.exit_code, "can't listen on no-such-host.invalid:80" in result.stderr) == (2, True)
