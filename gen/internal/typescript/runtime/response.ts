// What a response means.

import { numberIn } from "./phrases.ts"; //errspec:if delaytext
import { codeOfOwner } from "./decide.ts"; //errspec:if phrases
import { parseDate, parseDelay } from "./retryafter.ts";
import { Facts, type Headers, next, skip, unquote } from "./scan.ts";
import {
  at,
  type Field,
  type Format,
  listed,
  type Settings,
  subtypesOf,
  type Table,
} from "./table.ts";
import { head, isBlank, trim } from "./text.ts";

/** How a request, or the task that it is about, has ended. "unreadable": the response does not say. */
export type Outcome =
  | "ok"
  | "unreadable"
  | "running" //errspec:if task
  | "failed" //errspec:if task
  | "error";

/** A code that a response, or an element of an array in it, names. */
interface Choice {
  /** -1 without a code. */
  readonly fact: number;
  /** The code as sent. */
  readonly wire: string;
  /** Its index, -1 if it is not listed. */
  readonly code: number;
  /** Whether the table lists only a prefix of the code. */
  readonly prefix: boolean;
  /** The code of a later field if this one is not listed, or -1. */
  readonly standIn: number;
  /** Whether it only repeats the HTTP status. */
  readonly isStatus: boolean;
}

/** What a response means. Codes and subtypes are indexes; -1 is none. */
export interface Reading {
  readonly outcome: Outcome;
  /** The code as sent, "" if none was. */
  readonly wire: string;
  readonly code: number;
  readonly prefix: boolean;
  readonly standIn: number;
  readonly subtype: number;
  /** The subtype whose retry settings apply. */
  readonly strictest: number;
  /** Whether clients must not retry automatically, whatever the table says. */
  readonly manual: boolean;
  readonly message: string;
  readonly param: string; //errspec:if param
  readonly retryAfterMs: number;
  readonly facts: Facts;
}

const none: Choice = {
  fact: -1,
  wire: "",
  code: -1,
  prefix: false,
  standIn: -1,
  isStatus: false,
};

/** A response as it was received. */
export interface ResponseSource {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  //errspec:if task
  /** Whether the request was a submission or a poll. */
  readonly isTask: boolean;
  //errspec:end
  /** The time, from which delays count if the response has no date. */
  readonly now: number;
}

/** Reads a response. */
export function read<D extends Settings>(
  table: Table<D>,
  format: Format,
  source: ResponseSource,
): Reading {
  const { status, headers, body, now } = source;
  const facts = new Facts(format, status, headers, body);
  let isTask = false;
  isTask = source.isTask && format.tasks; //errspec:if task
  return new Reader(table, facts, isTask).reading(now);
}

class Reader<D extends Settings> {
  private readonly table: Table<D>;
  private readonly facts: Facts;
  private readonly isTask: boolean; //errspec:if task
  private subtype = -1;
  private strictest = -1;
  private manual = false;

  constructor(table: Table<D>, facts: Facts, isTask: boolean) {
    this.table = table;
    this.facts = facts;
    this.isTask = isTask; //errspec:if task
    void isTask; //errspec:if !task
  }

