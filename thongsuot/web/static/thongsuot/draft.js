// What is typed at the counter saves itself; what the server cannot take stays on this machine.
const WAIT = 1500;
const form = document.querySelector("form[data-draft]");
const told = document.querySelector("[data-draft-told]");
const here = `draft:${form.dataset.draft}`;
let timer = 0;
let sending = null;
let isSent = false;
let isDirty = false;
let isHeld = false;
let isLost = false;

function typed() {
  const fields = new FormData(form);
  fields.delete("csrfmiddlewaretoken");
  return Object.fromEntries(fields);
}

async function save() {
  clearTimeout(timer);
  if (isSent || !isDirty) return;
  isDirty = false;
  sending?.abort();
  sending = new AbortController();
  const fields = new FormData(form);
  fields.set("action", "draft");
  const asked = {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    redirect: "error", // a page to sign in is no answer
    keepalive: true,
    signal: sending.signal,
  };
  try {
    const answer = await fetch(location.href, asked);
    if (!answer.ok) throw new Error(String(answer.status));
    told.textContent = (await answer.json()).said;
    localStorage.removeItem(here);
    isLost = false;
  } catch (trouble) {
    if (trouble.name === "AbortError") return;
    localStorage.setItem(here, JSON.stringify(typed()));
    isDirty = true;
    isLost = trouble instanceof TypeError; // no connection, or sent to sign in again
    told.textContent = form.dataset.lost;
  }
}

function restore() {
  const kept = localStorage.getItem(here);
  if (!kept) return;
  const values = JSON.parse(kept);
  for (const field of form.elements) {
    if (!field.name || ["hidden", "submit"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type)) {
      field.checked = values[field.name] === field.value;
    } else if (field.name in values) {
      field.value = values[field.name];
    }
  }
  told.textContent = form.dataset.found;
  isDirty = true;
  timer = setTimeout(save, WAIT);
}

form.addEventListener("input", () => {
  isDirty = true;
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
});
// Sent only once it is safe: a form that the server cannot hear of stays on the page.
form.addEventListener("submit", async (event) => {
  if (isSent) return;
  if (isDirty) {
    event.preventDefault();
    if (isHeld) return;
    isHeld = true;
    await save();
    isHeld = false;
    if (isLost) return;
    isSent = true;
    form.requestSubmit(event.submitter);
  } else {
    isSent = true;
    clearTimeout(timer);
    sending?.abort();
  }
});
window.addEventListener("pageshow", () => {
  isSent = false;
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});
window.addEventListener("online", save);
restore();
