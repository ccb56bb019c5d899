package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/names"
)

// A Changelog lists the changes of a table for release notes.
type Changelog struct {
	Table   *spec.Table // new table; nil for changes of errspec.yaml
	Bump    compat.Bump
	Changes []compat.Change
}

// sections returns the changes by group, starting with changes of decisions. In
// each group the changes with the largest version bump are first.
func (c Changelog) sections() []markdown.Section {
	var all []markdown.Section
	for _, group := range compat.Groups() {
		s := markdown.Section{Title: string(group)}
		for _, change := range c.Changes {
			if compat.RuleOf(change.Kind).Group == group {
				s.Changes = append(s.Changes, change)
			}
		}
		slices.SortStableFunc(s.Changes, func(a, b compat.Change) int {
			return int(compat.RuleOf(b.Kind).Bump) - int(compat.RuleOf(a.Kind).Bump)
		})
		if len(s.Changes) > 0 {
			all = append(all, s)
		}
	}
	return all
}

func (c Changelog) title() string {
	title := config.FileName
	if c.Table != nil {
		title = c.Table.Title
	}
	return fmt.Sprintf("%s: %s", title, c.Bump)
}

// Text returns the changelog for a terminal.
func (c Changelog) Text() []byte {
	var b strings.Builder
	b.WriteString(c.title() + "\n")
	for _, s := range c.sections() {
		b.WriteString("\n" + s.Title + "\n")
		for _, change := range s.Changes {
			b.WriteString("  - " + change.Text() + "\n")
		}
	}
	return []byte(b.String())
}

// Markdown returns the changelog with links to the codes.
func (c Changelog) Markdown() []byte {
	return markdown.Changelog(c.title(), c.sections(), c.urls())
}

// urls returns a function from a code or subtype to the URL of its documentation.
func (c Changelog) urls() func(string) string {
	urls := make(map[string]string)
	if c.Table == nil {
		return func(string) string { return "" }
	}
	n, _ := names.Of(c.Table, names.Options{})
	for i, code := range n.Codes {
		urls[c.Table.Codes[i].Wire] = code.URL
		for _, s := range code.Subtypes {
			urls[s.Value] = s.URL
		}
	}
	return func(subject string) string { return urls[subject] }
}

type jsonChangelog struct {
	SchemaVersion int          `json:"schemaVersion"`
	Table         string       `json:"table"`
	Revision      string       `json:"revision"`
	Bump          string       `json:"bump"`
	Changes       []jsonChange `json:"changes"`
}

type jsonChange struct {
	Rule     string `json:"rule"`
	Group    string `json:"group"`
	Severity string `json:"severity"`
	Bump     string `json:"bump"`
	Subject  string `json:"subject,omitempty"`
	Part     string `json:"part,omitempty"`
	Message  string `json:"message,omitempty"`
	Was      string `json:"was,omitempty"`
	Is       string `json:"is,omitempty"`
	Text     string `json:"text"`
	URL      string `json:"url,omitempty"`
}

// JSON returns the changelog as JSON. Later versions add keys, but do not change
// them.
func (c Changelog) JSON() []byte {
	out := jsonChangelog{SchemaVersion: 1, Bump: c.Bump.String(), Changes: []jsonChange{}}
	if c.Table != nil {
		out.Table, out.Revision = c.Table.Name, export.Revision(c.Table)
	}
	url := c.urls()
	for _, s := range c.sections() {
		for _, change := range s.Changes {
			rule := compat.RuleOf(change.Kind)
			out.Changes = append(out.Changes, jsonChange{
				Rule: string(change.Kind), Group: s.Title, Severity: rule.Severity.String(), Bump: rule.Bump.String(),
				Subject: change.Subject, Part: change.Part, Message: change.Message, Was: change.Was, Is: change.Is,
				Text: change.Text(), URL: url(change.Subject),
			})
		}
	}
	return jsonwrite.Indented(out)
}
