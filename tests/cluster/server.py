"""How one node is made and started: its jars from Maven, our OneNode.java compiled, what the JVM is told."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build" / "cluster"  # git leaves it out; the jars themselves stay where Maven keeps them
SECURITY = "org.opensearch.security"
TOOLS = {"java": "default-jdk-headless", "javac": "default-jdk-headless", "mvn": "maven"}

# Small and quick to start rather than fast for long: a heap that grows only when it must, one collector thread, the
# first compiler only, no files for tools that look into JVMs. `python -m tests.cluster` tells what came of it. What
# begins with io.netty is as the server's own start script has it.
JVM = (
    "-Xms64m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dio.netty.allocator.numDirectArenas=0",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j2.level=info",
)


class ClusterError(Exception):
    """A cluster can't be had, or isn't as it was waited for; the text says what to do."""


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ClusterError(f"{name} is not installed; the test cluster needs it: apt-get install {TOOLS[name]}")
    return path


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        told = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise ClusterError(f"{Path(command[0]).name} failed; is its repository reachable? It said:\n{told}")


def _make(folder: Path) -> None:
    """Leave in folder a file with the class path and, beside it, our compiled class."""
    folder.mkdir()
    jars = folder / "jars"
    _run(_tool("mvn"), "--batch-mode", "--quiet", "dependency:build-classpath", f"-Dmdep.outputFile={jars}")
    _run(_tool("javac"), "-cp", jars.read_text().strip(), "-d", str(folder), "OneNode.java")


def _whole(folder: Path) -> bool:
    """Whether what was made is still of use: Maven's jars may have been cleaned away since."""
    jars = folder / "jars"
    return jars.exists() and all(Path(jar).exists() for jar in jars.read_text().strip().split(os.pathsep))


def made() -> Path:
    """The folder with what a node is started from; made on first use and when a source of it has changed.

    Raises ClusterError when a tool is missing or fails.
    """
    sources = b"".join((HERE / name).read_bytes() for name in ("pom.xml", "OneNode.java"))
    folder = BUILD / hashlib.sha256(sources).hexdigest()[:16]
    if not _whole(folder):
        shutil.rmtree(folder, ignore_errors=True)
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as unfinished:
            _make(Path(unfinished) / "made")
            (Path(unfinished) / "made").rename(folder)
    return folder


def command(settings: Mapping[str, str], heap: str, more: Sequence[str] = (), *, secured: bool = False) -> list[str]:
    """The command that runs one node with these settings of the server and a heap as -Xmx has it.

    One that is secured has the plugin for TLS and users; its settings are those of the folder config in path.home.
    What more tells the JVM comes last, so that it has the last word.
    """
    classpath = _classpath(secured=secured)
    jvm = [f"-Xmx{heap}", *JVM, *([f"-Dplugin={SECURITY}.OpenSearchSecurityPlugin"] if secured else []), *more]
    told = [f"{name}={value}" for name, value in settings.items()]
    return [_tool("java"), *jvm, "-cp", classpath, "OneNode", *told]


def security_tool(name: str, *arguments: str) -> list[str]:
    """The command that runs a tool of the plugin for TLS and users, which the official image has as a script."""
    return [_tool("java"), "-cp", _classpath(secured=True), f"{SECURITY}.tools.{name}", *arguments]


def _classpath(*, secured: bool) -> str:
    folder = made()
    more = [str(security() / "*")] if secured else []
    return os.pathsep.join([str(folder), (folder / "jars").read_text().strip(), *more])


def security() -> Path:
    """The folder with the jars of the plugin for TLS and users; unpacked on first use and when its version changes."""
    source = HERE / "security.xml"
    folder = BUILD / f"security-{hashlib.sha256(source.read_bytes()).hexdigest()[:16]}"
    if not folder.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as unfinished:
            packed = Path(unfinished) / "packed"
            told = ("--batch-mode", "--quiet", "--file", source.name, "dependency:build-classpath")
            _run(_tool("mvn"), *told, f"-Dmdep.outputFile={packed}")
            with zipfile.ZipFile(packed.read_text().strip()) as plugin:
                plugin.extractall(Path(unfinished) / "made")
            (Path(unfinished) / "made").rename(folder)
    return folder
