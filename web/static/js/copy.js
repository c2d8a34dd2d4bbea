// A button beside every citation that puts it on the clipboard. Where a page may not do that, there is none.

/** Add the buttons, and listen to the document. */
export function copying() {
  if (!navigator.clipboard) {
    return;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-copies]");
    button && copy(button);
  });
  document.addEventListener("pressok:shown", addButtons);
  addButtons();
}

function addButtons() {
  for (const place of document.querySelectorAll("[data-copy] .citation-do:not(:has(button))")) {
    const text = place.parentElement.querySelector(".copied-text");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.dataset.copies = text.id;
    button.textContent = place.closest("[data-copy]").dataset.copy;
    button.setAttribute("aria-describedby", `${text.id}-label`);
    place.prepend(button);
  }
}

async function copy(button) {
  const texts = button.closest("[data-copy]").dataset;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
  button.textContent = texts.copied;
  document.getElementById("announcement").textContent = texts.copied;
  setTimeout(() => {
    button.textContent = texts.copy;
    document.getElementById("announcement").textContent = "";
  }, 3000);
}
