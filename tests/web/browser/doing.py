"""What a reader does in a browser, and what is seen then."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait


def screen(browser: Chrome, width: int, height: int = 1000) -> None:
    """Let the screen be so large, in CSS pixels; narrow ones are phones."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def prefer(browser: Chrome, **features: str) -> None:
    """Let the reader prefer a ``color_scheme`` (dark, light) or a ``reduced_motion`` (reduce)."""
    told = [{"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": told})


def press(browser: Chrome, *keys: str) -> None:
    """Press keys one after the other, wherever the focus is."""
    ActionChains(browser).send_keys(*keys).perform()


def step_back(browser: Chrome) -> None:
    """Press Tab with Shift."""
    ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()


def click(browser: Chrome, selector: str) -> None:
    """Click where the element is, with the mouse.

    The driver's own click takes what lies in a closed fold for unseen, even where the style sheet shows it; and a
    script's click is not the reader's: Back would pass over what it led to.
    """
    element = one(browser, selector)
    ActionChains(browser).scroll_to_element(element).move_to_element(element).click().perform()


def one(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def text(browser: Chrome, selector: str) -> str:
    """All the text of an element, seen or not, spaces as one."""
    return " ".join((one(browser, selector).get_attribute("textContent") or "").split())


def texts(browser: Chrome, selector: str) -> list[str]:
    script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim().replace(/\\s+/g, ' '))"
    return list(run(browser, script, selector))


def focused(browser: Chrome) -> WebElement:
    return browser.switch_to.active_element


def focus(browser: Chrome, selector: str) -> None:
    run(browser, "document.querySelector(arguments[0]).focus()", selector)


def run(browser: Chrome, script: str, *given: Any) -> Any:
    return browser.execute_script(script, *given)


def until(browser: Chrome, seen: Callable[[], Any]) -> Any:
    """Wait for what is to be seen, however long it takes to come."""
    return WebDriverWait(browser, 20, 0.03).until(lambda _: seen())


@contextmanager
def in_place(browser: Chrome) -> Iterator[None]:
    """What is done inside changes the page without loading another: go on when it has."""
    run(browser, "window.stayed = true; window.shown = false")
    run(browser, "document.addEventListener('pressok:shown', () => (window.shown = true), { once: true })")
    yield
    until(browser, lambda: run(browser, "return window.shown || !window.stayed"))
    assert run(browser, "return window.stayed"), "the whole page was loaded anew"


@contextmanager
def by_loading(browser: Chrome) -> Iterator[None]:
    """What is done inside loads another page: go on when it is there."""
    run(browser, "window.stayed = true")
    yield
    until(browser, lambda: run(browser, "return !window.stayed && document.readyState === 'complete'"))
