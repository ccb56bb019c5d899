package classify_test

import (
	"slices"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
)

// A response that the service sends has the fields of its form, and clients read it as its entry.
func TestSent(t *testing.T) {
	const own = "response:\n  send: own\n  headers:\n    X-Kind: {role: subtype}\n  fields:\n    ok: {role: success}\n" +
		"    old: {role: code, when: {ok: gone}}\n    errors[].code: {role: code, cut: {after: \"E-\"}}\n    errors[].text: {role: message}\n"
	const problem = "response:\n  send: problem\n  fields:\n    type: {role: code}\n    code: {role: code}\n    detail: {role: message}\n"
	const codes = `codes:
  - code: busy
    title: Busy
    description: The shop is busy.
    http: 503
    message: 'a "quoted" \ <b>message</b> of {"code": 7}'
    subtypes:
      - {name: queue, title: Queue, message: "{n} people", match: ["<num:n> people"]}
      - {name: hidden, title: Hidden, match: [only clients know it]}
  - {code: "42", title: Number, description: A code of digits., http: 500}
  - {code: "https://shop.example/full", title: Full, description: The shop is full., http: 409}
  - {code: later, title: Later, description: Without a status.}
  - {code: secret, title: Secret, description: Internal., http: 500, internal: true}
`
	for _, test := range []struct {
		name, form string
		want       []string
	}{
		{"own", own, []string{
			`sent busy {"ok":false,"errors":[{"code":"E-busy","text":"a \"quoted\" \\ <b>message</b> of {\"code\": 7}"}]}`,
			`sent busy/queue {"ok":false,"errors":[{"code":"E-busy","text":"7 people"}]}`,
			`sent busy/hidden {"ok":false,"errors":[{"code":"E-busy"}]}`,
			`sent 42 {"ok":false,"errors":[{"code":"E-42"}]}`,
			`sent https://shop.example/full {"ok":false,"errors":[{"code":"E-https://shop.example/full"}]}`,
			`sent later {"ok":false,"errors":[{"code":"E-later"}]}`,
		}},
		{"problem", problem, []string{
			`sent busy {"title":"Busy","status":503,"detail":"a \"quoted\" \\ <b>message</b> of {\"code\": 7}","code":"busy"}`,
			`sent busy/queue {"title":"Busy","status":503,"detail":"7 people","code":"busy"}`,
			`sent 42 {"title":"Number","status":500,"code":"42"}`,
			`sent https://shop.example/full {"type":"https://shop.example/full","title":"Full","status":409}`,
			`sent later {"title":"Later","status":500,"code":"later"}`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := accept(t, head+test.form+codes)
			reader, err := classify.NewReader(table)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, sent := range classify.Sent(table) {
				got = append(got, sent.Name+" "+sent.Body)
				read := classify.ReadExample(reader, &sent.Example)
				if read.Code != sent.Code.Wire || read.Message != sent.Message || (read.Subtype >= 0) != (sent.Subtype != nil) {
					t.Errorf("%s is read as %+v", sent.Name, read)
				}
				if !slices.ContainsFunc(classify.ResponseCases(table), func(e spec.Example) bool { return e.Name == sent.Name && e.Body == sent.Body }) {
					t.Errorf("no vector for %s", sent.Name)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}
}

// A table without a form has no responses that the service sends.
func TestSentWithoutForm(t *testing.T) {
	table := accept(t, head+"response:\n  fields:\n    code: {role: code}\ncodes:\n  - {code: busy, title: Busy, description: The shop is busy., http: 503}\n")
	if got := classify.Sent(table); len(got) > 0 {
		t.Errorf("got %+v", got)
	}
}
