"""Makes the pictures in docs/ from the releases that come with the project: ``make pictures``."""

import tempfile
from pathlib import Path

from index.build import rebuild
from index.store import DataFolder
from search.local import LocalEngine
from tests.web.chromium import browsing, serving

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"

RELEASE = "artiklar.2015.08.prisbasbeloppet-faststallt"
PICTURES = {  # name: (width, height, address, flags)
    "start-page.png": (1280, 1000, "/", ()),
    "search-page.png": (1280, 1000, "/?q=segregation", ()),
    "search-page-phone.png": (500, 1000, "/?q=segregation", ()),
    "search-page-dark.png": (1280, 1000, "/?q=segregation", ("--force-dark-mode",)),
    "search-page-english.png": (1280, 1000, "/en/?q=segregation&minister=ibrahim-baylan", ()),
    "release-page.png": (1280, 1000, f"/releases/{RELEASE}?q=prisbasbelopp", ()),
    "release-page-phone.png": (500, 1000, f"/releases/{RELEASE}?q=prisbasbelopp", ("--force-dark-mode",)),
    "minister-page.png": (1280, 1000, "/ministers/ibrahim-baylan", ()),
    "trends-page.png": (1280, 1000, "/trends?q=regeringen&q=myndighet&all=1&step=year", ()),
    "api-page.png": (1280, 1000, "/api", ()),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        rebuild(DataFolder(data), [ROOT / "index" / "samples"])
        with serving(LocalEngine(data)) as site:
            for picture, (width, height, address, flags) in PICTURES.items():
                with browsing(Path(name) / picture, f"--window-size={width},{height}", *flags, scripts=True) as browser:
                    browser.set_window_size(width, height)
                    browser.get(site + address)
                    (DOCS / picture).write_bytes(browser.get_screenshot_as_png())


if __name__ == "__main__":
    main()
