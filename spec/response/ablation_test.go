package response

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// keys are those of tables that say how responses are read, and how to leave each out.
var keys = []struct {
	name  string
	leave func(d *Description)
	free  bool // whether no response of the gallery needs it
}{
	{name: "several fields of a role", leave: func(d *Description) {
		seen := make(map[Role]bool)
		keep := func(f Field) bool {
			first := f.Role == RoleNone || !seen[f.Role]
			seen[f.Role] = true
			return !first
		}
		d.Fields = slices.DeleteFunc(d.Fields, keep)
		d.Headers = slices.DeleteFunc(d.Headers, keep)
	}},
	{name: "http", leave: func(d *Description) { d.HTTP = nil }},
	{name: "array steps", leave: func(d *Description) {
		d.Fields = slices.DeleteFunc(d.Fields, func(f Field) bool { return strings.Contains(f.Path, "[]") })
	}},
	{name: "headers", leave: func(d *Description) { d.Headers = nil }},
	{name: "ok of a code", leave: func(d *Description) {
		eachField(d, func(f *Field) {
			if f.Role == RoleCode {
				f.OK = nil
			}
		})
	}},
	{name: "role retry_after", leave: withoutRole(RoleRetryAfter)},
	{name: "when of a code", leave: func(d *Description) { eachCode(d, func(c *Code) { c.When = nil }) }},
	{name: "match of a code", leave: func(d *Description) { eachCode(d, func(c *Code) { c.Match = nil }) }},
	{name: "role subtype", leave: withoutRole(RoleSubtype)},
	{name: "values of a subtype", leave: func(d *Description) { eachSubtype(d, func(s *Subtype) { s.Values = nil }) }},
	{name: "prefixes", leave: func(d *Description) { eachCode(d, func(c *Code) { c.Prefixes = nil }) }},
	{name: "when of a field", leave: func(d *Description) { eachField(d, func(f *Field) { f.When = nil }) }},
	{name: "when of a subtype", leave: func(d *Description) { eachSubtype(d, func(s *Subtype) { s.When = nil }) }},
	{name: "role success", leave: withoutRole(RoleSuccess)},
	{name: "aliases", leave: func(d *Description) { eachCode(d, func(c *Code) { c.Aliases = nil }) }},
	{name: "role failure", leave: withoutRole(RoleFailure)},
	{name: "unit", leave: func(d *Description) { eachField(d, func(f *Field) { f.Unit = "" }) }},
	{name: "match of a retry_after", leave: func(d *Description) { eachField(d, func(f *Field) { f.Match = "" }) }},
	{name: "role retryable", leave: withoutRole(RoleRetryable)},
	{name: "role request_id", leave: withoutRole(RoleRequestID)},
	{name: "role param", leave: withoutRole(RoleParam)},
	{name: "cut", leave: func(d *Description) { eachField(d, func(f *Field) { f.CutAfter, f.CutBefore = "", "" }) }},
	{name: "completed", leave: func(d *Description) { eachField(d, func(f *Field) { f.Completed = nil }) }},
	{name: "failed", leave: func(d *Description) { eachField(d, func(f *Field) { f.Failed = nil }) }},
	{name: "running", free: true, leave: func(d *Description) { eachField(d, func(f *Field) { f.Running = nil }) }},
	{name: "fallback", leave: func(d *Description) { eachSubtype(d, func(s *Subtype) { s.Fallback = false }) }},
}

func eachField(d *Description, f func(*Field)) {
	for i := range d.Fields {
		f(&d.Fields[i])
	}
	for i := range d.Headers {
		f(&d.Headers[i])
	}
}

func eachCode(d *Description, f func(*Code)) {
	for i := range d.Codes {
		f(&d.Codes[i])
	}
}

func eachSubtype(d *Description, f func(*Subtype)) {
	for i := range d.Codes {
		for j := range d.Codes[i].Subtypes {
			f(&d.Codes[i].Subtypes[j])
		}
	}
}

func withoutRole(role Role) func(*Description) {
	return func(d *Description) {
		is := func(f Field) bool { return f.Role == role }
		d.Fields = slices.DeleteFunc(d.Fields, is)
		d.Headers = slices.DeleteFunc(d.Headers, is)
	}
}

// TestKeys leaves out one key at a time: without it, a response of the gallery is read otherwise.
func TestKeys(t *testing.T) {
	names, _ := filepath.Glob(gallery + "/*.yaml")
	for _, key := range keys {
		wrong := 0
		services := make(map[string]bool)
		for _, name := range names {
			d := readTable(t, name)
			key.leave(&d)
			dropConditions(&d)
			reader := compileTable(t, d)
			for _, r := range readResponses(t, name) {
				if r.read(reader) != r.Gives {
					wrong++
					services[filepath.Base(name)] = true
				}
			}
		}
		if (wrong == 0) != key.free {
			t.Errorf("without %s, %d responses are read otherwise", key.name, wrong)
		}
		t.Logf("without %s: %d responses of %d services", key.name, wrong, len(services))
	}
}

// dropConditions drops conditions on fields that are left out.
func dropConditions(d *Description) {
	var declared []string
	eachField(d, func(f *Field) { declared = append(declared, strings.ToLower(f.Path)) })
	drop := func(when []Condition) []Condition {
		return slices.DeleteFunc(when, func(c Condition) bool { return c.Name != "http" && !slices.Contains(declared, strings.ToLower(c.Name)) })
	}
	eachField(d, func(f *Field) { f.When = drop(f.When) })
	eachCode(d, func(c *Code) { c.When = drop(c.When) })
	eachSubtype(d, func(s *Subtype) { s.When = drop(s.When) })
}
