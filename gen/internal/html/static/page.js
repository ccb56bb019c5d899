// Starts when the page is read. Until then, only what would be seen to change is done.

import { addButtons, addProgramButton } from "./answer.js";
import { all, byId, on } from "./dom.js";
import { Finder } from "./find.js";
import { Explainer } from "./paste.js";
import { Table } from "./table.js";

const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");
root.classList.add("js");

// A browser may keep nothing for files.
const kept = {
  get theme() { try { return localStorage.getItem("errspec-theme"); } catch { return null; } },
  set theme(theme) { try { localStorage.setItem("errspec-theme", theme); } catch { /* until the page is left */ } },
};
if (["dark", "light"].includes(kept.theme)) root.dataset.theme = kept.theme;

function startTheme() {
  const button = byId("uiTheme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
  const show = () => button.setAttribute("aria-pressed", isDark());
  on(button, "click", () => {
    kept.theme = root.dataset.theme = isDark() ? "light" : "dark";
    show();
  });
  on(systemDark, "change", show);
  show();
}

// Contents that are closed in a narrow window come back in a wide one, where nothing else opens them.
function foldContents() {
  const narrow = matchMedia("(max-width: 59.99rem)");
  const fold = () => { byId("uiIndex").open = !narrow.matches; };
  on(narrow, "change", fold);
  fold();
}

on(document, "DOMContentLoaded", () => {
  startTheme();
  foldContents();
  const data = byId("uiData");
  if (!data) return;
  const table = new Table(JSON.parse(data.textContent));
  new Finder(table);
  new Explainer(table);
  table.codes.forEach(addButtons);
  all("details pre").forEach(addProgramButton);
});
