// What is taken along: the address of a code, and a short answer for the customer who met the error.

export const say = text => { document.getElementById("uiSaid").textContent = text; };

// An element. Texts are texts: nothing that is pasted can become markup.
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export async function copy(button, text) {
  const label = button.textContent;
  const done = await toClipboard(text);
  button.textContent = done ? "Copied" : "Press Ctrl+C";
  say(done ? "Copied" : "The browser does not let pages copy.");
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

export const partOf = (element, selector) => element?.querySelector(selector)?.textContent.trim() ?? "";
const sentence = text => /[.!?:\u2026]$/.test(text) || text === "" ? text : text + ".";

// A short answer in words that say nothing of programs.
export function answerFor(code, subtype, task) {
  const element = code.element;
  const what = subtype ? [partOf(subtype.element, "b"), partOf(subtype.element, ":scope > span")] : [partOf(element, ".d")];
  const advice = partOf(subtype?.element, ".v span") || partOf(element, ".v span");
  const fixes = [...element.querySelectorAll("ul.f > li")].map(item => "- " + item.textContent.trim());
  return [
    "Your request could not be completed: " + sentence(partOf(element, "h3 > b")) + " " + what.filter(Boolean).map(sentence).join(" "),
    [advice && "What to do: " + sentence(advice), ...fixes].filter(Boolean).join("\n"),
    "Error code: " + code.wire + (task ? "\nTask: " + task : ""),
  ].filter(Boolean).join("\n\n");
}

// Gives a code its buttons.
export function addButtons(code) {
  const link = make("button", { type: "button", textContent: "Copy link", ariaLabel: "Copy link to " + code.wire });
  const answer = make("button", { type: "button", textContent: "Copy answer", ariaLabel: "Copy answer for a customer about " + code.wire });
  link.addEventListener("click", () => copy(link, location.href.split("#", 1)[0] + "#" + code.element.id));
  answer.addEventListener("click", () => copy(answer, answerFor(code, null, "")));
  code.element.append(make("p", { className: "buttons" }, link, answer));
}
