// Package runtime is the part of a generated package that does not depend on its
// table. It is compiled and tested here, on a small table that stands in for a
// real one, and copied into every generated package. Files that are not copied
// say so; this is one of them.
package runtime

import (
	"encoding/json"
	"slices"
)

// The stand-in has the shape of what errspec emits for a table; see the emitters
// for what each name means.

type Code string

const (
	codeBusy   Code = "busy"
	codeBroken Code = "broken"
)

func Codes() []Code { return []Code{codeBusy, codeBroken} }

func ParseCode(s string) (Code, bool) {
	c := Code(s)
	return c, c.Known()
}

func (c Code) String() string { return string(c) }
func (c Code) Error() string  { return c.String() }
func (c Code) Known() bool    { return c == codeBusy || c == codeBroken }

func (c *Code) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && (data[0] == '"' || string(data) == "null") {
		*c = ""
		return json.Unmarshal(data, (*string)(c))
	}
	var n json.Number
	err := json.Unmarshal(data, &n)
	*c = Code(n)
	return err
}

func (c Code) Info() Info {
	switch c {
	case codeBusy:
		return Info{Code: c, Class: classServer, Title: "Busy", Fixes: []string{"Wait."}}
	case codeBroken:
		return Info{Code: c, Class: classServer, Title: "Broken", Subtypes: slices.Clone(brokenSubtypes)}
	}
	return Info{Code: c}
}

var brokenSubtypes = []Subtype{subtypeBrokenDisk}

type Info struct {
	Code                           Code
	Class                          Class
	Title                          string
	Causes, Avoid, Fixes, Examples []string
	Subtypes                       []Subtype
}

type Subtype string

const subtypeBrokenDisk Subtype = "broken/disk"

func (s Subtype) String() string { return string(s) }
func (s Subtype) Error() string  { return string(s) }

func (s Subtype) Code() Code {
	if s == subtypeBrokenDisk {
		return codeBroken
	}
	return ""
}

func (s Subtype) Info() SubtypeInfo {
	if s == subtypeBrokenDisk {
		return SubtypeInfo{Subtype: s, Code: codeBroken, Title: "Disk"}
	}
	return SubtypeInfo{Subtype: s}
}

type SubtypeInfo struct {
	Subtype  Subtype
	Code     Code
	Title    string
	Examples []string
}

type Class string

const classServer Class = "server"

func (c Class) String() string { return string(c) }

func (c Class) Fault() Fault {
	if c == classServer {
		return FaultServer
	}
	return FaultUnknown
}

type Fault uint8

const (
	FaultUnknown Fault = iota
	FaultClient
	FaultServer
)

func (f Fault) String() string {
	if int(f) > 2 {
		return "Fault(200)"
	}
	return [...]string{"unknown", "client", "server"}[f]
}

type Action uint8

const (
	ActionUnknown Action = iota
	ActionFix
)

func (a Action) String() string {
	if int(a) > 1 {
		return "Action(200)"
	}
	return [...]string{"unknown", "fix"}[a]
}
