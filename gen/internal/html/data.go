package html

import (
	"bytes"
	"encoding/json"
	"html/template"
	"time"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/gen/internal/typescript"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
)

// scriptData contains the data that the script needs and the page does not show.
// Codes and subtypes are represented by their index on the page, from 0. After
// these members follows "phrases": [text, owner, names, search], in match order.
type scriptData struct {
	Name     string              `json:"name"`      // name of the table
	Integer  bool                `json:"integer"`   // whether codes are numbers
	Unknown  string              `json:"unknown"`   // anchor of the code whose advice covers unlisted ones
	Unlisted string              `json:"unlisted"`  // the action of that code
	Retry    map[string][]string `json:"sentences"` // see sentences
	Stopped  string              `json:"stopped"`   // advice after polling stopped
	Pause    []time.Duration     `json:"pause"`     // default wait before the second attempt; absent if there is only one attempt
	Cap      time.Duration       `json:"cap"`       // maximum wait before the second attempt, 0 if there is no maximum
	Fields   evidence            `json:"fields"`

	// See the types Table and Format of the TypeScript run time.
	Prefixes []typescript.Prefix `json:"prefixes,omitempty"`
	Stricter []int               `json:"stricter,omitempty"`
	Hidden   []int               `json:"hidden,omitempty"`
	Pending  []int               `json:"pending,omitempty"`
	Values   []typescript.Values `json:"values,omitempty"`
	Format   *typescript.Format  `json:"format"`
}

// data returns the data of the script as JSON. encoding/json escapes it, so that no
// text in it can close its element.
func data(v *view) (template.JS, error) {
	p := v.Plan
	d := scriptData{Name: p.Table, Integer: p.Wire == spec.WireInteger, Retry: sentences(), Stopped: advice.PollAgain, Cap: p.Backoff.Cap}
	if p.Unlisted != nil {
		d.Unlisted = p.Unlisted.Retry.Action.String()
	} else {
		d.Unlisted = spec.ActionUnknown.String()
	}
	if v.Unknown != nil {
		d.Unknown = v.Unknown.Anchor
	}
	if p.Backoff.Attempts > 1 {
		pause := p.Backoff.Pause(plan.Retry{}, 2)
		d.Pause = []time.Duration{pause.Min, pause.Max}
	}
	t := typescript.TableOf(p, v.Codes)
	d.Prefixes, d.Stricter, d.Hidden, d.Values, d.Format = t.Prefixes, t.Stricter, t.Hidden, t.Values, shorten(t.Format)
	d.Fields = evidenceOf(d.Format, v)
	d.Pending = t.Pending
	var phrases [][]byte
	for _, phrase := range t.Phrases {
		row := []any{phrase.Text, phrase.Owner}
		if phrase.Names != "" || phrase.Search != "" {
			row = append(row, phrase.Names)
		}
		if phrase.Search != "" {
			row = append(row, phrase.Search)
		}
		line, err := json.Marshal(row)
		if err != nil {
			return "", err
		}
		phrases = append(phrases, line)
	}
	return encode(d, phrases)
}

// waitMark is the placeholder of the wait in the sentences of the script.
const waitMark = "{wait}"

// sentences returns the sentences about retries by action, each without and with a
// wait. Keys of automatic retries have the prefix "auto ".
func sentences() map[string][]string {
	all := make(map[string][]string)
	for _, a := range spec.Actions() {
		name := a.String()
		all[name] = []string{advice.Retry(name, false, "")}
		if a.Repeats() {
			all[name] = append(all[name], advice.Retry(name, false, waitMark))
			all["auto "+name] = []string{advice.Retry(name, true, ""), advice.Retry(name, true, waitMark)}
		}
	}
	return all
}

// encode writes each phrase on a separate line, so that diffs of pages show
// phrases.
func encode(d scriptData, phrases [][]byte) (template.JS, error) {
	head, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	b.Write(head[:len(head)-1])
	b.WriteString(",\"phrases\":[\n")
	b.Write(bytes.Join(phrases, []byte(",\n")))
	b.WriteString("\n]}")
	return template.JS(b.String()), nil
}
