package spec

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// A source is the text of a table and where it comes from.
type source struct {
	ctx   context.Context // ends the download of a module
	name  string          // in findings
	text  string
	dir   fs.FS // of the files that it includes and extends; nil if there are none
	local bool  // name is a path on this machine

	// Of a table that is not: where extends: leads to files, and the directory of
	// the table in it.
	root fs.FS
	at   string

	file string // on this machine, "" if there is none
	// folder is the directory on this machine whose files findings may quote; "" if
	// all of them may be, as those of a revision.
	folder string
}

// open reads the text that a reference means. Findings may quote files in the directory
// of the table; if that is not in the tree at folder, only those that are. "" is any
// folder.
func open(ctx context.Context, ref, folder string) (source, error) {
	if builtin, ok := strings.CutPrefix(ref, builtinPrefix); ok {
		data, err := builtins.ReadFile(builtin + ".yaml")
		if err != nil {
			return source{}, fmt.Errorf("no builtin table %q; available: %s", builtin, strings.Join(Builtins(), ", "))
		}
		return source{ctx: ctx, name: ref, text: string(data)}, nil
	}
	if m, err := Download(ctx, ref); m != nil || err != nil {
		if err != nil {
			return source{}, err
		}
		return m.source(ctx)
	}
	data, err := input.ReadFile(ref)
	if err != nil {
		return source{}, err
	}
	dir := filepath.Dir(ref)
	if folder == "" || input.Inside(folder, dir) {
		folder = dir
	}
	return source{
		ctx: ctx, name: filepath.ToSlash(ref), text: string(data), dir: input.Dir(dir),
		local: true, file: ref, folder: folder,
	}, nil
}

// openFrom reads the text of a file of a file system.
func openFrom(ctx context.Context, root fs.FS, file, name string) (source, error) {
	data, err := fs.ReadFile(root, file)
	if err != nil {
		return source{}, err
	}
	at := path.Dir(file)
	dir, err := fs.Sub(root, at)
	return source{ctx: ctx, name: name, text: string(data), dir: dir, root: root, at: at}, err
}

// open opens a table by a reference in s.
func (s source) open(ref string) (source, error) {
	switch {
	case !IsFile(ref):
		return open(s.ctx, ref, "")
	case s.local:
		if !filepath.IsAbs(filepath.FromSlash(ref)) {
			ref = s.beside(ref)
		}
		base, err := open(s.ctx, filepath.FromSlash(ref), "")
		base.folder = s.folder
		return base, err
	case s.root == nil || path.IsAbs(ref) || !fs.ValidPath(path.Join(s.at, ref)):
		return source{}, os.ErrNotExist
	}
	base, err := openFrom(s.ctx, s.root, path.Join(s.at, ref), s.beside(ref))
	if base.folder = s.folder; s.file != "" {
		base.file = s.pathOf(ref)
	}
	return base, err
}

// beside returns the name of another file by its path from the table's directory. What
// comes before the path, as in REV:PATH, stays.
func (s source) beside(ref string) string {
	before, file := "", s.name
	if i := strings.IndexByte(s.name, ':'); i >= 0 && !s.local {
		before, file = s.name[:i+1], s.name[i+1:]
	}
	return before + path.Join(path.Dir(file), ref)
}

// pathOf returns the path on this machine of a file that s names relative to itself.
func (s source) pathOf(name string) string {
	return filepath.Join(filepath.Dir(s.file), filepath.FromSlash(name))
}

// outside reports whether a file on this machine is in another directory than those
// whose files findings may quote, as one that a symbolic link leads to can be.
func (s source) outside(file string) bool {
	return s.folder != "" && file != "" && !input.Inside(s.folder, file)
}

// document returns the text as a file that findings point into.
func (s source) document() *diag.File {
	return &diag.File{Name: s.name, Text: s.text, Elsewhere: !s.local, Hidden: s.outside(s.file)}
}

// unquoted returns findings without those in a hidden file: messages, suggestions and
// fixes repeat what they are about. One finding at a location says so instead.
func unquoted(findings diag.List, hidden *diag.File, instead diag.Diagnostic) diag.List {
	if !hidden.Hidden || !findings.HasErrors() {
		return findings
	}
	all := diag.List{instead}
	for _, f := range findings {
		if f.File != hidden {
			all = append(all, f)
		}
	}
	return all
}

// InvalidOutside describes a file that is not valid and whose text must not be shown.
func InvalidOutside(rule, what string, at diag.Location, help string) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: rule, Location: at, Subject: what, Help: help,
		Message: fmt.Sprintf("%s is not valid; it is outside the table's directory, so its text is not shown", what),
	}
}

// hiddenTable is the finding about the table itself, if it is a link to another
// directory.
func (s source) hiddenTable(file *diag.File) diag.Diagnostic {
	help := "lint the file that the link leads to"
	if real, err := filepath.EvalSymlinks(s.file); err == nil {
		help = "run errspec lint " + filepath.ToSlash(real)
	}
	return InvalidOutside(form.RuleSyntax, s.name, diag.Location{File: file}, help)
}

// Source returns a table, or another file of the table format, unread. A reference is
// a path, a builtin or a file of a module, whose download stops if ctx is done.
// Findings quote it as [LoadWithin] has it.
func Source(ctx context.Context, ref, folder string) (*diag.File, error) {
	src, err := open(ctx, ref, folder)
	if err != nil {
		return nil, err
	}
	return src.document(), nil
}
