// Single keys for the counter; "?" shows them, and they can be switched off there.
const dialog = document.querySelector("#keys");
const off = dialog.querySelector("input");
off.checked = localStorage.getItem("keys-off") === "yes";
off.addEventListener("change", () => localStorage.setItem("keys-off", off.checked ? "yes" : "no"));

const find = (what) => document.querySelector(`[data-key="${what}"]`);

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
}

function walk(step) {
  const lines = [...document.querySelectorAll(".choices a")];
  if (!lines.length) return false;
  const now = lines.indexOf(document.activeElement);
  if (now + step < 0) find("search")?.focus();
  else lines[Math.min(now + step, lines.length - 1)].focus();
  return true;
}

const ALONE = {
  "/": () => find("search")?.focus(),
  "?": () => dialog.showModal(),
  n: () => find("new")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (dialog.open) return;
  const { key, target } = event;
  const isHeld = event.ctrlKey || event.metaKey || event.altKey;
  const inList = target.closest(".choices") || target.dataset.key === "search";
  if (key === "Enter" && event.ctrlKey) find("accept")?.click();
  else if (key === "Escape" && !isHeld && find("back")) find("back").click();
  else if (key === "ArrowDown" && inList && walk(1)) event.preventDefault();
  else if (key === "ArrowUp" && inList && walk(-1)) event.preventDefault();
  else if (!isHeld && !off.checked && !isTyping(target) && key in ALONE) {
    event.preventDefault();
    ALONE[key]();
  }
});
