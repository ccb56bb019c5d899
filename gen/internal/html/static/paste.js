// Explains pasted errors.

import { replyTo, copyButton, say } from "./reply.js";
import { decide } from "./decide.js";
import { byId, make, on, partOf } from "./dom.js";
import { bestIn } from "./extract.js";
import { repeats } from "./table.js";
import { Source } from "./text.js";
import { isBlank } from "../../typescript/runtime/text.ts";

// No error message is longer.
const maxPasted = 1 << 20;

export class Explainer {
  constructor(table) {
    this.table = table;
    this.input = byId("uiPaste");
    this.output = byId("uiResult");
    on(this.input, "input", () => this.update());
    this.update();
  }

  update() {
    const text = this.input.value.slice(0, maxPasted);
    this.output.hidden = isBlank(text);
    this.output.replaceChildren();
    this.output.className = "";
    delete this.output.dataset.wait;
    if (this.output.hidden) return say("");
    const { best, count } = bestIn(this.table, text);
    if (!best) this.noError();
    else if (best.source === Source.stopped) this.pollStopped(best);
    else this.error(best, decide(this.table, best), count);
    say(partOf(this.output, "h3") + ": " + (partOf(this.output, ".v b") || partOf(this.output, "p")));
  }

  add(...elements) { this.output.append(...elements); }

  noError() {
    this.add(make("h3", {}, "No error found"), make("p", {}, "The text contains no code, phrase or HTTP status of this table."));
  }

  pollStopped(f) {
    this.output.className = "unknown";
    this.add(make("h3", {}, "Outcome unknown"), make("p", {}, "This is not an error of the task: polling stopped before the " +
      "task ended. " + this.table.stopped));
    this.facts([["Task", f.task], ["Text", f.message]]);
  }

  error(f, d, count) {
    const { code, subtype, retry } = d;
    const shown = code ?? d.standIn ?? this.table.codes.find(c => c.element.id === this.table.unknown);
    this.output.className = ["result", retry.action, retry.automatic && "auto", retry.throttle && "throttle"].filter(Boolean).join(" ");
    if (retry.wait[1] > 0) this.output.dataset.wait = retry.wait.join(" ");
    this.add(this.heading(f, code), this.verdict(d, shown));
    if (code) this.add(make("p", {}, partOf(code.element, ".d")));
    if (subtype) {
      this.add(make("p", { className: "subtype" }, "Subtype: ", make("code", {}, code.wire + "/", make("wbr"), subtype.name), " ",
        make("b", {}, partOf(subtype.element, "b")), " ", partOf(subtype.element, ":scope > span")));
    }
    this.facts([...d.values], "values");
    this.facts([["Charged", d.charged], ["Task", f.task], ["Message", f.message], ...this.response(f)]);
    const fixes = code?.element.querySelector("ul.f");
    if (fixes) this.add(make("h4", {}, "How to fix"), fixes.cloneNode(true));
    this.notes(f, d, count);
    if (code) this.reply(replyTo(code, subtype, f.task));
  }

  heading(f, code) {
    if (code) return make("h3", {}, make("a", { href: "#" + code.element.id }, this.table.listed.has(f.code) || !isPrefixed(this.table, f.code) ? code.wire : f.code), " ", make("b", {}, partOf(code.element, "h3 > b")));
    if (f.code) return make("h3", {}, make("code", {}, f.code), " ", make("b", {}, "Code not listed on this page"));
    return make("h3", {}, make("b", {}, "Error without a code"));
  }

  verdict({ subtype, retry }, shown) {
    const advice = partOf(subtype?.element, ".v span") || partOf(shown?.element, ".v span");
    return make("p", { className: "v" }, make("b", {}, this.sentence(retry)),
      ...(advice ? [" ", make("span", {}, advice)] : []), ...(retry.throttle ? [" ", make("em", {}, "Slow down all requests.")] : []));
  }

  // Returns whether clients may retry, in the sentences of spec/advice.
  sentence(retry) {
    const wait = this.after(retry);
    const [plain, waiting] = this.table.sentences[(retry.automatic ? "auto " : "") + retry.action];
    return wait ? waiting.replace("{wait}", wait) : plain;
  }

  // Returns the wait before the next attempt, or "".
  after({ action, automatic, wait }) {
    const { pause, cap } = this.table;
    let [low, high] = wait;
    if (automatic && pause && high === 0) [low, high] = pause;
    else if (automatic && pause && cap > 0) [low, high] = wait.map(w => Math.min(w, cap));
    if (high === 0 || !repeats(action)) return "";
    return low === high ? duration(high) : duration(low) + " to " + duration(high);
  }

  facts(pairs, className = "extracted") {
    const known = pairs.filter(([, text]) => text !== "");
    if (known.length === 0) return;
    this.add(make("dl", { className }, ...known.flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)])));
  }

  // Returns the facts that only a response contains.
  response({ reading, http }) {
    if (!reading) return [];
    const { facts, param, retryAfterMs } = reading;
    const delay = retryAfterMs > 0 ? duration(retryAfterMs * 1e6) : "";
    return [["HTTP status", http ? String(http) : ""], ["Parameter", param], ["Request ID", facts.text(facts.first("request_id"))], ["Retry after", delay]];
  }

  notes(f, d, count) {
    if (f.source === Source.phrase) this.add(make("p", { className: "note" }, "The text contains no code. This match is based on a phrase in the text."));
    else if (d.withheld && !f.mixed) this.add(make("p", { className: "note" }, "The code is automatic, but this text is not sufficient evidence for a retry."));
    if (f.mixed) this.add(make("p", { className: "note" }, "The text contains several codes. The strictest one applies."));
    if (count > 1) this.add(make("p", { className: "note" }, `The text contains ${count} errors. This is the first of the most reliable matches.`));
  }

  reply(text) {
    const shown = make("p", { className: "reply" }, text);
    this.add(make("details", {}, make("summary", {}, "Reply to a customer"), shown, copyButton("reply", "", () => text)));
  }
}

// Reports whether a code is listed by a prefix. Then it is shown as it was sent.
const isPrefixed = ({ prefixes }, code) => (prefixes ?? []).some(([text]) => code.startsWith(text));

// Formats a duration in nanoseconds like spec/advice: 30s, 5m, 1h30m, 1.5s.
function duration(ns) {
  if (ns < 1e9) return ns / 1e6 + "ms";
  const hours = Math.floor(ns / 3.6e12), minutes = Math.floor(ns / 6e10) % 60, seconds = ns % 6e10 / 1e9;
  const text = (hours ? hours + "h" : "") + (hours || minutes ? minutes + "m" : "") + seconds + "s";
  return text.replace(/m0s$/, "m").replace(/h0m$/, "h");
}
