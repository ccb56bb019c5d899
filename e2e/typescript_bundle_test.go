package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// bundled returns the output of esbuild for an entry. Identifiers are shortened in a
// minified one.
func bundled(t *testing.T, entry string, format api.Format, minify bool) string {
	t.Helper()
	dir, err := filepath.Abs("testdata/typescript")
	if err != nil {
		t.Fatal(err)
	}
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: entry, ResolveDir: dir, Loader: api.LoaderTS},
		Bundle: true, Format: format, TreeShaking: api.TreeShakingTrue, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: minify, MinifySyntax: minify, MinifyIdentifiers: minify,
		External: []string{"node:*"}, Loader: map[string]api.Loader{".json": api.LoaderText},
	})
	if len(result.Errors) > 0 {
		t.Fatalf("%v", result.Errors)
	}
	return string(result.OutputFiles[0].Contents)
}

// built returns the path of a TypeScript module without its types.
func built(t *testing.T, file string) string {
	t.Helper()
	to := strings.TrimSuffix(file, ".ts") + "_built.js"
	writeFile(t, to, bundled(t, fmt.Sprintf("export * from %q;", file), api.FormatESModule, false))
	return to
}

// Modules decide as the vectors list in Chromium.
func TestPageTypeScript(t *testing.T) {
	modules := modulesOf(t, t.TempDir(), moduleTables(t))
	var entry strings.Builder
	entry.WriteString("import { replay, report } from \"./replay.mjs\";\n")
	for i, m := range modules {
		fmt.Fprintf(&entry, "import * as m%d from %q;\nimport v%d from %q;\nreplay(m%d, v%d);\n", i, m.types, i, m.vectors, i, i)
	}
	entry.WriteString("globalThis.result = report();\n")
	page := filepath.Join(t.TempDir(), "page.html")
	script := strings.ReplaceAll(bundled(t, entry.String(), api.FormatESModule, false), "</script", `<\/script`)
	writeFile(t, page, "<!doctype html><meta charset=utf-8><title>Vectors</title><script type=module>"+script+"</script>")
	p := open(t, page)
	result := eval[string](p, "globalThis.result ?? 'the script has failed'")
	if !strings.HasSuffix(result, "; 0 differences") || strings.Contains(result, " 0 cases") {
		t.Error(result)
	}
	t.Log(result)
}
