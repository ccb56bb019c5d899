package unsuretext

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// An object keeps the order of its members.
type object []member

type member struct {
	key   string
	value any // text, a number, nil, an object, or a list of these
}

// print writes a value in some notation.
func print(v any, member func(key, value string) string, text func(string) string, null, gap string) string {
	switch v := v.(type) {
	case nil:
		return null
	case string:
		return text(v)
	case int:
		return strconv.Itoa(v)
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, print(e, member, text, null, gap))
		}
		return "[" + strings.Join(all, ","+gap) + "]"
	case object:
		var all []string
		for _, m := range v {
			all = append(all, member(m.key, print(m.value, member, text, null, gap)))
		}
		return "{" + strings.Join(all, ","+gap) + "}"
	}
	panic(fmt.Sprintf("unsupported type %T", v))
}

// text returns an object as JSON.
func text(o object) string {
	return print(o, func(key, value string) string { return jsonText(key) + ":" + value }, jsonText, "null", "")
}

func jsonText(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string cannot fail
	}
	return string(b)
}

// python returns an object like Python's repr.
func python(o object) string {
	return print(o, func(key, value string) string { return pythonText(key) + ": " + value }, pythonText, "None", " ")
}

// pythonText uses single quotes if possible, like repr.
func pythonText(s string) string {
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return `"` + strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(s) + `"`
	}
	return "'" + strings.NewReplacer(`\`, `\\`, "\n", `\n`, "'", `\'`).Replace(s) + "'"
}

// javaScript returns an object like util.inspect, with a gap between members.
func javaScript(o object, gap string) string {
	quote := func(s string) string {
		if strings.Contains(s, "'") && strings.Contains(s, `"`) && !strings.Contains(s, "`") {
			return "`" + strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(s) + "`"
		}
		return pythonText(s)
	}
	return print(o, func(key, value string) string { return gap + key + ": " + value }, quote, "undefined", gap)
}

// ruby returns an object like Ruby's inspect.
func ruby(o object) string {
	return print(o, func(key, value string) string { return jsonText(key) + "=>" + value }, jsonText, "nil", " ")
}
