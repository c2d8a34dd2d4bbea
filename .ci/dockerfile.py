"""What a Dockerfile does, as a shell script for a machine without a container engine.

``python dockerfile.py DOCKERFILE IMAGE`` prints the script; IMAGE is the folder that stands for the image's root.
COPY takes from the folder that the script is started in, which holds what .dockerignore lets through. Only the
instructions that our Dockerfile has are known: any other is an error, so that none goes untested.
"""

import json
import re
import shlex
import sys
from pathlib import Path

_UNTRIED = {"VOLUME", "EXPOSE"}  # they only tell the engine what is where
_USERS = re.compile(r"useradd .*?(?:&&|$)|--owner=\S+|--group=\S+")  # of this machine, which is not the image's


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction with what follows it, lines joined and comments left out."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", lines)
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


class Script:
    """The script, made instruction by instruction."""

    def __init__(self, image: str) -> None:
        self.image = image
        self.root = f"{image}/root"
        self.folder = "/"
        self.lines = ["set -eu", "context=$PWD"]
        self.stages: list[str] = []

    def mapped(self, text: str) -> str:
        """The text with the image's absolute paths as they are here."""
        return re.sub(r"(?<![\w./}])/(app|data)\b", rf"{self.root}/\1", text)

    def take(self, word: str, rest: str) -> None:
        """Add what an instruction does."""
        if word not in _UNTRIED:
            getattr(self, f"_take_{word.lower()}")(rest)

    def _take_from(self, rest: str) -> None:
        if self.stages:
            self.lines.append(f"mv {self.root} {self.image}/{self.stages[-1]}")
        self.stages.append(rest.partition(" AS ")[2])
        self.folder = "/"
        self.lines.append(f"mkdir {self.root}")

    def _take_workdir(self, rest: str) -> None:
        self.folder = rest
        self.lines.append(f"mkdir -p {self.mapped(rest)}")

    def _take_run(self, rest: str) -> None:
        self.lines.append(f"(cd {self.mapped(self.folder)}; {self.mapped(_USERS.sub('', rest))})")

    def _take_copy(self, rest: str) -> None:
        *sources, target = (part for part in shlex.split(rest) if not part.startswith("--"))
        stage = re.match(r"--from=(\S+)", rest)
        base = f"{self.image}/{stage[1]}" if stage else "$context"
        to = self.mapped(target if target.startswith("/") else f"{self.folder}/{target}")
        self.lines.append(f"mkdir -p $(dirname {to}x)")
        for source in sources:
            self.lines.append(f"cp -r {base}/{source.lstrip('/')} {to}")

    def _take_env(self, rest: str) -> None:
        for pair in shlex.split(rest):
            name, _, value = pair.partition("=")
            # The port and the setting are the caller's, so that the check can run beside other services.
            self.lines.append(f'export {name}="${{CHECK_{name}:-{self.mapped(value)}}}"')

    def _take_user(self, rest: str) -> None:
        if rest in ("root", "0"):
            raise SystemExit("the image runs as root")
        self.lines.append('run_as="setpriv --reuid=nobody --regid=nogroup --clear-groups"')
        # Without root there is no other user to be, and a Python in root's home is for root alone.
        self.lines.append('if $run_as sh -c "pressok --version" >/dev/null 2>&1; then')
        self.lines.append(f"chown nobody {self.mapped('/data')}; else run_as=; fi")

    def _take_healthcheck(self, rest: str) -> None:
        self.lines.append(f"healthy() {{ {self.command(rest.partition('CMD ')[2])}; }}")

    def _take_cmd(self, rest: str) -> None:
        self.lines.append(f"cd {self.mapped(self.folder)}")
        self.lines.append(f"start() {{ exec ${{run_as:-}} {self.command(rest)}; }}")

    def command(self, text: str) -> str:
        """A command in the form of a JSON list, for the shell."""
        return shlex.join(self.mapped(part) for part in json.loads(text))


def main(dockerfile: str, image: str) -> str:
    """The script for a Dockerfile."""
    script = Script(image)
    for word, rest in instructions(Path(dockerfile).read_text(encoding="utf-8")):
        script.take(word, rest)
    return "\n".join(script.lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
