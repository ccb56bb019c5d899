// Finds an HTTP status in a line of text: "HTTP 429", "HTTP/1.1 429", "status code: 429", or "429 Too Many Requests" at
// the start.

const statusIn = /^[ \t]*([1-5]\d\d) [A-Z][a-z]|\b(?:(?:HTTP|http)(?:\/\d(?:\.\d)?)?|[Ss]tatus(?:[ _]?[Cc]ode)?)["']?[ =:]{1,3}["']?([1-5]\d\d)\b/g;

// Returns the wire value of the code for the first HTTP status that has one, or undefined.
export function statusCode({ format, codes }, line) {
  for (const [, first, any] of format.http.length > 0 ? line.matchAll(statusIn) : []) {
    const code = codes[format.http.find(([status]) => status === +(first ?? any))?.[1]];
    if (code) return code.wire;
  }
}
