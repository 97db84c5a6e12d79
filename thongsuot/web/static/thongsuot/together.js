// The progress of a run renews itself until it is over; without this, its link does it.
const WAIT = 1500;
const live = () => document.querySelector("[data-live]");

function put(fresh) {
  const held = live().contains(document.activeElement) ? document.activeElement.id : "";
  live().replaceWith(fresh);
  if (held) document.getElementById(held)?.focus();
}

async function renew() {
  if (live().dataset.live === "over") return;
  try {
    const answer = await fetch(location.href, { redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (answer.ok && fresh) put(fresh);
  } catch {
    // no connection for a while: what is shown stays, and is asked for again
  }
  setTimeout(renew, WAIT);
}
setTimeout(renew, WAIT);
