package gen

import (
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec/compat"
)

const clientsTable = `errspec: 1
name: shop
title: Shop
description: Shop
response:
  fields:
    id: {role: id}
    state: {role: status, completed: [done], failed: [failed]}
    error.code: {role: code}
    error.URL: {type: string}
    error.item: {type: string}
polling: {url: "https://api.example.org/{id}", interval: 1s}
codes:
  - code: too_busy
    title: Busy
    description: Busy
    renamed_from: [hasty]
    subtypes:
      - {name: night, title: Night, match: [at night]}
  - {code: closed, title: Closed, description: Closed}
`

// Removed names are reported in all languages, once for one cause.
func TestCompareClientNames(t *testing.T) {
	all := []config.Entry{{TypeScript: &config.File{}}, {Python: &config.Python{}}}
	for _, test := range []struct {
		name, from, to string
		entries        []config.Entry
		want           string // changes of names
	}{
		{"without clients", "code: closed,", "code: closed, name: shut,", nil, "the Go name CodeClosed was removed"},
		{
			"another name", "code: closed,", "code: closed, name: shut,", all,
			"the Go name CodeClosed was removed, and with it Code.Closed in TypeScript and Code.CLOSED in Python",
		},
		{
			"JavaScript", "code: closed,", "code: closed, name: shut,", []config.Entry{{JavaScript: &config.File{}}},
			"the Go name CodeClosed was removed, and with it Code.Closed in JavaScript",
		},
		{
			"former name", "    renamed_from: [hasty]\n", "    aliases: [hasty]\n", all,
			"the Go name CodeHasty was removed, and with it Code.Hasty in TypeScript and Code.HASTY in Python|" +
				"the Go name SubtypeHastyNight was removed, and with it Subtype.HastyNight in TypeScript and Subtype.HASTY_NIGHT in Python",
		},
		{
			"field", "    error.item: {type: string}\n", "", all,
			"the Go name Error.ErrorItem was removed, and with it ShopError.errorItem in TypeScript and ShopError.error_item in Python",
		},
		{"only TypeScript", "error.URL", "error.url", all, "the TypeScript name ShopError.errorURL was removed"},
		{"only TypeScript, without a module", "error.URL", "error.url", all[1:], ""},
		{"code", "  - {code: closed, title: Closed, description: Closed}\n", "", all, ""},
		{"subtype", "    subtypes:\n      - {name: night, title: Night, match: [at night]}\n", "", all, ""},
		{"table", "name: shop", "name: store", all, ""},
		{"code renamed", "code: closed,", "code: shut, renamed_from: [closed],", all, ""},
	} {
		old, new := parsed(t, "old.yaml", clientsTable), parsed(t, "new.yaml", strings.Replace(clientsTable, test.from, test.to, 1))
		changes, findings, err := Compare(test.entries, old, new)
		if err != nil || len(findings) > 0 {
			t.Fatal(err, printed(findings))
		}
		var got []string
		for _, c := range changes {
			if c.Kind != compat.NameRemoved {
				continue
			}
			got = append(got, c.Text())
			if f := c.Finding(); f.Location.File == nil || f.Location.File.Name != "new.yaml" || len(f.Related) != 1 || f.Help == "" {
				t.Errorf("%s: finding %+v", test.name, f)
			}
		}
		slices.Sort(got)
		if text := strings.Join(got, "|"); text != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, text, test.want)
		}
	}
}
