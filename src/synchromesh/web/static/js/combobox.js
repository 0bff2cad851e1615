// Suggestions under a field while somebody types. Without this file the field and its form do their work as they are.
// Pattern: ARIA Authoring Practices Guide, editable combobox with list autocomplete, with manual selection
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The focus stays in the field; aria-activedescendant walks.
"use strict";

const DELAY = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2; // characters

class Combobox {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("[data-combobox-input]");
    this.list = root.querySelector("[role=listbox]");
    this.status = root.querySelector("[role=status]");
    this.value = document.getElementById(root.dataset.for); // where the choice goes, beside the words in the field
    this.active = -1;
    root.hidden = false; // a field beside a list to choose from is of use only with this file
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })
      .forEach(([name, value]) => this.input.setAttribute(name, value));
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    // A press on an option must not take the focus from the field, or the list would be gone before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  get options() {
    return Array.from(this.list.children);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  typed() {
    if (this.value) this.value.value = "";
    this.askSoon(); // while composing too: the keyboards of telephones compose every word
  }

  askSoon(delay = DELAY) {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(), delay);
  }

  async ask() {
    this.asked = new AbortController();
    const address = new URL(this.root.dataset.address, location.href);
    address.searchParams.set("q", this.input.value);
    address.searchParams.set("kinds", this.root.dataset.kinds);
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.asked.signal });
      if (answer.ok) this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(text) {
    if (document.activeElement !== this.input) return;
    const template = document.createElement("template");
    template.innerHTML = text;
    const found = template.content.querySelector("[data-status]");
    if (!found) return;
    this.list.replaceChildren(...found.children);
    this.options.forEach((option, place) => { option.id = `${this.list.id}-${place}`; });
    this.status.textContent = found.dataset.status;
    this.list.hidden = this.options.length === 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.list.scrollTop = 0;
    this.mark(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
    this.mark(-1);
  }

  mark(place) {
    this.active = place;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.options[place];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  choose(option) {
    if (!option) return;
    const { address, label, slug, value } = option.dataset;
    const { choose, send } = this.root.dataset;
    this.input.value = label;
    if (this.value) this.value.value = send === "slug" ? slug : value;
    this.close();
    this.value?.dispatchEvent(new Event("change", { bubbles: true }));
    if (choose === "go") location.assign(address);
    if (choose === "submit") this.input.form.requestSubmit();
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.walk(step, event.altKey);
    } else if (event.key === "Enter" && this.isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else if (event.key === "Escape" && (this.isOpen || this.input.value)) {
      event.preventDefault();
      if (!this.isOpen) this.clear();
      this.close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.mark(-1); // the key moves the cursor in the field
    }
  }

  walk(step, withAlt) {
    if (!this.isOpen) {
      if (step > 0) this.askSoon(0);
    } else if (withAlt && step < 0) {
      this.close();
    } else if (!withAlt) {
      // One place stands for the field itself: past either end the walk comes back to it.
      const places = this.options.length + 1;
      this.mark(((this.active + 1 + step + places) % places) - 1);
    }
  }

  clear() {
    this.input.value = "";
    if (this.value) this.value.value = "";
  }
}

function attachComboboxes() {
  document.querySelectorAll("[data-combobox]:not([data-attached])").forEach((root) => {
    root.dataset.attached = "";
    new Combobox(root);
  });
}

attachComboboxes();
document.addEventListener("htmx:afterSettle", attachComboboxes);
