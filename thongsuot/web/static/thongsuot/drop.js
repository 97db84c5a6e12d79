// Files may be dropped on the field that takes them; without this the field works as it is.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const field = zone.querySelector("input[type=file]");
  const mark = (isOver) => zone.classList.toggle("drop-over", isOver);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    field.files = event.dataTransfer.files;
    field.focus();
  });
}
