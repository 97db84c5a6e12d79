// A question to a partner is looked at anew until it is settled; without this, a button does it.
const FIRST = 250, LONGEST = 2000;

function renew(piece, wait) {
  const address = piece.dataset.enquiry;
  if (!address) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(address, { redirect: "error", headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-enquiry]");
      if (answer.ok && fresh) {
        piece.replaceWith(fresh);
        piece = fresh;
      }
    } catch {
      // no connection for a while: what is shown stays, and is asked for again
    }
    renew(piece, Math.min(wait * 1.5, LONGEST));
  }, wait);
}
for (const piece of document.querySelectorAll("[data-enquiry]")) renew(piece, FIRST);
