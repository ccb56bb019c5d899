package e2e

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

var update = flag.Bool("update", false, "rewrite what pages hold of style sheet and script, and the files that scripts compare with")

// The folder of the emitter of pages: static has what is written by hand,
// minified what pages hold of it.
const emitter = "../gen/internal/html/"

// browsers are those since May 2024, when Safari was the last to learn light-dark(),
// without which the page has no colours. For browsers that learnt a property by its
// present name only later, esbuild writes the old one too.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "123"},
	{Name: api.EngineEdge, Version: "123"},
	{Name: api.EngineFirefox, Version: "121"},
	{Name: api.EngineSafari, Version: "17.5"},
}

// What pages hold of style sheet and script is what esbuild makes of the sources.
func TestPageAssets(t *testing.T) {
	// What would end the element that it lies in, or begin what only another mark
	// ends; and what reads otherwise in another encoding, or cannot be seen at all.
	forbidden := regexp.MustCompile(`(?i)</(?:script|style)|<script|<!--|[^\t\n -~]`)
	for _, name := range []string{"page.js", "page.css"} {
		got := minified(t, name)
		if found := forbidden.Find(got); found != nil {
			t.Errorf("%s holds %q", name, found)
		}
		file := filepath.Join(emitter, "minified", name)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not made of its sources in static; run in e2e: GOWORK=off go test -run TestPageAssets -update . && go generate ../...", file)
		}
	}
}

// minified returns a file of static and all that it imports, as one. A script is
// one function that is called, so that nothing of it becomes global; it stays
// strict, as modules are. Characters beyond ASCII are escaped, since the sources
// name some that nobody can see. Lines end after some 500 bytes, so that
// differences are of lines.
func minified(t *testing.T, name string) []byte {
	t.Helper()
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(emitter, "static", name)},
		Bundle:            true,
		Format:            api.FormatIIFE,
		Engines:           browsers,
		Charset:           api.CharsetASCII,
		LegalComments:     api.LegalCommentsNone,
		TsconfigRaw:       `{"compilerOptions": {"alwaysStrict": true}}`,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		LineLimit:         500,
	})
	for _, m := range api.FormatMessages(append(result.Errors, result.Warnings...), api.FormatMessagesOptions{}) {
		t.Error(m)
	}
	if t.Failed() {
		t.FailNow()
	}
	return result.OutputFiles[0].Contents
}
