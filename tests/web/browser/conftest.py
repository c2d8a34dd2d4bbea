"""The site, and a Chromium that runs its scripts: one of each for all the tests in this folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from selenium.webdriver import Chrome

from search.local import LocalEngine
from tests.web.chromium import BROWSER, DRIVER, browsing, serving

MODULES = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="session")
def site(sample_data: Path) -> Iterator[str]:
    with serving(LocalEngine(sample_data)) as address:
        yield address


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A Chromium whose pages run their scripts."""
    require_chromium()
    with browsing(tmp_path_factory.mktemp("profile"), "--window-size=1280,1600", scripts=True) as browser:
        browser.set_script_timeout(60)
        yield browser


@pytest.fixture
def browser(scripted: Chrome) -> Iterator[Chrome]:
    """The same Chromium for every test, as wide and light as if it were new."""
    scripted.get_log("browser")  # type: ignore[no-untyped-call]
    yield scripted
    scripted.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    scripted.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which holds a page against WCAG."""
    path = MODULES / "axe-core" / "axe.min.js"
    if not path.exists():
        missing("axe-core: install npm, then: npm ci --ignore-scripts --prefix tests/web/browser")
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """The command of the Nu HTML checker."""
    path, java = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar", shutil.which("java")
    if not path.exists() or not java:
        missing("the Nu HTML checker: install Java and npm, then: npm ci --ignore-scripts --prefix tests/web/browser")
    return [java, "-jar", str(path)]


def require_chromium() -> None:
    if not (BROWSER and DRIVER):
        missing("Chromium and its driver (Debian: chromium, chromium-driver)")


def missing(what: str) -> NoReturn:
    """Skip for want of a tool; where everything must be checked, fail."""
    say = pytest.fail if "CI" in os.environ else pytest.skip
    say(f"to test this, get {what}")
