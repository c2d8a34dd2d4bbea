// Suggestions while one types: an editable combobox with a list, as the ARIA Authoring Practices describe it.
// The text stays what was typed until a suggestion is chosen.

const SHORTEST = 2; // letters
const PAUSE = 120; // milliseconds

let active = -1; // the number of the option that the keys have come to
let timer = 0;
let fetching = null;

/** Listen to the document; `go` leads to an address. */
export function suggest(go) {
  const onBox = (type, act) => document.addEventListener(type, (event) => event.target.id === "q" && act(event));
  onBox("input", ask);
  onBox("keydown", (event) => pressed(event, go));
  onBox("focusout", close);
  document.addEventListener("submit", close);
  document.addEventListener("pressok:shown", dress);
  // The letters keep the focus when the list is touched.
  document.addEventListener("mousedown", (event) => event.target.closest?.("#suggestions") && event.preventDefault());
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.("#suggestions [role=option]");
    option && choose(option, go);
  });
  dress();
}

const box = () => document.getElementById("q");
const list = () => document.getElementById("suggestions");
const options = () => [...(list()?.children ?? [])];
const words = () => JSON.parse(box().form.dataset.words);

/** Make the box on the page a combobox: without scripts it is a plain one. */
function dress() {
  close();
  if (!box() || list()) {
    return;
  }
  const found = document.createElement("ul");
  found.id = "suggestions";
  found.className = "suggestions";
  found.hidden = true;
  found.setAttribute("role", "listbox");
  found.setAttribute("aria-label", words().list);
  box().parentElement.append(found);
  box().type = "text"; // HTML lets no search field be a combobox; it looks the same
  box().enterKeyHint = "search";
  const state = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": found.id };
  Object.entries(state).forEach(([name, value]) => box().setAttribute(name, value));
}

function ask() {
  cancel();
  point(-1);
  if (box().value.trim().length < SHORTEST) {
    close();
    return;
  }
  timer = setTimeout(load, PAUSE);
}

async function load() {
  const mine = (fetching = new AbortController());
  const url = new URL(box().form.dataset.suggest, location.href);
  url.searchParams.set("q", box().value);
  try {
    const response = await fetch(url, { signal: mine.signal });
    const found = response.ok ? (await response.json()).suggestions : [];
    if (!mine.signal.aborted) {
      show(document.activeElement === box() ? found : []);
    }
  } catch {
    mine.signal.aborted || close(); // no suggestions: the search works without them
  }
}

function show(found) {
  if (!found.length) {
    close();
    return;
  }
  list().replaceChildren(...found.map(option));
  list().hidden = false;
  list().scrollTop = 0;
  box().setAttribute("aria-expanded", "true");
  point(-1);
  tell((found.length === 1 ? words().one : words().many).replace("#", found.length));
}

function option(suggestion, number) {
  const { text, kind, value, count } = suggestion;
  const item = document.createElement("li");
  item.id = `suggestion-${number}`;
  item.setAttribute("role", "option");
  Object.assign(item.dataset, { kind, value: value ?? "" });
  item.append(span("words", text), " ");
  item.firstChild.lang = "sv";
  if (words().kinds[kind]) {
    item.append(span("kind", words().kinds[kind]), " ");
  }
  if (kind !== "title" && kind !== "phrase") {  // those count titles, which is not what a search for them finds
    const hits = count === 1 ? words().hit : words().hits;
    item.append(span("count", count.toLocaleString(document.documentElement.lang)), span("unseen", ` ${hits}`));
  }
  return item;
}

function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

function pressed(event, go) {
  if (event.isComposing || event.ctrlKey || event.metaKey) {
    return;
  }
  const isOpen = list()?.hidden === false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    isOpen ? move(event.key === "ArrowDown" ? 1 : -1) : ask();
  } else if (event.key === "Enter" && isOpen && active >= 0) {
    event.preventDefault();
    choose(options()[active], go);
  } else if (event.key === "Escape" && (isOpen || box().value)) {
    event.preventDefault();
    isOpen ? tell("") : (box().value = "");
    close();
  } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
    point(-1); // back in the text
  }
}

/** From the text (-1) through the options and back to the text. */
function move(step) {
  const places = options().length + 1;
  point(((active + 1 + step + places) % places) - 1);
}

function point(number) {
  active = number;
  options().forEach((item, place) => item.setAttribute("aria-selected", String(place === number)));
  const item = options()[number];
  if (item) {
    box().setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  } else {
    box()?.removeAttribute("aria-activedescendant");
  }
}

/** A title leads to its release, a facet's value to all that has it; what is only words is searched for. */
function choose(item, go) {
  const { kind, value } = item.dataset;
  const { form } = box();
  close();
  if (kind === "title" && value) {
    location.assign(form.dataset.release.replace(/_$/, encodeURIComponent(value)));
  } else if (value) {
    go(`${form.action}?${new URLSearchParams({ [kind]: value })}`, { focus: "h1", top: true });
  } else {
    box().value = item.querySelector(".words").textContent;
    form.requestSubmit();
  }
}

function cancel() {
  clearTimeout(timer);
  fetching?.abort();
}

function close() {
  cancel();
  if (list()) {
    list().hidden = true;
    list().replaceChildren();
    box().setAttribute("aria-expanded", "false");
  }
  point(-1);
}

function tell(text) {
  document.getElementById("announcement").textContent = text;
}
