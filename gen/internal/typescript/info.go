package typescript

import (
	"fmt"

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
	for _, c := range m.Codes {
		codes = append(codes, m.info(c))
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
	return comment(0, "The documentation of codes, in table order.") +
		list(codes...).print(m.constant("infos", "readonly Info[]"), 0, ";") + "\n\n" +
		comment(0, "The documentation of subtypes, in table order.") +
		list(subtypes...).print(m.constant("subtypeInfos", "readonly SubtypeInfo[]"), 0, ";") + "\n\n" +
		comment(0, "Returns the part of the documentation that also applies to unlisted codes.") +
		"function unlistedInfo(): Partial<Info> {\n  " + empty.print("return ", 2, ";") + "\n}\n"
}

func (m *module) info(c *plan.Code) expr {
	l := members{member("title", text(c.Title)), member("description", text(c.Description))}
	l.text("details", c.Details)
	l.text("advice", c.Retry.Advice)
	l.text("hint", c.Retry.Hint)
	l.texts("causes", c.CauseTexts())
	l.texts("avoid", c.Avoid)
	l.texts("fixes", c.Fixes)
	l.texts("examples", c.Examples)
	l.text("url", c.URL)
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
