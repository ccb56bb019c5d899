// Finding the fields of a response.

/** The length of the longest body that is read, in bytes. */
const maxBody = 16_777_216;
/** The number of values of a header that are read. */
const maxValues = 100;
/** The number of objects and arrays in each other that are read. */
const maxDepth = 10_000;

/** Reports whether a body is longer than what is read. */
export function isTooLong(body) {
  return firstBytes(body, maxBody) !== body;
}

/** Reports whether a text is JSON that is read: not too long and not nested too deeply. */
export function isJSON(text) {
  if (isTooLong(text)) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34) i = stringEnd(text, i) - 1;
    else if (c === 91 || c === 123) depth++;
    else if (c === 93 || c === 125) depth--;
    if (depth > maxDepth) return false;
  }
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns the end of the string at text[from]. */
function stringEnd(text, from) {
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 34) return i + 1;
  }
  return text.length;
}

/** Returns the text of a JSON string. Returns other values unchanged. */
export function unquote(value) {
  if (!value.startsWith('"')) return value;
  return value.includes("\\")
    ? wellFormed(String(JSON.parse(value)))
    : value.slice(1, -1);
}

/** Returns the end of the value at json[from], which is valid. */
export function skip(json, from) {
  let depth = 0;
  for (let i = from; ; i++) {
    const c = json.charAt(i);
    if (c === "{" || c === "[") depth++;
    else if (c === "}" || c === "]") depth--;
    else if (c === '"') i = stringEnd(json, i) - 1;
    else if (depth === 0) {
      while (i + 1 < json.length && !",]} \t\r\n".includes(json.charAt(i + 1)))
        i++;
    }
    if (depth === 0) return i + 1;
  }
}

/** Returns the index of the next key, value or closing bracket of valid JSON. */
export function next(json, from) {
  let i = from;
  while (i < json.length && " \t\r\n,:".includes(json.charAt(i))) i++;
  return i;
}

/** The fields of a response: those of headers, then those of the body. */
export class Facts {
  format;
  status;
  headers;
  /** Whether the body is JSON. */
  valid;
  /** Whether something may be missing, so that clients must not retry automatically. */
  doubtful = false;
  list = [];
  body;
  /** The elements around the value that is read. */
  at = [];

  constructor(format, status, headers, body) {
    this.format = format;
    this.status = status;
    this.headers = headers;
    this.body = body;
    for (const [i, { header }] of format.fields.entries()) {
      if (header === undefined) continue;
      const values = headers(header);
      this.doubtful ||= values.length > maxValues;
      for (const value of values.slice(0, maxValues)) this.add(i, trim(value));
    }
    const hasBody = status !== 204 && status !== 205;
    this.valid = hasBody && isJSON(body);
    if (this.valid) this.root();
    else if (hasBody) {
      // the text of a proxy, or what is left of an object
      const start = firstBytes(body.slice(startOf(body, blanks)), 64);
      this.doubtful ||= start.includes("{") || start.includes("[");
    }
  }

  /** Reports whether the HTTP status is one of 200 to 299. */
  get succeeded() {
    return this.status >= 200 && this.status <= 299;
  }

  fieldOf(i) {
    return at(this.format.fields, at(this.list, i).field);
  }

  /** Returns a fact as text, "" for the fact -1. */
  text(i) {
    if (i < 0) return "";
    const { text } = at(this.list, i);
    return this.fieldOf(i).header === undefined ? unquote(text) : text;
  }

  //errspec:if fields

  /** Returns a field as it is written in the response, or "" if it is missing. */
  raw(field) {
    return this.list.find((fact) => fact.field === field)?.text ?? "";
  }

  //errspec:end
  //errspec:if texts

  /** Returns a field as text, or undefined if it is missing, an object, an array, true or false. */
  fieldText(field) {
    const text = this.raw(field);
    if (text === "") return undefined;
    if (at(this.format.fields, field).header !== undefined) return text;
    return "{[tf".includes(text.charAt(0)) ? undefined : unquote(text);
  }

  //errspec:end
  //errspec:if typed

  /** Returns a field that is a number, undefined for any other value. */
  number(field) {
    const value = this.any(field);
    return typeof value === "number" ? value : undefined;
  }

  /** Returns a field that is true or false, undefined for any other value. */
  boolean(field) {
    const value = this.any(field);
    return typeof value === "boolean" ? value : undefined;
  }

  /** Returns the value of a field, or undefined if it is missing. */
  any(field) {
    const text = this.raw(field);
    return isJSON(text) ? JSON.parse(text) : undefined;
  }

  //errspec:end

  /** Reports whether a fact counts and has the role. */
  is(i, role) {
    return at(this.list, i).text !== "" && this.fieldOf(i).role === role;
  }

  /** Returns the indexes of the facts that count and have the role. */
  all(role) {
    return [...this.list.keys()].filter((i) => this.is(i, role));
  }

  /** Returns the first fact with the role that is together with the fact near, -1 for none. */
  first(role, near = -1) {
    let best = -1;
    for (const i of this.all(role)) {
      const { field } = at(this.list, i);
      if (best >= 0 && field >= at(this.list, best).field) continue;
      if (this.together(i, near)) best = i;
    }
    return best;
  }

  /** Reports whether two facts are of the same elements of arrays. The fact -1 is of any. */
  together(i, j) {
    if (j < 0) return true;
    const others = this.fieldOf(j).arrays ?? [];
    for (const [level, array] of (this.fieldOf(i).arrays ?? []).entries()) {
      if (array !== others[level]) break;
      if (at(this.list, i).at[level] !== at(this.list, j).at[level])
        return false;
    }
    return true;
  }

