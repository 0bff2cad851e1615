// Drag a unit to its place; the buttons beside it do the same without a script or a pointer.
"use strict";

(() => {
  let dragged = null;

  function prepare() {
    document.querySelectorAll("[data-outline] [data-unit]").forEach((row) => { row.draggable = true; });
  }

  function below(row, y) {
    const box = row.getBoundingClientRect();
    return y > box.top + box.height / 2;
  }

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest ? event.target.closest("[data-outline] [data-unit]") : null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.unit);
    dragged.classList.add("is-dragged");
  });

  document.addEventListener("dragover", (event) => {
    const section = dragged && event.target.closest("[data-section]");
    if (!section) return;
    event.preventDefault();
    const over = event.target.closest("[data-unit]");
    if (over && over !== dragged) over[below(over, event.clientY) ? "after" : "before"](dragged);
    else if (!over && !section.contains(dragged)) {
      const list = section.querySelector("[data-units]");
      if (list) list.append(dragged);
    }
  });

  document.addEventListener("drop", (event) => {
    const section = dragged && event.target.closest("[data-section]");
    const form = document.getElementById("place-unit");
    if (!section || !form) return;
    event.preventDefault();
    const rows = Array.from(section.querySelectorAll("[data-unit]"));
    form.elements.unit.value = dragged.dataset.unit;
    form.elements.section.value = section.dataset.section;
    form.elements.position.value = section.contains(dragged) ? rows.indexOf(dragged) + 1 : 1;
    form.requestSubmit();
  });

  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("is-dragged");
    dragged = null;
  });

  document.addEventListener("DOMContentLoaded", prepare);
  document.addEventListener("htmx:afterSettle", prepare);
})();