  /** Returns what the response means. Code, subtype, message and parameter of an error are of the same element of an array. */
  reading(now: number): Reading {
    const { facts } = this;
    let selected = -1;
    selected = facts.dropFields(); //errspec:if when
    let choice = this.choose(-1, 0, facts.list.length);
    const retryAfterMs = this.delay(now);
    const outcome = this.outcome(choice.fact >= 0 || selected >= 0);
    const { subtype, strictest } = this;
    const rest = { outcome, retryAfterMs, facts, subtype, strictest };
    if (!isError(outcome)) {
      const { wire, code, prefix, standIn } = none;
      return {
        ...rest,
        wire,
        code,
        prefix,
        standIn,
        manual: false,
        message: "",
        param: "", //errspec:if param
      };
    }
    //errspec:if arrays
    const array =
      choice.fact < 0 ? 0 : (facts.fieldOf(choice.fact).arrays?.[0] ?? 0);
    if (array !== 0)
      choice = this.choose(this.chooseElement(array), 0, facts.list.length);
    //errspec:end
    const spoken = facts.first("message", choice.fact);
    const message = facts.text(spoken);
    const near = choice.fact < 0 ? spoken : choice.fact; //errspec:if near
    const { wire, prefix } = choice;
    let { code, standIn } = choice;
    if (choice.fact < 0) code = this.identify(message, selected);
    else if (code < 0 && standIn < 0) standIn = this.statusCode();
    //errspec:if subtypes
    if (code >= 0)
      this.refine(
        code,
        message,
        near, //errspec:if refined
      );
    //errspec:end
    this.manual ||= facts.doubtful;
    //errspec:if retryable
    for (const i of facts.all("retryable"))
      this.manual ||= facts.text(i).toLowerCase() !== "true";
    //errspec:end
    return {
      ...rest,
      wire,
      code,
      prefix,
      standIn,
      subtype: this.subtype,
      strictest: this.strictest,
      manual: this.manual,
      message,
      param: this.joined(facts.first("param", near)), //errspec:if param
    };
  }

  /**
   * Returns the first code that the facts from..to name, which are of one element. One that repeats the HTTP status
   * counts only if it is listed and no later field has another one that is.
   */
  private choose(near: number, from: number, to: number): Choice {
    const { facts } = this;
    let choice = none;
    for (const [index, field] of facts.format.fields.entries()) {
      if (field.role !== "code") continue;
      for (let i = from; i < to; i++) {
        if (at(facts.list, i).field !== index || !facts.together(i, near))
          continue;
        let wire = facts.text(i);
        wire = cut(field, wire); //errspec:if cut
        const { code, prefix } = listed(this.table, wire);
        const isStatus = this.isStatus(wire);
        if (wire === "" || (isStatus && code < 0)) continue;
        if (choice.fact < 0 || (choice.isStatus && !isStatus && code >= 0))
          choice = { fact: i, wire, code, prefix, standIn: -1, isStatus };
        else if (choice.code < 0 && choice.standIn < 0)
          choice = { ...choice, standIn: code };
        else if (choice.isStatus && code < 0) facts.doubtful = true; // more than the status was sent
      }
    }
    return choice;
  }

  private isStatus(text: string): boolean {
    return text.length === 3 && text === String(this.facts.status);
  }

  //errspec:if arrays

  /**
   * Returns a code of the first element of an array that has a listed one, or else of the first that has one. Clients
   * must not retry automatically unless they may after all errors.
   */
  private chooseElement(array: number): number {
    const { facts } = this;
    let best = none;
    let codes = 0;
    let isRepeatable = true;
    let from = 0;
    let last = -1; // the code that is read
    const settle = (to: number): void => {
      const choice = this.choose(last, from, to);
      if (choice.fact >= 0) {
        codes++;
        isRepeatable &&= choice.code >= 0 && this.isRepeatable(choice.code);
        if (best.fact < 0 || (best.code < 0 && choice.code >= 0)) best = choice;
      }
      from = to;
    };
    // the last elements with a message and with a code
    let described = -1;
    let named = -1;
    for (const [i, fact] of facts.list.entries()) {
      const { arrays = [], role } = facts.fieldOf(i);
      const [element = 0] = fact.at;
      if (fact.text === "" || arrays[0] !== array) continue;
      if (described >= 0 && described !== element) {
        facts.doubtful ||= described !== named;
        described = -1;
      }
      if (role === "message" || role === "failure") described = element;
      if (role !== "code") continue;
      if (last >= 0 && !facts.together(last, i)) settle(i);
      last = i;
      named = element;
    }
    settle(facts.list.length);
    facts.doubtful ||= described >= 0 && described !== named;
    facts.doubtful ||= codes > 1 && !isRepeatable;
    return best.fact;
  }

