// An HTTP status in a line of text: "HTTP 429", "HTTP/1.1 429", "status code: 429"; or at its start, with the beginning of
// its reason, "429 Too Many Requests".

const statusIn = /^[ \t]*([1-5]\d\d) [A-Z][a-z]|\b(?:(?:HTTP|http)(?:\/\d(?:\.\d)?)?|[Ss]tatus(?:[ _]?[Cc]ode)?)["']?[ =:]{1,3}["']?([1-5]\d\d)\b/g;

// The wire value of the code that the table has for the first HTTP status that it has one for, undefined if there is none.
export function statusCode({ http, codes }, line) {
  if (http) for (const [, first, any] of line.matchAll(statusIn)) if ((first ?? any) in http) return codes[http[first ?? any]].wire;
}
