// The bars of hits over time: one is followed like any link, several are chosen by dragging or with Shift and the arrows.

const MOVES = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

let go = null;
let anchor = null; // the bar where the choice of several began
let pointer = null; // the pointer that is held down on the bars
let dragged = false; // whether the click that follows is the end of a drag

/** Listen to the document; `leadTo` leads to an address. */
export function histogram(leadTo) {
  go = leadTo;
  document.addEventListener("pointerdown", pressed);
  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerup", released);
  document.addEventListener("pointercancel", cancelled);
  document.addEventListener("click", clicked, true);
  document.addEventListener("dragstart", (event) => barOf(event.target) && event.preventDefault());
  document.addEventListener("keydown", keyed);
  document.addEventListener("pointerover", told);
  document.addEventListener("focusin", told);
  document.addEventListener("pressok:shown", settle);
  settle();
}

/** Of all bars one is a stop of the tabulator key; the arrows lead on from there. */
function settle() {
  letGo();
  const first = document.querySelector(".bars a[href]");
  first && (first.tabIndex = 0);
}

function bars() {
  return [...document.querySelectorAll(".bars > li")];
}

function barOf(element) {
  return element?.closest?.(".bars > li");
}

function barAt(x) {
  const all = bars();
  const { left, width } = all[0].parentElement.getBoundingClientRect();
  return all[Math.max(0, Math.min(all.length - 1, Math.floor(((x - left) / width) * all.length)))];
}

function pressed(event) {
  dragged = false;
  const bar = barOf(event.target);
  if (bar && event.isPrimary && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    choose([]);
    [anchor, pointer] = [bar, event.pointerId];
  }
}

function moved(event) {
  if (event.pointerId !== pointer) {
    return;
  }
  if (!event.buttons) {
    cancelled(); // it was let go outside of the window
    return;
  }
  const bar = barAt(event.clientX);
  if (!dragged && bar !== anchor) {
    dragged = true;
    anchor.parentElement.setPointerCapture(pointer);
  }
  if (dragged) {
    choose(between(anchor, bar));
  }
}

function released(event) {
  if (event.pointerId !== pointer) {
    return;
  }
  const range = chosen();
  dragged ? apply(range) : letGo();
}

function cancelled() {
  letGo();
  tell("");
  dragged = false;
}

/** Choose nothing any more. */
function letGo() {
  anchor = pointer = null;
  choose([]);
}

function clicked(event) {
  const link = event.target.closest?.(".bars a, .levels a");
  if (dragged && (link || event.target.closest?.(".bars"))) {
    event.preventDefault();
    event.stopPropagation();
  } else if (link?.href && !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    lead(link.href);
  }
  dragged = false;
}

function keyed(event) {
  const held = pointer !== null;
  if (event.key === "Escape" && (held || chosen().length)) {
    cancelled();
    dragged = held; // the click that comes when the button is let go leads nowhere
    return;
  }
  dragged = dragged && held;
  const bar = barOf(event.target);
  if (!bar || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key in MOVES) {
    event.preventDefault();
    walk(bar, MOVES[event.key], event.shiftKey);
  } else if (event.key === "Enter" && chosen().length > 1) {
    event.preventDefault();
    apply(chosen());
  }
}

function walk(bar, steps, choosing) {
  const all = bars();
  const to = all[Math.max(0, Math.min(all.length - 1, all.indexOf(bar) + steps))];
  bar.firstElementChild.tabIndex = -1;
  to.firstElementChild.tabIndex = 0;
  anchor = choosing ? (anchor ?? bar) : null;
  to.firstElementChild.focus();
  choose(choosing ? between(anchor, to) : []);
}

function between(one, other) {
  const all = bars();
  const [first, last] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
  return all.slice(first, last + 1);
}

function chosen() {
  return [...document.querySelectorAll(".bars > .chosen")];
}

function choose(range) {
  const before = chosen();
  if (before.length === range.length && before[0] === range[0]) {
    return;
  }
  before.forEach((bar) => bar.classList.remove("chosen"));
  range.forEach((bar) => bar.classList.add("chosen"));
  if (range.length) {
    const [first, last] = [range[0].dataset.period, range.at(-1).dataset.period];
    const words = first === last ? first : [first, last].join(/\s/.test(first + last) ? " – " : "–");
    tell(words);
    document.getElementById("announcement").textContent = words;
  }
}

/** Show what a bar says while the mouse is over it or the keyboard has come to it. */
function told(event) {
  const link = barOf(event.target)?.firstElementChild;
  const byKeyboard = event.type === "focusin";
  if (byKeyboard && !link && pointer === null) {
    letGo(); // what was chosen with the keyboard
  }
  const speaks = byKeyboard ? !link || link.matches(":focus-visible") : event.pointerType === "mouse";
  if (speaks && !chosen().length) {
    tell(link?.title ?? "");
  }
}

function tell(words) {
  const readout = document.querySelector("[data-readout]");
  readout && (readout.textContent = words);
}

function apply(range) {
  const address = new URL(range[0].parentElement.dataset.address, location.href);
  address.searchParams.set("from", range[0].dataset.from);
  address.searchParams.set("to", range.at(-1).dataset.to);
  pointer = null;
  lead(address.href);
}

/** Go there; the next step inwards or outwards starts at the new bars, or at what there is instead of them. */
async function lead(address) {
  await go(address);
  const next = document.querySelector(".bars a[tabindex='0']") ?? document.querySelector(".levels a") ?? document.querySelector("h1");
  next.matches("h1") && (next.tabIndex = -1);
  next.focus({ preventScroll: true });
}
