package diag

import (
	"regexp"
	"strings"
	"testing"
)

var command = regexp.MustCompile(`^::([a-z]+) (.*?)::(.*)\n$`)

// parseCommand reads a workflow command back as the runner does.
func parseCommand(t *testing.T, line string) (name string, properties map[string]string, message string) {
	t.Helper()
	m := command.FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("not a command: %q", line)
	}
	properties = make(map[string]string)
	for pair := range strings.SplitSeq(m[2], ",") {
		key, value, _ := strings.Cut(pair, "=")
		properties[key] = strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",").Replace(value)
	}
	return m[1], properties, strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n").Replace(m[3])
}

func TestGitHubEscapes(t *testing.T) {
	for _, nasty := range []string{"%", "%25", "%0A", "\r", "\n", "\r\n", ":", "::", ",", "a=b,c=d::e", "::error::x", "%3A%2C", "100%\r\n::stop-commands::x\n"} {
		f := &File{Name: "a" + nasty + "b", Text: "abc"}
		d := Diagnostic{Rule: "r" + nasty + "s", Message: "m" + nasty + "n", Help: "h" + nasty + "i", Severity: Warning, Location: at(f, 1, 2, 3),
			Related: []Related{{Location: at(f, 1, 1, 2), Message: "o" + nasty + "p"}}}
		got := printed(t, FormatGitHub, List{d})
		name, properties, message := parseCommand(t, got)
		want := map[string]string{"file": f.Name, "line": "1", "endLine": "1", "col": "2", "endColumn": "3", "title": d.Rule}
		for key, value := range want {
			if properties[key] != value {
				t.Errorf("%q: %s is %q, want %q", nasty, key, properties[key], value)
			}
		}
		if name != "warning" || len(properties) != len(want) {
			t.Errorf("%q: %s", nasty, got)
		}
		if want := "m" + nasty + "n\n" + f.Name + ":1:1: o" + nasty + "p\nh" + nasty + "i"; message != want {
			t.Errorf("%q: the message is %q, want %q", nasty, message, want)
		}
	}
}

func TestGitHubErrorsFirst(t *testing.T) {
	const want = `::error file=a.yaml,line=4,endLine=4,col=12,endColumn=16,title=duplicate-code::duplicate code "busy"%0Aa.yaml:3:12: first used here%0Aremove one
::warning file=a.yaml,title=whole-file::about the file
::notice title=no-location::something
`
	if got := printed(t, FormatGitHub, example()); got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
	f := &File{Name: "a", Text: "x\ny\n"}
	over := printed(t, FormatGitHub, List{{Rule: "r", Message: "m", Location: Location{File: f, Start: Pos{1, 1}, End: Pos{2, 1}}}})
	if over != "::error file=a,line=1,endLine=2,title=r::m\n" {
		t.Errorf("several lines: %s", over)
	}
}
