// "Visa alla" opens every value of a facet in a dialog; a long list has a box that narrows it.

import { parsed } from "./trusted.js";

const LONG = 12;

/** Listen to the document; `go` leads to an address. */
export function values(go) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-values]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link, go);
    }
  });
  document.querySelectorAll("[data-filterable]").forEach(filterable);
}

async function open(link, go) {
  let page;
  try {
    const response = await fetch(link.href);
    page = parsed(await response.text());
  } catch {
    location.assign(link.href);
    return;
  }
  const list = page.querySelector("[data-filterable]");
  if (!list) {
    location.assign(link.href);
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "values-dialog";
  dialog.setAttribute("aria-labelledby", "values-title");
  const head = document.createElement("div");
  head.className = "values-head";
  const title = document.createElement("h2");
  title.id = "values-title";
  title.append(...page.querySelector("h1").childNodes);
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "quiet";
  shut.textContent = document.body.dataset.close;
  shut.addEventListener("click", () => dialog.close());
  head.append(title, shut);
  dialog.append(head, list);
  filterable(list);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    const choice = event.target.closest("a[href]");
    if (choice) {
      event.preventDefault();
      dialog.close();
      go(choice.href, { focus: `#facet-${CSS.escape(link.dataset.values)} + ul a` });
    } else if (event.target === dialog) {
      dialog.close();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}

/** Put a box above a long list that hides what does not hold the letters typed. */
function filterable(list) {
  const items = [...list.querySelectorAll("li")];
  if (items.length < LONG) {
    return;
  }
  const id = `narrow-${document.querySelectorAll("[id^=narrow-]").length}`;
  const label = document.createElement("label");
  label.htmlFor = id;
  label.textContent = document.body.dataset.narrow;
  const box = document.createElement("input");
  box.type = "search";
  box.id = id;
  const count = document.createElement("p");
  count.className = "hint";
  count.setAttribute("role", "status");
  const narrow = () => {
    const typed = box.value.trim().toLocaleLowerCase("sv");
    let shown = 0;
    for (const item of items) {
      item.hidden = !item.querySelector(".name").textContent.toLocaleLowerCase("sv").includes(typed);
      shown += item.hidden ? 0 : 1;
    }
    count.textContent = typed ? `${shown} / ${items.length}` : "";
  };
  box.addEventListener("input", narrow);
  const row = document.createElement("div");
  row.className = "narrow";
  row.append(label, box, count);
  list.prepend(row);
}