  /**
   * Reads the body. Of an array it reads the first object, or, if the response succeeded, the first one that is an
   * error: the others are results.
   */
  root() {
    const headers = this.list.length;
    const { body, format } = this;
    let from = next(body, 0);
    if (body.charAt(from) === "{") this.object(from, format.body);
    if (body.charAt(from) !== "[") return;
    from = next(body, from + 1);
    for (; body.charAt(from) !== "]"; from = next(body, skip(body, from))) {
      if (body.charAt(from) !== "{") {
        this.doubtful ||= !this.succeeded;
        continue;
      }
      this.list.length = headers;
      this.object(from, format.body);
      this.dropFields(); //errspec:if when
      if (!this.succeeded) return;
      if (this.refused(this.first("code") >= 0)) {
        this.doubtful = true;
        return;
      }
    }
    this.list.length = headers;
  }

  /**
   * Reports whether a response is an error although its HTTP status is one of success, given whether it has a code. A
   * message does not make it one.
   */
  refused(code) {
    let refused = code;
    //errspec:if success
    for (const i of this.all("success")) {
      if (!(this.fieldOf(i).ok ?? []).includes(this.text(i))) return true;
      refused = false;
    }
    //errspec:end
    //errspec:if failure
    if (this.all("failure").some((i) => isFailure(this.text(i)))) return true;
    //errspec:end
    return refused;
  }

  /** Reads the members of an object that are fields or lead to some. Of several with the same key the last one counts. */
  object(from, below) {
    const { body } = this;
    const members = new Map();
    for (let i = next(body, from + 1); body.charAt(i) !== "}";) {
      const end = skip(body, i);
      const key = unquote(body.slice(i, end));
      const start = next(body, end);
      const to = skip(body, start);
      const node = below.find((n) => n.key === key);
      if (node) members.set(node, [start, to]);
      i = next(body, to);
    }
    let quiet = false; //errspec:if ok
    for (const node of below) {
      const member = members.get(node);
      if (!member) continue;
      const text = body.slice(...member);
      //errspec:if ok
      const field = at(this.format.fields, node.field ?? 0);
      const isField = node.field !== undefined;
      if (quiet && isField && field.role === "message" && !text.startsWith("{"))
        continue;
      quiet ||= this.succeeded && isField && isOK(field, text);
      //errspec:end
      this.value(text, member[0], node);
    }
  }

  /** Reads the value at body[from], which is a field or leads to some. */
  value(text, from, node) {
    const { field, below, each } = node;
    const isField = field !== undefined;
    const role = isField ? at(this.format.fields, field).role : undefined;
    const isObject = text.startsWith("{");
    const isArray = text.startsWith("[");
    const isLeaf = below === undefined && each === undefined;
    const isWhole = role === "failure" || (role === "param" && isArray);
    if (text === "null") return;
    if (isField && role === undefined) this.add(field, text);
    else if (text === '""') return;
    else if (startOf(text, "{}[] \t\r\n") === text.length)
      this.doubtful ||= isLeaf && role !== "failure" && role !== "param";
    else if (isField && ((!isObject && !isArray) || isWhole)) {
      this.add(field, text);
      //errspec:if failure
      this.doubtful ||=
        role === "failure" &&
        isFailure(text) &&
        !isObject &&
        below !== undefined;
      //errspec:end
    } else {
      const isRead =
        (isObject && below !== undefined) || (isArray && each !== undefined);
      this.doubtful ||= !isRead;
    }
    if (isObject) this.object(from, below ?? []);
    if (isArray && each) this.array(from, each); //errspec:if arrays
  }

  //errspec:if arrays

  array(from, each) {
    const { body } = this;
    const around = this.at;
    let element = 0;
    for (let i = next(body, from + 1); body.charAt(i) !== "]"; element++) {
      this.at = [...around, element];
      const end = skip(body, i);
      this.value(body.slice(i, end), i, each);
      i = next(body, end);
    }
    this.at = around;
  }

  //errspec:end

  add(field, text) {
    let isNothing = text === "";
    isNothing ||= isOK(at(this.format.fields, field), text); //errspec:if ok
    if (!isNothing) this.list.push({ text, field, at: this.at });
  }

  //errspec:if when

  /** Drops fields whose conditions do not hold, and returns the first code whose do, or -1. */
  dropFields() {
    for (const [i, field] of this.format.fields.entries()) {
      let isDropped = !this.hold(field.when ?? []);
      isDropped ||= field.role === "status" && !this.succeeded; //errspec:if task
      if (!isDropped) continue;
      for (const fact of this.list) if (fact.field === i) fact.text = "";
    }
    for (const { code, when } of this.format.codes)
      if (this.hold(when)) return code;
    return -1;
  }

  /**
   * Reports whether all conditions hold. What a response does not have fulfills none, and an object or array where a
   * value should be may be damage.
   */
  hold(when) {
    for (const { field, values } of when) {
      let isFulfilled = field === 0 && values.includes(String(this.status));
      for (const [i, fact] of this.list.entries()) {
        if (fact.field !== field || field === 0) continue;
        this.doubtful ||=
          fact.text.startsWith("{") || fact.text.startsWith("[");
        isFulfilled ||= values.includes(this.text(i));
      }
      if (!isFulfilled) return false;
    }
    return true;
  }

  //errspec:end
}

//errspec:if ok

/** Reports whether a code means that there is no error. A message next to it means the same. */
function isOK(field, text) {
  const { role, ok = [] } = field;
  return role === "code" && ok.includes(trimAny(text, '"'));
}

//errspec:end
//errspec:if failure

/** Reports whether the value of a failure field means one. */
function isFailure(text) {
  return text !== "false" && text !== "0";
}

//errspec:end
