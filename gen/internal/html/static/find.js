// Search and filters hide the codes that do not match.

import { fold } from "./characters.js";
import { all, byId, on } from "./dom.js";

// Names of a code and its subtypes that the page does not show: Go constants, and subtypes prefixed with their code.
const letters = text => fold(text).replace(/[^a-z0-9]/g, "");
const constants = element => JSON.parse(element.dataset.go ?? "[]");
const names = ({ element, wires, subtypes }) => [
  ...[element, ...subtypes.map(s => s.element)].flatMap(constants),
  ...wires.flatMap(wire => ["code" + letters(wire), ...subtypes.flatMap(s => [wire + "/" + s.name, "subtype" + letters(wire + s.name)])]),
].map(name => " " + name.toLowerCase()).join("");

export class Finder {
  constructor(table) {
    this.table = table;
    this.search = byId("uiSearch");
    this.group = byId("uiClass");
    this.count = byId("uiCount");
    this.chips = all(".chip input");
    const links = new Map(all(".index a, nav h2 a").map(a => [a.hash.slice(1), a.parentElement]));
    this.sections = all("section.class").map(section => ({ section, link: links.get(section.id) }));
    const bodies = all(".o tbody");
    const rows = new Map(all(".o a").map(a => [a.hash.slice(1), a.closest("tr")]));
    this.sections.forEach((s, i) => { s.body = bodies[i]; });
    this.format = byId("uiFormat");
    this.entries = table.codes.map(code => ({
      parts: [code.element, links.get(code.element.id), rows.get(code.element.id)].filter(Boolean),
      article: code.element,
      section: code.element.closest("section").id,
      verdict: code.retry.automatic ? "auto" : code.retry.action,
      text: code.element.textContent.toLowerCase() + names(code),
    }));
    for (const input of [this.search, this.group, ...this.chips]) if (input) on(input, "input", () => this.update());
    on(this.search, "keydown", event => this.key(event));
    on(document, "keydown", event => this.shortcut(event));
    on(window, "hashchange", () => this.reveal());
    this.update(); // the browser may have restored the input
    this.reveal();
  }

  update() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean).map(word => word.replace(/^\w+\.(?=code|subtype)/, "")); // evolink.CodeX
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
      if (e.article.hidden !== !wanted) for (const part of e.parts) part.hidden = !wanted;
    }
    for (const { section, link, body } of this.sections) {
      section.hidden = link.hidden = !used.has(section.id);
      if (body) body.hidden = section.hidden;
    }
    const all = this.entries.length;
    if (this.format) this.format.hidden = shown < all; // show the matching codes immediately
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

  // Shows the target of the URL if it is hidden.
  reveal() {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    this.reset();
    target.scrollIntoView();
  }
}
