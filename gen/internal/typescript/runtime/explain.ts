// Descriptions of errors for people.

import { infoOf, subtypeInfoOf } from "./classify.ts";
import { codeText, standinErrorIn, StandinError } from "./error.ts";
import { stoppedIn, reasonOf } from "./error.ts"; //errspec:if poll
import { unreadableIn } from "./error.ts"; //errspec:if response
import { oneLine, printable, textOf } from "./line.ts";
import { advice, everyError } from "./policy.ts";
import {
  backoff,
  type Action,
  type Info,
  tableName,
  unlistedInfo,
} from "./standin.ts";
import type { Wait } from "./table.ts";
import { blanks, trimAny } from "./text.ts";
import { refusalIn } from "./wait.ts"; //errspec:if poll

const mayRetry = "Clients may retry the same request automatically";
const mustNotRetry = "Clients must not retry the same request automatically.";
const unknownOutcome =
  "The outcome of the request is unknown: it may still be running, may have finished, and may have been charged. Clients must not retry the same request automatically.";
//errspec:if poll
const pollAgain =
  "The task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.";
//errspec:end

/**
 * Returns a description of a caught value for people, in several lines: the code and its meaning, the message, advice,
 * and ways to avoid and to fix the error. If it contains no {@link StandinError}, its text is returned.
 */
export function explain(caught: unknown): string {
  if (caught === undefined || caught === null) return "";
  //errspec:if poll
  const stopped = stoppedIn(caught);
  if (stopped) {
    const refusal = refusalIn(reasonOf(stopped));
    const text = `${printable(textOf(caught))}\n${pollAgain}\n`;
    return refusal?.decision.known === true
      ? `${text}The service refused the poll:\n${describe(refusal, "")}`
      : text;
  }
  //errspec:end
  const e = standinErrorIn(caught);
  if (e) return describe(e, sentenceAbout(e, caught));
  const text = `${printable(textOf(caught))}\n`;
  //errspec:if response
  if (unreadableIn(caught)) return `${text}${unknownOutcome}\n`;
  //errspec:end
  return text;
}

/** Returns the description of an error, with a sentence about retries. */
function describe(e: StandinError, sentence: string): string {
  const { decision } = e;
  const info: Partial<Info> = decision.known
    ? infoOf(decision.code)
    : unlistedAs(e);
  const lines: string[] = [];
  const line = (label: string, text = ""): void => {
    if (text !== "") lines.push(label + text);
  };
  const list = (label: string, items: readonly string[] = []): void => {
    if (items.length > 0)
      lines.push(label, ...items.map((item) => `  - ${words(item)}`));
  };
  let title = codeText(e);
  if (decision.known) title += `: ${info.title ?? ""}`;
  else if (e.code !== undefined || e.wire !== "")
    title += `: not listed in the table ${tableName}`;
  line("", title);
  line("", info.description);
  const subtype =
    decision.subtype === undefined
      ? undefined
      : subtypeInfoOf(decision.subtype);
  if (subtype) {
    const description = subtype.description ?? "";
    line(
      "Subtype: ",
      subtype.title + (description === "" ? "" : `: ${description}`),
    );
  }
  line("Task: ", oneLine(e.taskId)); //errspec:if id
  line("Message: ", oneLine(e.rawMessage));
  line("Parameter: ", oneLine(e.param)); //errspec:if param
  line("Request ID: ", oneLine(e.requestId)); //errspec:if request
  line("Advice: ", subtype ? subtype.advice : info.advice);
  line("", sentence);
  if (decision.charged !== "unknown") line("Charged: ", decision.charged); //errspec:if charged
  list("How to avoid:", info.avoid);
  list("How to fix:", info.fixes);
  line("See ", info.url);
  return `${lines.join("\n")}\n`;
}

/** Returns the documentation that applies to an unlisted code. */
function unlistedAs(e: StandinError): Partial<Info> {
  const info = unlistedInfo();
  void e; //errspec:if !response
  //errspec:if response
  const { standIn } = e;
  if (standIn !== undefined) return { ...info, advice: infoOf(standIn).advice };
  //errspec:end
  return info;
}

function words(text: string): string {
  return trimAny(text, blanks)
    .split(new RegExp(`[${blanks}]+`))
    .join(" ");
}

/** Returns the sentence about retries after a caught value, which contains e. */
function sentenceAbout(e: StandinError, caught: unknown): string {
  const { action, automatic, wait } = e.decision;
  const { minMs = 0, maxMs = 0 } = wait ?? {};
  const advised = advice(caught, 1);
  if (advised) {
    const { retryAfterMs } = advised;
    const low = Math.max(advised.wait.minMs, retryAfterMs);
    const high = Math.max(
      Math.min(advised.wait.maxMs, backoff.capMs),
      retryAfterMs,
    );
    return retryText(action, true, { minMs: low, maxMs: high });
  }
  if (!e.isSettled) return unknownOutcome;
  if (automatic || !everyError(caught, (other) => other === e))
    return mustNotRetry;
  const { retryAfterMs } = e;
  return retryText(action, false, {
    minMs: Math.max(minMs, retryAfterMs),
    maxMs: Math.max(maxMs, retryAfterMs),
  });
}

/** Returns a sentence about a retry after a wait. */
function retryText(action: Action, automatic: boolean, wait: Wait): string {
  const range = waitText(wait);
  const isWait = action === "wait";
  if (automatic) {
    const after =
      range === "" ? (isWait ? " after a delay" : "") : ` after ${range}`;
    return `${mayRetry}${after}.`;
  }
  const later = range === "" ? (isWait ? " later" : "") : ` after ${range}`;
  switch (action) {
    case "fix":
      return "Change the request before submitting it again.";
    case "retry":
    case "wait":
      return `The same request may succeed${later}, but clients must not retry it automatically.`;
    case "resubmit":
      return "The task was canceled. Only a person may decide to submit it again.";
    case "check":
      return "Correct the ID or other reference in the request.";
    case "support":
      return "Contact the service's support; clients must not retry the same request automatically.";
    case "never":
      return "The same request will never succeed.";
    case "unknown":
      return "The table does not specify whether the same request may succeed; clients must not retry it automatically.";
  }
}

/** Returns a wait, "30s to 1m" or "30s", or "" for no wait. */
function waitText({ minMs, maxMs }: Wait): string {
  if (maxMs === 0) return "";
  return minMs === maxMs
    ? durationText(maxMs)
    : `${durationText(minMs)} to ${durationText(maxMs)}`;
}

/** Returns a duration as "1h30m", "30s" or "1.5ms". */
function durationText(ms: number): string {
  if (ms < 1000) return ms === 0 ? "0s" : `${String(ms)}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = (ms % 60_000) / 1000;
  let text = hours > 0 ? `${String(hours)}h` : "";
  if (minutes > 0 || (hours > 0 && seconds > 0)) text += `${String(minutes)}m`;
  return seconds > 0 ? `${text}${String(seconds)}s` : text;
}
