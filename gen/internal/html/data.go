package html

import (
	"bytes"
	"encoding/json"
	"html/template"
	"strconv"
	"time"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
)

// scriptData contains the data that the script needs and the page does not show.
// Codes and subtypes are represented by their index on the page, from 0. After
// these members follows "phrases": [code, subtype or -1, phrase], in match order.
type scriptData struct {
	Name     string              `json:"name"`           // name of the table
	Integer  bool                `json:"integer"`        // whether codes are numbers
	Unknown  string              `json:"unknown"`        // anchor of the code whose advice covers unlisted ones
	Unlisted string              `json:"unlisted"`       // the action of that code
	Retry    map[string][]string `json:"sentences"`      // see sentences
	Stopped  string              `json:"stopped"`        // advice after polling stopped
	Pause    []time.Duration     `json:"pause"`          // default wait before the second attempt; absent if there is only one attempt
	Cap      time.Duration       `json:"cap"`            // maximum wait before the second attempt, 0 if there is no maximum
	HTTP     map[string]int      `json:"http,omitempty"` // codes of HTTP statuses
	Response *responseData       `json:"response"`       // null if the table does not define responses
}

type responseData struct {
	ID        string   `json:"id,omitempty"`
	Status    string   `json:"status,omitempty"`
	Code      string   `json:"code,omitempty"`
	Message   string   `json:"message,omitempty"`
	Completed []string `json:"completed,omitempty"`
	Failed    []string `json:"failed,omitempty"`
	Unsettled []string `json:"unsettled,omitempty"` // codes that an HTTP status from 500 may represent
}

// data returns the data of the script as JSON. encoding/json escapes it, so that no
// text in it can close its element.
func data(v *view) (template.JS, error) {
	p := v.Plan
	d := scriptData{Name: p.Table, Integer: p.Wire == spec.WireInteger, Retry: sentences(), Stopped: advice.PollAgain, Cap: p.Backoff.Cap, Response: responseOf(p.Response)}
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
	indexes := make(map[*plan.Code]int)
	for i, c := range v.Codes {
		indexes[c] = i
	}
	d.HTTP = statuses(p.Response, indexes)
	var phrases [][]byte
	for _, phrase := range p.Phrases.Choice {
		index, shown := indexes[phrase.Code]
		if !shown {
			continue
		}
		sub := -1
		if phrase.Subtype != nil {
			sub = phrase.Subtype.Index - phrase.Code.Subtypes[0].Index
		}
		line, err := json.Marshal([]any{index, sub, phrase.Source})
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

// statuses returns the indexes of the codes of HTTP statuses.
func statuses(r *plan.Response, indexes map[*plan.Code]int) map[string]int {
	if r == nil {
		return nil
	}
	all := make(map[string]int, len(r.HTTP))
	for _, h := range r.HTTP {
		if index, shown := indexes[h.Code]; shown {
			all[strconv.Itoa(h.Status)] = index
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

func responseOf(r *plan.Response) *responseData {
	if r == nil {
		return nil
	}
	var d responseData
	path := func(f *plan.Field) string {
		if f == nil {
			return ""
		}
		return f.Path
	}
	d.ID, d.Status, d.Code, d.Message = path(r.ID), path(r.Status), path(r.Code), path(r.Message)
	if r.Status != nil {
		d.Completed, d.Failed = r.Status.Completed, r.Status.Failed
	}
	for _, h := range r.HTTP {
		if h.Status >= 500 && !h.Code.Internal {
			d.Unsettled = append(d.Unsettled, h.Code.Wire)
		}
	}
	return &d
}
