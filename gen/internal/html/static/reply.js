// Texts to copy: links, replies to customers and programs.

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
    // Without HTTPS, browsers support only the deprecated way.
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

// Returns a reply to the customer who got the error, without technical terms.
export function replyTo(code, subtype, task) {
  const element = code.element;
  const descriptions = subtype ? [partOf(subtype.element, "b"), partOf(subtype.element, ":scope > span")] : [partOf(element, ".d")];
  const advice = partOf(subtype?.element, ".v span") || partOf(element, ".v span");
  const fixes = all("ul.f > li", element).map(item => "- " + item.textContent.trim());
  return [
    "Your request could not be completed: " + sentence(partOf(element, "h3 > b")) + " " + descriptions.filter(Boolean).map(sentence).join(" "),
    [advice && "What to do: " + sentence(advice), ...fixes].filter(Boolean).join("\n"),
    "Error code: " + code.wire + (task ? "\nTask: " + task : ""),
  ].filter(Boolean).join("\n\n");
}

// Returns a button that copies a text. Its label for screen readers includes the context.
export function copyButton(label, context, text) {
  const button = make("button", { type: "button", textContent: "Copy " + label, ariaLabel: "Copy " + label + context });
  on(button, "click", () => copy(button, text()));
  return button;
}

// Adds the buttons of a code.
export function addButtons(code) {
  code.element.append(make("p", { className: "buttons" },
    copyButton("link", " to " + code.wire, () => location.href.split("#", 1)[0] + "#" + code.element.id),
    copyButton("reply", " to a customer about " + code.wire, () => replyTo(code, null, "")),
  ));
}

// Adds the button of a program.
export function addProgramButton(program) {
  program.after(copyButton("program", "", () => program.textContent));
}
