// On a phone the filters are a sheet over the page: what lies beneath can't be reached while it is open.

const NARROW = matchMedia("(max-width: 59.99rem)");

/** Listen to the document. */
export function sheet() {
  document.addEventListener("toggle", (event) => event.target.id === "filters" && settle(), true);
  document.addEventListener("click", (event) => event.target.closest?.("[data-close-sheet]") && close());
  document.addEventListener("keydown", (event) => event.key === "Escape" && isOpen() && close());
  document.addEventListener("pressok:shown", settle);
  NARROW.addEventListener("change", settle);
  settle();
}

function isOpen() {
  return NARROW.matches && Boolean(document.getElementById("filters")?.open);
}

function close() {
  const filters = document.getElementById("filters");
  filters.open = false;
  filters.querySelector("summary").focus();
}

function settle() {
  const open = isOpen();
  document.documentElement.classList.toggle("sheet-open", open);
  document.querySelectorAll("[data-close-sheet]").forEach((button) => (button.hidden = !NARROW.matches));
  const beneath = document.querySelectorAll("body > .skip, body > header, body > footer, main > :not(#side)");
  beneath.forEach((element) => (element.inert = open));
}
