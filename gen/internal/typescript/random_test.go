package typescript

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/response"
)

var random = flag.Int("random", 200, "the number of random messages and of random responses for each table")

// The run time returns the same results as the Go packages for random and mutated
// messages and responses. The flag -random sets their number.
func TestRandom(t *testing.T) {
	program := node(t)
	all := subjects(t)
	for i, s := range all {
		rnd := rand.New(rand.NewPCG(1, uint64(i)))
		m := mutator{rnd, words(s)}
		wires := []string{"other", "", "7"}
		for _, w := range s.Wires {
			wires = append(wires, w[0].(string))
		}
		for range *random {
			s.message(wires[rnd.IntN(len(wires))], m.message())
		}
		bodies := append(s.bodies, s.gallery(t)...)
		if s.reader == nil || len(bodies) == 0 {
			continue
		}
		for range *random {
			e := bodies[rnd.IntN(len(bodies))]
			headers := headersOf(&e)
			if rnd.IntN(4) == 0 {
				headers["Retry-After"] = []string{m.message()}
			}
			status := e.HTTP
			if rnd.IntN(3) == 0 {
				status = []int{200, 204, 400, 402, 404, 408, 429, 500, 503, 0}[rnd.IntN(10)]
			}
			s.response([]response.Call{response.TaskCall, response.PlainCall}[rnd.IntN(2)], status, headers, m.body(e.Body))
		}
	}
	replay(t, program, all)
}

// words returns texts that messages of a table consist of.
func words(s *subject) []string {
	all := append([]string{"10", "10.5", "10.", "1.2.3", " ", "the", "Error:", "\t", "7"}, strange...)
	for _, p := range s.Table.Phrases {
		text := strings.NewReplacer(match.Num, "42", match.Any, " and ").Replace(p.Text)
		all = append(all, text, strings.ToUpper(text), text[:len(text)/2])
	}
	return all
}

type mutator struct {
	*rand.Rand
	words []string
}

func (m mutator) message() string {
	var b strings.Builder
	for range 1 + m.IntN(4) {
		b.WriteString(m.words[m.IntN(len(m.words))])
		b.WriteString([]string{"", " ", ".", "\u00a0"}[m.IntN(4)])
	}
	return strings.ToValidUTF8(m.edit(b.String()), "")
}

// edit changes some characters.
func (m mutator) edit(text string) string {
	all := []rune(text)
	for range m.IntN(3) {
		if len(all) == 0 {
			break
		}
		i := m.IntN(len(all))
		switch m.IntN(3) {
		case 0:
			all = slices.Delete(all, i, i+1)
		case 1:
			all = slices.Insert(all, i, []rune(m.words[m.IntN(len(m.words))])...)
		case 2:
			all[i] = rune(32 + m.IntN(95))
		}
	}
	return string(all)
}

var value = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?[0-9.]+|true|false|null|\{\}|\[\]`)

// body replaces values by others, and sometimes cuts or changes the text.
func (m mutator) body(body string) string {
	others := []string{"7", "true", "false", "null", `""`, `"text"`, "{}", "[]", `{"x":1}`, `[{"x":1}]`, "1e2", "-0", "12345678901234567890", `"\ud800x"`, `"\u0131 \/"`, `{"message":"m"}`, `[1,[2,{}]]`}
	body = value.ReplaceAllStringFunc(body, func(old string) string {
		switch m.IntN(12) {
		case 0:
			return others[m.IntN(len(others))]
		case 1:
			quoted, _ := json.Marshal(m.message())
			return string(quoted)
		}
		return old
	})
	switch m.IntN(8) {
	case 0:
		body = m.edit(body)
	case 1:
		body = body[:m.IntN(len(body)+1)]
	case 2:
		body = "[" + body + "," + body + "]"
	case 3:
		body = strings.ReplaceAll(body, ",", " ,\n")
	}
	return strings.ToValidUTF8(body, "")
}
