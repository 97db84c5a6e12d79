// While a switch runs, its page is looked at anew; whoever reads further down is left alone.
const SECONDS = 5;
setInterval(() => {
  if (document.visibilityState === "visible" && window.scrollY < 200) location.reload();
}, SECONDS * 1000);
