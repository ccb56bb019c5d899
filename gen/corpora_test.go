package gen

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/export"
)

// A corpus is the error table of a real service, in a neutral form.
type corpus struct {
	Name  string
	Codes []corpusCode
}

type corpusCode struct {
	Code        string
	Number      *int64
	Description string
	Class       string
	Retryable   *bool
	HTTP        int
	Messages    []string
}

// readCorpus skips the test if there are no corpora. They are not in the
// repository.
func readCorpus(t *testing.T, name string) (c corpus, raw string) {
	t.Helper()
	file := filepath.Join("..", "..", "shared", "corpora", name+".json")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("no table of %s: %v", name, err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c, string(data)
}

// table returns the corpus as a table. Codes are its numbers if it has any, and
// messages are phrases of the codes.
func (c corpus) table() string {
	var b strings.Builder
	wire := "string"
	if c.Codes[0].Number != nil {
		wire = "integer"
	}
	fmt.Fprintf(&b, "errspec: 1\nname: %s\ntitle: %s errors\nwire: %s\ncodes:\n", strings.ReplaceAll(c.Name, "-", ""), c.Name, wire)
	for _, code := range c.Codes {
		text := code.title()
		if code.Number != nil {
			fmt.Fprintf(&b, "  - code: %d\n    name: %s\n", *code.Number, strings.ToLower(code.Code))
		} else {
			fmt.Fprintf(&b, "  - code: %s\n", code.Code)
		}
		fmt.Fprintf(&b, "    title: %s\n    description: %q\n", code.Code, text)
		if code.Retryable != nil && *code.Retryable {
			b.WriteString("    retry: {action: retry}\n")
		}
		if code.HTTP != 0 {
			fmt.Fprintf(&b, "    http: %d\n", code.HTTP)
		}
		if len(code.Messages) > 0 {
			fmt.Fprintf(&b, "    examples: [%q]\n    match: [%q]\n", code.Messages[0], code.Messages[0])
		}
	}
	return b.String()
}

// title returns one line of text about the code.
func (c corpusCode) title() string {
	switch {
	case c.Description != "":
		return strings.Join(strings.Fields(c.Description), " ")
	case len(c.Messages) > 0:
		return c.Messages[0]
	}
	return c.Code
}

// The numbers, names, retry settings and messages of Kafka's 135 codes must be
// unchanged in the table, the generated package and the export.
func TestKafka(t *testing.T) {
	t.Parallel()
	kafka, raw := readCorpus(t, "kafka")
	if len(kafka.Codes) != 135 {
		t.Fatalf("%d codes", len(kafka.Codes))
	}
	text := kafka.table()
	rendered := renderText(t, text)

	table, findings := spec.Parse("kafka.yaml", text, nil)
	if len(findings) > 0 {
		t.Fatal(printed(findings))
	}
	var exported struct {
		Codes []struct {
			Code     int64
			Name     string
			Retry    struct{ Action string }
			Examples []string
		}
	}
	if err := json.Unmarshal(export.JSON(table, export.Options{}), &exported); err != nil {
		t.Fatal(err)
	}
	for i, want := range kafka.Codes {
		got := exported.Codes[i]
		retriable := want.Retryable != nil && *want.Retryable
		if got.Code != *want.Number || got.Name != strings.ToLower(want.Code) || (got.Retry.Action == "retry") != retriable ||
			strings.Join(got.Examples, "|") != strings.Join(want.Messages, "|") {
			t.Errorf("%+v was exported as %+v", want, got)
		}
	}

	m := newModule(t)
	m.write(files{"corpus.json": raw, "kafka/corpus_test.go": kafkaTest})
	m.writeGo("kafka", rendered)
	m.run("vet", "./...")
	m.run("test", "./...")
	checkNoInit(m, []string{modulePath + "/kafka"})
}

const kafkaTest = `package kafka

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestCorpus(t *testing.T) {
	data, err := os.ReadFile("../corpus.json")
	if err != nil {
		t.Fatal(err)
	}
	var corpus struct {
		Codes []struct {
			Code      string
			Number    int64
			Retryable bool
			Messages  []string
		}
	}
	if err := json.Unmarshal(data, &corpus); err != nil {
		t.Fatal(err)
	}
	if len(corpus.Codes) != 135 || len(Codes()) != 135 {
		t.Fatalf("%d codes of %d", len(Codes()), len(corpus.Codes))
	}
	for i, want := range corpus.Codes {
		c, name := Code(want.Number), strings.ToLower(want.Code)
		if Codes()[i] != c || c.String() != name || !c.Known() || (c.Decision().Action == ActionRetry) != want.Retryable {
			t.Errorf("%s is %v, %+v", want.Code, c, c.Decision())
		}
		for _, s := range []string{name, strconv.FormatInt(want.Number, 10)} {
			if got, ok := ParseCode(s); got != c || !ok {
				t.Errorf("ParseCode(%q) = %v, %v", s, got, ok)
			}
			for _, text := range []string{strconv.Quote(s), strconv.FormatInt(want.Number, 10)} {
				var got Code
				if err := json.Unmarshal([]byte(text), &got); err != nil || got != c {
					t.Errorf("%s in JSON is %v, %v", text, got, err)
				}
			}
		}
		for _, message := range want.Messages {
			if got, _, ok := Match("broker 7: " + strings.ToUpper(message) + " (retrying)"); got != c || !ok {
				t.Errorf("Match(%q) = %v, %v", message, got, ok)
			}
		}
	}
	for _, n := range []Code{-2, 1000, -1 << 63, 1<<63 - 1} {
		if n.Known() || n.Decision().Automatic {
			t.Errorf("%d is %+v", n, n.Decision())
		}
	}
}
`

// The codes of the container registry are texts. Two of them have the same message,
// which selects the first one.
func TestDockerRegistry(t *testing.T) {
	t.Parallel()
	registry, _ := readCorpus(t, "docker-registry")
	text := registry.table()
	rendered := renderText(t, text)
	m := newModule(t)
	m.writeGo("dockerregistry", rendered)
	m.run("vet", "./...")
	m.run("test", "./...")

	table, _ := spec.Parse("table.yaml", text, nil)
	classifier, err := classify.New(table)
	if err != nil {
		t.Fatal(err)
	}
	first := make(map[string]string)
	for _, want := range registry.Codes {
		message := want.Messages[0]
		if first[message] == "" {
			first[message] = want.Code
		}
		if got, _, ok := classifier.Match(message); !ok || got.Wire != first[message] {
			t.Errorf("Match(%q) is %+v, not %s", message, got, first[message])
		}
	}
}
