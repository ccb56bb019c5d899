// What is taken along: the address of a code, and a short answer for the customer who met the error.

import { all, byId, make, on, partOf } from "./dom.js";

export const say = text => { byId("uiSaid").textContent = text; };

async function copy(button, text) {
  const label = button.textContent;
  const done = await toClipboard(text);
  button.textContent = done ? "Copied" : "Press Ctrl+C";
  say(done ? "Copied" : "Copying failed. Press Ctrl+C.");
  setTimeout(() => { button.textContent = label; }, 2000);
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, browsers have the old way only.
    const area = make("textarea", { value: text, className: "unseen" });
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return done;
  }
}

const sentence = text => /[.!?:\u2026\u3002\uff01\uff1f\uff0e\uff1a\uff61]$/.test(text) || text === "" ? text : text + ".";

// A short answer in words that say nothing of programs.
export function answerFor(code, subtype, task) {
  const element = code.element;
  const what = subtype ? [partOf(subtype.element, "b"), partOf(subtype.element, ":scope > span")] : [partOf(element, ".d")];
  const advice = partOf(subtype?.element, ".v span") || partOf(element, ".v span");
  const fixes = all("ul.f > li", element).map(item => "- " + item.textContent.trim());
  return [
    "Your request could not be completed: " + sentence(partOf(element, "h3 > b")) + " " + what.filter(Boolean).map(sentence).join(" "),
    [advice && "What to do: " + sentence(advice), ...fixes].filter(Boolean).join("\n"),
    "Error code: " + code.wire + (task ? "\nTask: " + task : ""),
  ].filter(Boolean).join("\n\n");
}

// A button that takes a text along. It says which, for those who hear the page.
export function copyButton(what, about, text) {
  const button = make("button", { type: "button", textContent: "Copy " + what, ariaLabel: "Copy " + what + about });
  on(button, "click", () => copy(button, text()));
  return button;
}

// Gives a code its buttons.
export function addButtons(code) {
  code.element.append(make("p", { className: "buttons" },
    copyButton("link", " to " + code.wire, () => location.href.split("#", 1)[0] + "#" + code.element.id),
    copyButton("reply", " to a customer about " + code.wire, () => answerFor(code, null, "")),
  ));
}

// Gives a program its button.
export function addProgramButton(program) {
  program.after(copyButton("program", "", () => program.textContent));
}
