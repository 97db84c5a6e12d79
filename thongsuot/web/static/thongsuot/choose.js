// Lines of a list are chosen by Space, a stretch of them by Shift, all of a page by one press.
const form = document.querySelector("form[data-choose]");
const boxes = [...form.querySelectorAll("input[name=code]")];
const all = form.querySelector("[data-all]");
const told = form.querySelector("[data-told]");
const bar = form.querySelector(".choose-bar");
let last = null;

function tell() {
  const count = boxes.filter((box) => box.checked).length;
  told.textContent = count ? `Đã chọn ${count} hồ sơ.` : told.dataset.told;
  all.textContent = count === boxes.length ? all.dataset.none : all.dataset.all;
  bar.classList.toggle("is-idle", !count);
  for (const button of bar.querySelectorAll("button")) button.disabled = !count;
  for (const box of boxes) box.closest("tr").classList.toggle("is-chosen-line", box.checked);
}

function stretch(to, isOn) {
  const [first, end] = [boxes.indexOf(last), boxes.indexOf(to)].sort((a, b) => a - b);
  for (const box of boxes.slice(first, end + 1)) box.checked = isOn;
}

form.addEventListener("click", (event) => {
  if (event.target === all) {
    event.preventDefault();
    const isOn = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = isOn;
  } else if (boxes.includes(event.target)) {
    // Space with Shift comes here as a click, too.
    if (event.shiftKey && last) stretch(event.target, event.target.checked);
    last = event.target;
  }
  tell();
});

form.addEventListener("keydown", (event) => {
  const here = boxes.indexOf(event.target);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (here < 0) return;
  if (step && boxes[here + step]) {
    event.preventDefault();
    boxes[here + step].focus();
  } else if (event.key === " " && event.shiftKey) {
    event.preventDefault();
    const box = event.target;
    box.checked = !box.checked;
    if (last) stretch(box, box.checked);
    last = box;
    tell();
  }
});
window.addEventListener("pageshow", tell);
tell();
