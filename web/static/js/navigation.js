// Links and forms that stay on this page fetch it anew and swap its parts; the address always says what is shown.

import { parsed } from "./trusted.js";

const SWAPPED = ["content", "top"]; // ids
const IN_HEAD = 'link[rel="prev"], link[rel="next"], link[rel="alternate"]';

let fetching = null; // what stops the fetch that is under way
let shown = withoutPlace(location); // the address of what is shown

/** Listen to the document, and return the function that goes to an address. */
export function navigation() {
  history.scrollRestoration = "auto";
  document.addEventListener("click", followed);
  document.addEventListener("submit", submitted);
  addEventListener("popstate", returned);
  return go;
}

/** Go to `address`: here, when it is this page with other parameters, else by a full load. */
export function go(address, options = {}) {
  const url = new URL(address, location.href);
  if (!staysHere(url)) {
    location.assign(url);
    return Promise.resolve();
  }
  return show(url.href, { push: true, ...options });
}

function withoutPlace({ pathname, search }) {
  return pathname + search;
}

function staysHere(url) {
  const live = document.querySelector("main[data-live]");
  return Boolean(live) && url.origin === location.origin && url.pathname === location.pathname;
}

function followed(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  const url = new URL(link.href);
  if (link.target || link.id === "language" || url.hash || !link.closest("main[data-live]") || !staysHere(url)) {
    return;
  }
  event.preventDefault();
  // A page of hits is read from its top; a filter is one of several that one may want to choose.
  const paging = link.closest(".paging");
  go(url.href, { focus: paging ? "h1" : keyOf(link), top: Boolean(paging) });
}

function submitted(event) {
  const form = event.target;
  const url = new URL(form.action);
  if (event.defaultPrevented || form.method !== "get" || !staysHere(url)) {
    return;
  }
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(fields).toString();
  go(url.href, { focus: form.getAttribute("role") === "search" ? "#q" : keyOf(document.activeElement) });
}

/** Back, forward, or to a place on the page that is shown. */
function returned() {
  fetching?.abort();
  document.querySelector("main").removeAttribute("aria-busy");
  if (withoutPlace(location) !== shown) {
    show(location.href);
  }
}

/** What finds an element again after the swap: its id, or the words that it shows and where. */
function keyOf(element) {
  if (element.id) {
    return `#${CSS.escape(element.id)}`;
  }
  const place = element.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby") ?? element.closest("[id]")?.id;
  const words = element.querySelector(".name")?.textContent ?? element.textContent;
  return { place, words };
}

function find(key) {
  if (!key || typeof key === "string") {
    return key && document.querySelector(key);
  }
  const section = `[aria-labelledby="${key.place}"]`;
  const place = document.querySelector(section) ?? document.getElementById(key.place) ?? document;
  const same = (element) => (element.querySelector(".name")?.textContent ?? element.textContent) === key.words;
  return [...place.querySelectorAll("a, button, summary")].find(same) ?? document.querySelector("h1");
}

async function show(href, { push = false, focus = null, top = false } = {}) {
  fetching?.abort();
  const mine = (fetching = new AbortController());
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(href, { signal: mine.signal, headers: { Accept: "text/html" } });
    const page = parsed(await response.text());
    if (!page.querySelector("main[data-live]") || !document.querySelector("main[data-live]")) {
      throw new Error("this is another kind of page");
    }
    if (push) {
      history.pushState(null, "", href);
    }
    shown = withoutPlace(new URL(href));
    swap(page);
  } catch (error) {
    if (error.name !== "AbortError") {
      location.assign(href);
    }
    return;
  }
  settle(focus, top);
}

function swap(page) {
  document.title = page.title;
  const open = [...document.querySelectorAll("details[open][id]")].map((details) => details.id);
  const hero = document.querySelector(".hero");
  for (const id of SWAPPED) {
    document.getElementById(id).replaceWith(page.getElementById(id));
  }
  hero?.replaceWith(...[page.querySelector(".hero")].filter(Boolean));
  if (!hero && page.querySelector(".hero")) {
    document.querySelector("body > header").append(page.querySelector(".hero"));
  }
  document.querySelectorAll(IN_HEAD).forEach((link) => link.closest("head") && link.remove());
  document.head.append(...page.head.querySelectorAll(IN_HEAD));
  document.getElementById("language").href = page.getElementById("language").href;
  for (const id of open) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  document.dispatchEvent(new CustomEvent("pressok:shown"));
}

function settle(focus, top) {
  const heading = document.querySelector("main h1") ?? document.querySelector("h1");
  document.getElementById("announcement").textContent = heading?.textContent.trim().replace(/\s+/g, " ") ?? "";
  if (top) {
    scrollTo(0, 0);
  }
  const wanted = find(focus);
  if (wanted) {
    if (wanted.matches("h1, h2")) {
      wanted.tabIndex = -1;
    }
    wanted.focus({ preventScroll: true });
    wanted.scrollIntoView({ block: "nearest" });
    if (wanted.selectionEnd != null) {
      wanted.selectionStart = wanted.value.length; // one goes on typing at the end
    }
  }
}
