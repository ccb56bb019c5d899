// Search and filters: what is not wanted is hidden.

import { all, byId, on } from "./dom.js";

export class Finder {
  constructor(table) {
    this.table = table;
    this.search = byId("uiSearch");
    this.group = byId("uiClass");
    this.count = byId("uiCount");
    this.chips = all(".chip input");
    const links = new Map(all(".index a, nav h2 a").map(a => [a.hash.slice(1), a.parentElement]));
    this.sections = all("section.class").map(section => ({ section, link: links.get(section.id) }));
    this.entries = table.codes.map(code => ({
      article: code.element,
      link: links.get(code.element.id),
      section: code.element.closest("section").id,
      verdict: code.retry.automatic ? "auto" : code.retry.action,
      text: code.element.textContent.toLowerCase(),
    }));
    for (const input of [this.search, this.group, ...this.chips]) if (input) on(input, "input", () => this.update());
    on(this.search, "keydown", event => this.key(event));
    on(document, "keydown", event => this.shortcut(event));
    on(window, "hashchange", () => this.reveal());
    this.update(); // a browser may have kept what was typed
    this.reveal();
  }

  update() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = this.chips.filter(chip => chip.checked).map(chip => chip.value);
    const group = this.group?.value ?? "";
    const used = new Set();
    let shown = 0;
    for (const e of this.entries) {
      const wanted = (group === "" || e.section === group) && (verdicts.length === 0 || verdicts.includes(e.verdict)) &&
        words.every(word => e.text.includes(word));
      if (wanted) {
        shown++;
        used.add(e.section);
      }
      if (e.article.hidden !== !wanted) {
        e.article.hidden = !wanted;
        if (e.link) e.link.hidden = !wanted;
      }
    }
    for (const { section, link } of this.sections) section.hidden = link.hidden = !used.has(section.id);
    const all = this.entries.length;
    this.count.textContent = shown === 0 ? "No code matches." : shown === all ? "" : `${shown} of ${all} codes`;
  }

  reset() {
    this.search.value = "";
    if (this.group) this.group.value = "";
    for (const chip of this.chips) chip.checked = false;
    this.update();
  }

  key(event) {
    if (event.key === "Escape") this.reset();
    if (event.key !== "Enter") return;
    const first = this.entries.find(e => !e.article.hidden)?.article.querySelector("h3 > a");
    if (!first) return;
    first.click();
    first.focus();
  }

  shortcut(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    this.search.focus();
  }

  // Shows what the address leads to, should it be hidden.
  reveal() {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    this.reset();
    target.scrollIntoView();
  }
}
