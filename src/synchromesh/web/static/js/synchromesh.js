// Progressive enhancement only: every page does its work without this file.
"use strict";

// The self-check says how many skills are answered while the reader answers them.
function countAnswers(form) {
  const names = new Set(Array.from(form.querySelectorAll('input[type="radio"]'), (input) => input.name));
  const answered = Array.from(names).filter((name) => form.querySelector(`input[name="${CSS.escape(name)}"]:checked`));
  const line = form.querySelector("[data-check-count]");
  const bar = form.querySelector("[data-check-progress]");
  if (line && line.dataset.template) {
    line.textContent = line.dataset.template.replace("{answered}", answered.length).replace("{total}", names.size);
  }
  if (bar) {
    bar.max = names.size;
    bar.value = answered.length;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-check]");
  if (form) countAnswers(form);
});

// A browser that goes back restores answers after loading: count again then.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-check]").forEach(countAnswers));

// After a part of the page was replaced, the lasting status line says what is there now.
document.addEventListener("htmx:afterSettle", () => {
  const news = document.querySelector("[data-announce]");
  const status = document.getElementById("status");
  if (news && status) status.textContent = news.textContent.trim().replace(/\s+/g, " ");
});

// A failed request keeps the form and offers to send it the plain way.
function offerRetry(event) {
  const form = event.detail.elt.closest("form");
  const template = document.getElementById("request-failed");
  if (form && template && !form.querySelector(".notice.bad")) form.prepend(template.content.cloneNode(true));
}
document.addEventListener("htmx:responseError", offerRetry);
document.addEventListener("htmx:sendError", offerRetry);
