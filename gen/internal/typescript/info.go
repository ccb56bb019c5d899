package typescript

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
)

// emitInfoTypes writes the types of the documentation of codes and subtypes.
func emitInfoTypes(*module) string {
	return comment(0, "The documentation of a code. Texts are plain; prose may contain `code` and [links](https://example.com). Fields that the table does not set are undefined.") + `export interface Info {
  readonly title: string;
  /** One line of prose. */
  readonly description: string;
  /** Prose; paragraphs are separated by blank lines. */
  readonly details?: string | undefined;
  /** A recommendation for people. */
  readonly advice?: string | undefined;
  /** A short form of the advice. */
  readonly hint?: string | undefined;
  /** Prose. */
  readonly causes?: readonly string[] | undefined;
  /** Prose: how to avoid the error. */
  readonly avoid?: readonly string[] | undefined;
  /** Prose: how to fix the error. */
  readonly fixes?: readonly string[] | undefined;
  /** Verbatim messages or requests. */
  readonly examples?: readonly string[] | undefined;
  /** The URL of the documentation. */
  readonly url?: string | undefined;
  /** The HTTP status of the code. */
  readonly http?: number | undefined;
  /** The canonical gRPC status, such as UNAVAILABLE. */
  readonly grpc?: string | undefined;
  /** The version of the service that introduced the code. */
  readonly since?: string | undefined;
  readonly deprecation?: Deprecation | undefined;
}

/** The deprecation of a code. */
export interface Deprecation {
  readonly since?: string | undefined;
  readonly reason?: string | undefined;
  readonly replacedBy?: KnownCode | undefined;
}

/** The documentation of a subtype. */
export interface SubtypeInfo {
  readonly title: string;
  readonly description?: string | undefined;
  readonly advice?: string | undefined;
  readonly hint?: string | undefined;
  readonly examples?: readonly string[] | undefined;
}
`
}

// members collects the members of an object that are set.
type members []expr

func (l *members) text(name, value string) {
	if value != "" {
		*l = append(*l, member(name, text(value)))
	}
}

func (l *members) texts(name string, values []string) {
	if len(values) > 0 {
		*l = append(*l, member(name, texts(values)))
	}
}

// emitInfos writes the documentation of codes and subtypes.
func emitInfos(m *module) string {
	var codes, subtypes []expr
	pages := m.pages()
	for _, c := range m.Codes {
		codes = append(codes, m.info(c, pages))
	}
	for _, s := range m.subtypes {
		l := members{member("title", text(s.Title))}
		l.text("description", s.Description)
		l.text("advice", s.Retry.Advice)
		l.text("hint", s.Retry.Hint)
		l.texts("examples", s.Examples)
		subtypes = append(subtypes, object(l...))
	}
	var unlisted members
	if u := m.Unlisted; u != nil {
		unlisted.text("advice", u.Retry.Advice)
		unlisted.text("hint", u.Retry.Hint)
		unlisted.texts("fixes", u.Fixes)
	}
	empty := object(unlisted...)
	empty.spaced = len(unlisted) > 0
	return comment(0, "The documentation of codes, in table order.") + m.infos(codes, pages) + "\n\n" +
		comment(0, "The documentation of subtypes, in table order.") +
		list(subtypes...).print(m.constant("subtypeInfos", "readonly SubtypeInfo[]"), 0, ";") + "\n\n" +
		comment(0, "Returns the part of the documentation that also applies to unlisted codes.") +
		"function unlistedInfo(): Partial<Info> {\n  " + empty.print("return ", 2, ";") + "\n}\n"
}

// infos writes the list of codes, as a function if their URLs have a common start:
//
//	const infos: readonly Info[] = /* @__PURE__ */ infosOf();
//
//	function infosOf(): readonly Info[] {
//	  const pages = "https://example.com/errors#";
//	  return [
//	    { title: "Service Error", url: `${pages}service_error` },
func (m *module) infos(codes []expr, pages string) string {
	all := list(codes...)
	if pages == "" {
		return all.print(m.constant("infos", "readonly Info[]"), 0, ";")
	}
	return m.constant("infos", "readonly Info[]") + "/* @__PURE__ */ infosOf();\n\n" +
		"function infosOf(): readonly Info[] {\n  " + text(pages).print("const pages = ", 2, ";") + "\n  " + all.print("return ", 2, ";") + "\n}"
}

// pages returns the start of the URL of the first code that has one, up to the last slash
// or number sign, if the URLs of other codes start with it.
func (m *module) pages() string {
	start, count := "", 0
	for _, c := range m.Codes {
		if start == "" {
			start = c.URL[:strings.LastIndexAny(c.URL, "/#")+1]
		}
		if start != "" && strings.HasPrefix(c.URL, start) {
			count++
		}
	}
	if count < 2 {
		return ""
	}
	return start
}

// url returns a URL as text, or as a template with the start of URLs.
func url(url, pages string) expr {
	rest, found := strings.CutPrefix(url, pages)
	if pages == "" || !found || strings.ContainsAny(rest, "`$\\") || quote(rest) != `"`+rest+`"` {
		return text(url)
	}
	return atom("`${pages}" + rest + "`")
}

func (m *module) info(c *plan.Code, pages string) expr {
	l := members{member("title", text(c.Title)), member("description", text(c.Description))}
	l.text("details", c.Details)
	l.text("advice", c.Retry.Advice)
	l.text("hint", c.Retry.Hint)
	l.texts("causes", c.CauseTexts())
	l.texts("avoid", c.Avoid)
	l.texts("fixes", c.Fixes)
	l.texts("examples", c.Examples)
	if c.URL != "" {
		l = append(l, member("url", url(c.URL, pages)))
	}
	if c.HTTP != 0 {
		l = append(l, atom(fmt.Sprintf("http: %d", c.HTTP)))
	}
	l.text("grpc", c.GRPC)
	l.text("since", c.Since)
	if d := c.Deprecated; d != nil {
		var deprecation members
		deprecation.text("since", d.Since)
		deprecation.text("reason", d.Reason)
		if d.ReplacedBy != nil {
			deprecation = append(deprecation, member("replacedBy", atom(m.code(d.ReplacedBy))))
		}
		n := object(deprecation...)
		n.spaced = len(deprecation) > 0
		l = append(l, member("deprecation", n))
	}
	return object(l...)
}
