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
			`sent busy {"errors":[{"code":"E-busy","text":"a \"quoted\" \\ <b>message</b> of {\"code\": 7}"}],"ok":false}`,
			`sent busy/queue {"errors":[{"code":"E-busy","text":"7 people"}],"ok":false}`,
			`sent busy/hidden {"errors":[{"code":"E-busy"}],"ok":false}`,
			`sent 42 {"errors":[{"code":"E-42"}],"ok":false}`,
			`sent https://shop.example/full {"errors":[{"code":"E-https://shop.example/full"}],"ok":false}`,
		}},
		{"problem", problem, []string{
			`sent busy {"code":"busy","detail":"a \"quoted\" \\ <b>message</b> of {\"code\": 7}","status":503,"title":"Busy"}`,
			`sent busy/queue {"code":"busy","detail":"7 people","status":503,"title":"Busy"}`,
			`sent 42 {"code":"42","status":500,"title":"Number"}`,
			`sent https://shop.example/full {"status":409,"title":"Full","type":"https://shop.example/full"}`,
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
