// Runs when the page is parsed. Before that, it only applies the theme, to avoid flicker.

import { addButtons, addProgramButton } from "./reply.js";
import { all, byId, on } from "./dom.js";
import { Finder } from "./find.js";
import { Explainer } from "./paste.js";
import { Table } from "./table.js";

const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");
root.classList.add("js");

// Browsers may deny storage for files.
const stored = {
  get theme() { try { return localStorage.getItem("errspec-theme"); } catch { return null; } },
  set theme(theme) { try { localStorage.setItem("errspec-theme", theme); } catch { /* the theme lasts until the page is closed */ } },
};
if (["dark", "light"].includes(stored.theme)) root.dataset.theme = stored.theme;

function startTheme() {
  const button = byId("uiTheme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
  const show = () => button.setAttribute("aria-pressed", isDark());
  on(button, "click", () => {
    stored.theme = root.dataset.theme = isDark() ? "light" : "dark";
    show();
  });
  on(systemDark, "change", show);
  show();
}

// Opens the contents in a wide window, where they cannot be opened by hand, and closes them in a narrow one.
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