  /** Reports whether a code and all its subtypes are automatic. */
  private isRepeatable(code: number): boolean {
    const all = [at(this.table.codes, code), ...subtypesOf(this.table, code)];
    return all.every(({ automatic }) => automatic);
  }

  //errspec:end

  /** Returns how the request has ended, given whether the response has a code. */
  private outcome(code: boolean): Outcome {
    const { facts } = this;
    if (!facts.succeeded) return "error";
    if (!facts.valid && facts.status !== 204 && facts.status !== 205)
      return "unreadable";
    const refused = facts.refused(code);
    //errspec:if task
    const outcome = this.task(refused);
    if (outcome !== undefined) return outcome;
    //errspec:end
    let otherwise: Outcome = "ok";
    if (this.isTask) otherwise = "unreadable"; //errspec:if task
    return refused ? "error" : otherwise;
  }

  //errspec:if task

  /** Returns how the task that the response is about has ended; undefined if the response is about none. */
  private task(refused: boolean): Outcome | undefined {
    const { facts } = this;
    const i = facts.first("status");
    if (i < 0) {
      const hasID = facts.first("id") >= 0;
      if (refused) return hasID ? "failed" : undefined;
      return hasID && facts.format.tasks ? "running" : undefined;
    }
    const { completed = [], failed = [], running = [] } = facts.fieldOf(i);
    const status = facts.text(i);
    if (completed.includes(status)) {
      facts.doubtful ||= refused;
      return refused ? "failed" : "ok";
    }
    if (failed.includes(status)) return "failed";
    return running.length > 0 && !running.includes(status)
      ? "unreadable"
      : "running";
  }

  //errspec:end

  /** Returns the code of an error that has none. A text is no proof of one. */
  private identify(message: string, selected: number): number {
    const { code, prefix } = listed(this.table, trim(message));
    if (code >= 0 && !prefix && !this.table.integers) {
      this.manual = true;
      return code;
    }
    if (selected >= 0) return selected;
    //errspec:if phrases
    const { phrases, codes, subtypes } = this.table;
    const phrase = phrases.find(message, -codes.length, subtypes.length - 1);
    if (phrase) {
      this.manual = true;
      return codeOfOwner(this.table, phrase.owner);
    }
    //errspec:end
    return this.statusCode();
  }

  /** Returns the code of the HTTP status, -1 if it has none. */
  private statusCode(): number {
    const { format, status } = this.facts;
    return format.http.find(([each]) => each === status)?.[1] ?? -1;
  }

  //errspec:if subtypes

  /**
   * Finds the subtype of a code: the one that a field has, or else whose conditions hold, or whose phrase the message
   * contains, or the one for all other cases. The strictest that holds decides.
   */
  private refine(
    code: number,
    message: string,
    near: number, //errspec:if refined
  ): void {
    const { first, phrases, fallbacks } = this.table;
    let isOther = !isBlank(head(message));
    isOther = this.hasSubtype(code, near) || isOther; //errspec:if refined
    const from = first[code] ?? 0;
    const phrase = phrases.find(message, from, (first[code + 1] ?? 0) - 1);
    if (phrase) this.holds(phrase.owner);
    if (this.subtype < 0 && isOther) this.holds(fallbacks.get(code) ?? -1);
  }

  /** Adds a subtype that holds. */
  private holds(subtype: number): void {
    if (subtype < 0) return;
    //errspec:if refined
    if (this.subtype >= 0) {
      this.strictest = this.stricter(this.strictest, subtype);
      return;
    }
    //errspec:end
    this.subtype = subtype;
    this.strictest = subtype;
  }

  //errspec:end
  //errspec:if refined

  /**
   * Adds the subtypes that fields have and whose conditions hold, and reports whether a field has one. If that is not
   * listed, it may be any.
   */
  private hasSubtype(code: number, near: number): boolean {
    const { facts } = this;
    const first = facts.first("subtype", near);
    if (first >= 0) this.holds(this.subtypeOf(code, facts.text(first)));
    for (const i of facts.all("subtype")) {
      if (!facts.together(i, near)) continue;
      const subtype = this.subtypeOf(code, facts.text(i));
      this.manual ||= subtype < 0 && !this.isUniform(code);
      this.holds(subtype);
    }
    for (const { code: of, subtype = -1, when } of facts.format.subtypes)
      if (of === code && facts.hold(when)) this.holds(subtype);
    return first >= 0;
  }

