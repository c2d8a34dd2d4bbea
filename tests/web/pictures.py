"""Makes the pictures in docs/ from the releases that come with the project: ``make pictures``."""

import tempfile
from pathlib import Path

from index.build import rebuild
from index.store import DataFolder
from search.local import LocalEngine
from tests.web.chromium import browsing, serving

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"

PICTURES = {  # name: (width, height, address, flags)
    "search-page.png": (1280, 1000, "/?q=segregation", ()),
    "search-page-phone.png": (500, 1000, "/?q=segregation", ()),
    "search-page-dark.png": (1280, 1000, "/?q=segregation", ("--force-dark-mode",)),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        rebuild(DataFolder(data), [ROOT / "index" / "samples"])
        with serving(LocalEngine(data)) as site:
            for picture, (width, height, address, flags) in PICTURES.items():
                with browsing(Path(name) / picture, f"--window-size={width},{height}", *flags) as browser:
                    browser.set_window_size(width, height)
                    browser.get(site + address)
                    (DOCS / picture).write_bytes(browser.get_screenshot_as_png())


if __name__ == "__main__":
    main()
