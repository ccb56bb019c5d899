package config

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/errspec/errspec/spec/diag"
)

// duplicates reports outputs with the same path.
func (c *Config) duplicates() diag.List {
	targets := targets{taken: make(map[string]diag.Location)}
	for _, entry := range c.Tables {
		if g := entry.Go; g != nil {
			targets.add(g.Dir, g.ValueAt("dir"))
		}
		if p := entry.Python; p != nil {
			targets.add(p.Dir, p.ValueAt("dir"))
		}
		if m := entry.Markdown; m != nil {
			targets.add(m.File, m.ValueAt("file"))
			if m.Pages {
				targets.add(path.Join(filepath.ToSlash(m.PagesDir()), "*"+path.Ext(m.File)), m.ValueAt("pages"))
			}
		}
		for _, file := range entry.files() {
			if file != nil {
				targets.add(file.File, file.ValueAt("file"))
			}
		}
		if j := entry.JavaScript; j != nil {
			targets.add(j.Declarations(), j.ValueAt("file"))
		}
	}
	for _, entry := range c.Tables {
		for i, file := range entry.Inject {
			targets.addBlocks(file, entry.Name(), entry.ItemAt("inject", i))
		}
	}
	return targets.findings
}

// targets are the paths and blocks that outputs are written to.
type targets struct {
	taken    map[string]diag.Location // by path, or path and entry
	findings diag.List
}

// add adds a whole file or directory.
func (t *targets) add(target string, at diag.Location) {
	if target != "" { // Read has reported it
		t.reserve(pathKey(target), target, at)
	}
}

// addBlocks adds the blocks of an entry in a file. Several entries may write blocks
// of the same file.
func (t *targets) addBlocks(file, entry string, at diag.Location) {
	if file == "" {
		return
	}
	if before, taken := t.taken[pathKey(file)]; taken {
		t.report(fmt.Sprintf("%s is both an output and listed under inject:", file), file, at, before)
		return
	}
	t.reserve(pathKey(file)+"\n"+entry, fmt.Sprintf("the blocks of %s in %s", entry, file), at)
}

func (t *targets) reserve(key, target string, at diag.Location) {
	if before, taken := t.taken[key]; taken {
		t.report("two outputs use "+target, target, at, before)
		return
	}
	t.taken[key] = at
}

func (t *targets) report(message, target string, at, before diag.Location) {
	t.findings = append(t.findings, diag.Diagnostic{
		Rule: ruleDuplicate, Message: message, Location: at, Subject: target,
		Related: []diag.Related{{Location: before, Message: "first entry"}},
		Help:    "give each output a different path",
	})
}
