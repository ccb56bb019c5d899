package gen

import (
	"fmt"
	"strings"
	"testing"
)

// Above some dozen phrases a package gets filters in place of a list. It compiles,
// replays its vectors, and has no work to do at start.
func TestManyPhrases(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("errspec: 1\nname: many\ntitle: Many\ncodes:\n")
	for c := range 30 {
		fmt.Fprintf(&table, "  - code: code_%d\n    title: T\n    description: D\n    match: [the whole of code %c is down]\n    subtypes:\n", c, 'a'+c%26)
		for s := range 6 {
			word := strings.Repeat(string(rune('a'+s)), 2+c%5) + string(rune('a'+c%26))
			fmt.Fprintf(&table, "      - name: s%d\n        title: S\n        examples: [limit %s of 10 MB exceeded]\n        match: [\"limit %s of <num:limit> MB\"]\n", s, word, word)
		}
	}
	rendered := renderText(t, table.String())
	m := newModule(t)
	if rendered["go/match_filter.go"] == "" || rendered["go/match_list.go"] != "" {
		t.Fatalf("the files are %v", rendered.names())
	}
	m.writeGo("many", rendered)
	m.run("vet", "./...")
	m.run("test", "./...")
	checkNoInit(m, []string{modulePath + "/many"})
}