  /** Returns the subtype of a code that a value is, or -1. */
  private subtypeOf(code: number, value: string): number {
    const { first, names, values } = this.table;
    const name = value.replace(/\u0130/g, "i").toLowerCase(); // as in Go, one character gives one
    for (let i = first[code] ?? 0; i < (first[code + 1] ?? 0); i++)
      if (values.get(i)?.includes(value) ?? names[i] === name) return i;
    return -1;
  }

  /** Returns the subtype with the stricter retry settings, a if they are equal. */
  private stricter(a: number, b: number): number {
    const x = at(this.table.subtypes, a);
    const y = at(this.table.subtypes, b);
    if (x.automatic !== y.automatic) return x.automatic ? b : a;
    return minWait(y) > minWait(x) ? b : a;
  }

  /** Reports whether no subtype has stricter retry settings than its code. */
  private isUniform(code: number): boolean {
    const of = at(this.table.codes, code);
    return subtypesOf(this.table, code).every(
      (s) =>
        (s.automatic || !of.automatic) &&
        minWait(s) <= minWait(of) &&
        maxWait(s) <= maxWait(of),
    );
  }

  //errspec:end

  /**
   * Returns the longest delay that the response asks for, 0 if it asks for none. Dates count from that of the response,
   * so that the clock of the client does not matter.
   */
  private delay(now: number): number {
    const { facts } = this;
    const date = parseDate(facts.headers("Date").join("")) ?? now;
    let longest = 0;
    for (const i of facts.all("retry_after")) {
      let delay = parseDelay(facts.text(i), 1000, date);
      delay = delayOf(facts.fieldOf(i), facts.text(i), date); //errspec:if delayfield
      longest = Math.max(longest, delay ?? 0);
    }
    return longest;
  }

  //errspec:if param

  /** Returns the value of a fact, the elements of an array joined by dots. */
  private joined(i: number): string {
    const text = i < 0 ? "" : at(this.facts.list, i).text;
    if (!text.startsWith("[") || this.facts.fieldOf(i).header !== undefined)
      return this.facts.text(i);
    const parts: string[] = [];
    for (let from = next(text, 1); text.charAt(from) !== "]";) {
      const end = skip(text, from);
      if (!"{[".includes(text.charAt(from)))
        parts.push(unquote(text.slice(from, end)));
      from = next(text, end);
    }
    return parts.join(".");
  }

  //errspec:end
}

/** Reports whether a response with an outcome reports an error. */
export function isError(outcome: string): boolean {
  return outcome === "error" || outcome === "failed";
}

function delayOf(field: Field, text: string, date: number): number | undefined {
  let delay = text;
  if (field.match) delay = numberIn(field.match, text) ?? ""; //errspec:if delaytext
  //errspec:if unit
  if (field.unit === "ms") return parseDelay(delay, 1, date);
  if (field.unit === "epoch")
    return (parseDelay(delay, 1000, date) ?? 0) - date;
  //errspec:end
  return parseDelay(delay, 1000, date);
}

//errspec:if cut

/** Returns the part of a code that counts. */
function cut({ before = "", after = "" }: Field, wire: string): string {
  const end = before === "" ? -1 : wire.indexOf(before);
  const kept = end < 0 ? wire : wire.slice(0, end);
  const start = after === "" ? -1 : kept.indexOf(after);
  return start < 0 ? kept : kept.slice(start + after.length);
}

//errspec:end

function minWait({ wait }: Settings): number {
  return wait?.minMs ?? 0;
}

function maxWait({ wait }: Settings): number {
  return wait?.maxMs ?? 0;
}
