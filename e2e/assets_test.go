package e2e

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

var update = flag.Bool("update", false, "rewrite the style sheet and script of pages, and the files that scripts compare")

// The directory of the HTML emitter: static contains the sources, minified the text
// that pages contain.
const emitter = "../gen/internal/html/"

// browsers are the minimum versions, of May 2024, when Safari was the last to support
// light-dark(), which the colors of the page require. For browsers that support the
// current name of a property only since a later version, esbuild also writes the former
// name.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "123"},
	{Name: api.EngineEdge, Version: "123"},
	{Name: api.EngineFirefox, Version: "121"},
	{Name: api.EngineSafari, Version: "17.5"},
}

// Properties that only the script uses, which are shortened: neither names of the language or of browsers nor keys of
// the page's data.
var scriptProperties = "^(?:" + strings.Join(strings.Fields(`action article automatic buckets cited classify doubtful dropFields element
	embedded errorText facts fallbacks fieldOf groupOf heading integers isPossible isRepeatable isStatus isTask isUniform listed
	logValue lookup manual maxMs members mention minMs mixed nested noError numeric outcome output pollStopped reading reached
	refused retryAfterMs rules sections source standIn strictest succeeded throttle together token trust unsure
	verdict wire wires withheld`), "|") + ")$"

// The style sheet and the script of pages are the output of esbuild for the sources.
func TestPageAssets(t *testing.T) {
	// Text that would end its element or open a different one, and characters that
	// depend on the encoding or are invisible.
	forbidden := regexp.MustCompile(`(?i)</(?:script|style)|<script|<!--|[^\t\n -~]`)
	for _, name := range []string{"page.js", "page.css"} {
		got := minified(t, name)
		if found := forbidden.Find(got); found != nil {
			t.Errorf("%s contains %q", name, found)
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
			t.Errorf("%s is stale; run in e2e: GOWORK=off go test -run TestPageAssets -update . && go generate ../...", file)
		}
	}
}

// No key of a page's data is a property that is shortened, because the script could not read it.
func TestPageDataKeys(t *testing.T) {
	shortened := regexp.MustCompile(scriptProperties)
	block := regexp.MustCompile(`(?s)<script type="application/json" id="uiData">(.*?)</script>`)
	for _, file := range []string{"../generated/docs/evolink.html", emitter + "testdata/full.html"} {
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := block.FindSubmatch(page)
		if found == nil {
			t.Fatalf("%s contains no data", file)
		}
		for _, key := range regexp.MustCompile(`"(\w+)":`).FindAllSubmatch(found[1], -1) {
			if shortened.Match(key[1]) {
				t.Errorf("%s: %s is a key of the data", file, key[1])
			}
		}
	}
}

// minified returns a file of static with its imports as one file. A script is a
// function that is called immediately, so that no name becomes global, and strict, like
// modules. Characters outside ASCII are escaped, because the sources contain invisible
// ones. Lines end after about 500 bytes, so that differences are small.
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
		MangleProps:       scriptProperties,
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
