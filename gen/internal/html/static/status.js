// Finds an HTTP status in a line of text: "HTTP 429", "HTTP/1.1 429", "status code: 429", or "429 Too Many Requests" at
// the start.

const statusIn = /^[ \t]*([1-5]\d\d) [A-Z][a-z]|\b(?:(?:HTTP|http)(?:\/\d(?:\.\d)?)?|[Ss]tatus(?:[ _]?[Cc]ode)?)["']?[ =:]{1,3}["']?([1-5]\d\d)\b/g;

// Returns the wire value of the code for the first HTTP status that has one, or undefined.
export function statusCode({ http, codes }, line) {
  if (http) for (const [, first, any] of line.matchAll(statusIn)) if ((first ?? any) in http) return codes[http[first ?? any]].wire;
}
