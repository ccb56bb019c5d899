package sample

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
)

// The parts of the JavaScript program that depend on the table are declarations at its
// top. They are formatted as by Prettier, which formats code in fenced blocks of Markdown.

// lineWidth is the maximum line width of Prettier.
const lineWidth = 80

// quoteJavaScript returns a literal between double quotes, or between single quotes if s
// contains fewer of them.
func quoteJavaScript(s string) string {
	quoted := literal(s, javascriptEscape)
	if strings.Count(s, `"`) <= strings.Count(s, "'") {
		return quoted
	}
	inner := strings.NewReplacer(`\"`, `"`, `\\`, `\\`, "'", `\'`).Replace(quoted[1 : len(quoted)-1])
	return "'" + inner + "'"
}

// declareText returns:
//
//	const TASK_URL = "https://api.example.org/tasks/{id}";
func declareText(name, s string) string {
	left, right := "const "+name+" =", quoteJavaScript(s)+";"
	if len(left)+1+displaywidth.Of(right) > lineWidth {
		return left + "\n  " + right
	}
	return left + " " + right
}

// declareTexts returns:
//
//	const COMPLETED = ["completed"];
func declareTexts(name string, all []string) string {
	left := "const " + name + " = "
	items := make([]string, len(all))
	for i, s := range all {
		items[i] = quoteJavaScript(s)
	}
	return left + array(items, len(left), "", len(";")) + ";"
}

// A mapRow is an entry of a Map.
type mapRow struct{ key, value, comment string }

// declareMap returns the declaration of a Map. If there are several rows, or one with a
// comment, each row is on a separate line:
//
//	const STATUS_CODES = new Map([[429, "quota_exceeded"]]);
func declareMap(name string, rows []mapRow) string {
	left := "const " + name + " = new Map(["
	if r := rows[0]; len(rows) == 1 && r.comment == "" {
		line := left + "[" + r.key + ", " + r.value + "]]);"
		if displaywidth.Of(line) <= lineWidth {
			return line
		}
	}
	var b strings.Builder
	b.WriteString(left)
	for _, r := range rows {
		const indent = "  "
		b.WriteString("\n" + indent + array([]string{r.key, r.value}, len(indent), indent, len(",")) + ",")
		if r.comment != "" {
			b.WriteString(" // " + r.comment)
		}
	}
	b.WriteString("\n]);")
	return b.String()
}

// array returns an array for a line with an indentation and a number of columns before
// and after it.
func array(items []string, before int, indent string, after int) string {
	line := "[" + strings.Join(items, ", ") + "]"
	if before+displaywidth.Of(line)+after <= lineWidth {
		return line
	}
	inner := "\n" + indent + "  "
	return "[" + inner + strings.Join(items, ","+inner) + ",\n" + indent + "]"
}

func declareStatusCodes(f *facts) string {
	var rows []mapRow
	for _, h := range f.HTTP {
		rows = append(rows, mapRow{key: strconv.Itoa(h.Status), value: quoteJavaScript(h.Code.Wire)})
	}
	return declareMap("STATUS_CODES", rows)
}

func declareAutomatic(f *facts) string {
	var rows []mapRow
	for _, a := range f.Automatic {
		r := mapRow{key: quoteJavaScript(a.Wire), value: "[" + seconds(a.Pause.Min) + ", " + seconds(a.Pause.Max) + "]"}
		if a.Throttle {
			r.comment = "a rate limit: slow down all requests"
		}
		rows = append(rows, r)
	}
	return declareMap("AUTOMATIC", rows)
}
