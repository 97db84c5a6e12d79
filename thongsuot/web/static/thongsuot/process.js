// Shows each process on the page as it is drawn; without it the tables say the same.
for (const place of document.querySelectorAll("[data-bpmn]")) {
  fetch(place.dataset.bpmn, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
    .then(async (xml) => {
      place.classList.add("is-drawn");
      const viewer = new window.BpmnJS({ container: place });
      await viewer.importXML(xml);
      viewer.get("canvas").zoom("fit-viewport");
    })
    .catch(() => place.remove());
}
