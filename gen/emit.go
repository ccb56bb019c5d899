package gen

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/golang"
	"github.com/errspec/errspec/gen/internal/html"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/gen/internal/python"
	"github.com/errspec/errspec/gen/internal/typescript"
	"github.com/errspec/errspec/internal/output"
)

// emitters generate each kind of output of an entry.
var emitters = []func(config.Entry, *plan.Plan) (output.Set, error){emitGo, emitPython, emitModules, emitMarkdown, emitHTML}

// emit runs the emitters concurrently.
func emit(c config.Entry, p *plan.Plan) (output.Set, error) {
	sets, errs := make([]output.Set, len(emitters)), make([]error, len(emitters))
	var running sync.WaitGroup
	for i, emitter := range emitters {
		running.Go(func() { sets[i], errs[i] = emitter(c, p) })
	}
	running.Wait()
	for _, err := range errs {
		if err != nil {
			return output.Set{}, fmt.Errorf("%s: %w", c.Table, err)
		}
	}
	sets = append(sets, emitVectors(c, p, sets[0]))
	// The pages of other entries are not orphans, even if their tables have the same name.
	return merge(append(sets, output.Set{Keep: c.Listed()})...), nil
}

func merge(sets ...output.Set) output.Set {
	var all output.Set
	for _, s := range sets {
		all.Files = append(all.Files, s.Files...)
		all.Owned = append(all.Owned, s.Owned...)
		all.Edits = append(all.Edits, s.Edits...)
		all.Keep = append(all.Keep, s.Keep...)
	}
	return all
}

func emitGo(c config.Entry, p *plan.Plan) (output.Set, error) {
	var set output.Set
	if c.Go == nil {
		return set, nil
	}
	files, err := golang.Emit(p, output.Mark(output.Go, p.Source))
	if err != nil {
		return set, err
	}
	for _, f := range files {
		kind := output.Go
		if path.Ext(f.Name) == ".json" {
			kind = output.JSON
		}
		set.Files = append(set.Files, output.File{
			Path: filepath.Join(c.Go.Dir, filepath.FromSlash(f.Name)), Kind: kind, Source: p.Source, Data: f.Data,
		})
	}
	set.Owned = owned(p.Source, []string{c.Go.Dir, filepath.Join(c.Go.Dir, "testdata")}, output.Go, output.JSON)
	return set, nil
}

func emitPython(c config.Entry, p *plan.Plan) (output.Set, error) {
	var set output.Set
	if c.Python == nil {
		return set, nil
	}
	files, err := python.Emit(p, output.Mark(output.Python, p.Source))
	if err != nil {
		return set, err
	}
	for _, f := range files {
		set.Files = append(set.Files, output.File{
			Path: filepath.Join(c.Python.Dir, f.Name), Kind: output.Python, Source: p.Source, Data: f.Data,
		})
	}
	set.Owned = owned(p.Source, []string{c.Python.Dir}, output.Python)
	return set, nil
}

func emitMarkdown(c config.Entry, p *plan.Plan) (output.Set, error) {
	var set output.Set
	if c.Markdown == nil {
		return set, nil
	}
	files, err := markdown.Emit(p, markdownOptions(c.Markdown))
	if err != nil {
		return set, err
	}
	dir := filepath.Dir(c.Markdown.File)
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if len(set.Files) == 0 {
			name = c.Markdown.File // unchanged, since a slash at the end makes it a directory
		}
		set.Files = append(set.Files, output.File{Path: name, Kind: output.Markdown, Source: p.Source, Data: f.Data})
	}
	if slices.Contains(c.Listed(), c.Markdown.File) {
		set.Owned = owned(p.Source, []string{dir, c.Markdown.PagesDir()}, output.Markdown)
	}
	return set, nil
}

func markdownOptions(m *config.Markdown) markdown.Options {
	o := markdown.Options{File: filepath.Base(m.File), FrontMatter: m.FrontMatter}
	if m.Pages {
		o.Folder = m.Folder()
	}
	return o
}

func emitHTML(c config.Entry, p *plan.Plan) (output.Set, error) {
	if c.HTML == nil {
		return output.Set{}, nil
	}
	page, err := html.Emit(p)
	return single(c, c.HTML.File, output.HTML, p.Source, page), err
}

// emitVectors returns the vectors as a separate file. The Go package contains the same
// file.
func emitVectors(c config.Entry, p *plan.Plan, goSet output.Set) output.Set {
	if c.Vectors == nil {
		return output.Set{}
	}
	for _, f := range goSet.Files {
		if f.Kind == output.JSON {
			return single(c, c.Vectors.File, output.JSON, p.Source, f.Data)
		}
	}
	marked := *p.Vectors
	marked.Generator = output.Mark(output.JSON, p.Source)
	return single(c, c.Vectors.File, output.JSON, p.Source, marked.Encode())
}

// emitModules emits the TypeScript module, and the JavaScript module with its
// declarations.
func emitModules(c config.Entry, p *plan.Plan) (output.Set, error) {
	var sets []output.Set
	if c.TypeScript != nil {
		source, err := typescript.Emit(p, output.Mark(output.TypeScript, p.Source))
		if err != nil {
			return output.Set{}, err
		}
		sets = append(sets, single(c, c.TypeScript.File, output.TypeScript, p.Source, source))
	}
	if c.JavaScript != nil {
		source, declarations, err := typescript.EmitJavaScript(p, output.Mark(output.JavaScript, p.Source))
		if err != nil {
			return output.Set{}, err
		}
		sets = append(sets, single(c, c.JavaScript.File, output.JavaScript, p.Source, source),
			single(c, c.JavaScript.Declarations(), output.TypeScript, p.Source, declarations))
	}
	return merge(sets...), nil
}

// single returns the set of an output that is one file. Other files of its kind in its
// directory are orphans only if the configuration lists the file.
func single(c config.Entry, file string, kind output.Kind, source string, data []byte) output.Set {
	set := output.Set{Files: []output.File{{Path: file, Kind: kind, Source: source, Data: data}}}
	if slices.Contains(c.Listed(), file) {
		set.Owned = owned(source, []string{filepath.Dir(file)}, kind)
	}
	return set
}

// owned returns the directories in which to find orphans of a table.
func owned(source string, dirs []string, kinds ...output.Kind) []output.Owned {
	var all []output.Owned
	for _, dir := range dirs {
		all = append(all, output.Owned{Dir: dir, Source: source, Kinds: kinds})
	}
	return all
}
