package spec

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// A source is the text of a table and its origin.
type source struct {
	ctx   context.Context // stops the download of a module
	name  string          // in findings
	text  string
	dir   fs.FS // to read included files from; nil if there are none
	local bool  // name is a local path

	// If the table is not local: the file system of its base table, and the table's
	// directory in it.
	root fs.FS
	at   string

	file string // local path, or "" if there is none
	// quotable is the local directory whose files findings may quote, or "" if they may
	// quote any file, as for a git revision.
	quotable string
}

// open reads the table with the given reference. Findings may quote files in the table's
// directory if that is in the directory tree quotable, or if quotable is "". Otherwise they
// may quote only files in that tree.
func open(ctx context.Context, ref, quotable string) (source, error) {
	if builtin, ok := strings.CutPrefix(ref, builtinPrefix); ok {
		if !slices.Contains(builtinTables, builtin) {
			return source{}, fmt.Errorf("no builtin table %q; available: %s", builtin, strings.Join(Builtins(), ", "))
		}
		data, err := builtins.ReadFile(builtin + ".yaml")
		return source{ctx: ctx, name: ref, text: string(data), dir: builtins}, err
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
	if quotable == "" || input.Inside(quotable, dir) {
		quotable = dir
	}
	return source{
		ctx: ctx, name: filepath.ToSlash(ref), text: string(data), dir: input.Dir(dir),
		local: true, file: ref, quotable: quotable,
	}, nil
}

// openFrom reads a table from a file system.
func openFrom(ctx context.Context, root fs.FS, file, name string) (source, error) {
	data, err := fs.ReadFile(root, file)
	if err != nil {
		return source{}, err
	}
	at := path.Dir(file)
	dir, err := fs.Sub(root, at)
	return source{ctx: ctx, name: name, text: string(data), dir: dir, root: root, at: at}, err
}

// open reads a table by a reference in s, which is relative to the directory of s.
func (s source) open(ref string) (source, error) {
	switch {
	case !IsFile(ref):
		return open(s.ctx, ref, "")
	case s.local:
		if !filepath.IsAbs(filepath.FromSlash(ref)) {
			ref = s.nameOf(ref)
		}
		base, err := open(s.ctx, filepath.FromSlash(ref), "")
		base.quotable = s.quotable
		return base, err
	case s.root == nil || path.IsAbs(ref) || !fs.ValidPath(path.Join(s.at, ref)):
		return source{}, os.ErrNotExist
	}
	base, err := openFrom(s.ctx, s.root, path.Join(s.at, ref), s.nameOf(ref))
	if base.quotable = s.quotable; s.file != "" {
		base.file = s.pathOf(ref)
	}
	return base, err
}

// nameOf returns the name of another file in findings. ref is relative to the table's
// directory. A prefix of the table's name, as in REV:PATH, is kept.
func (s source) nameOf(ref string) string {
	prefix, file := "", s.name
	if i := strings.IndexByte(s.name, ':'); i >= 0 && !s.local {
		prefix, file = s.name[:i+1], s.name[i+1:]
	}
	return prefix + path.Join(path.Dir(file), ref)
}

// pathOf returns the local path of a file that is named relative to the table's directory.
func (s source) pathOf(name string) string {
	return filepath.Join(filepath.Dir(s.file), filepath.FromSlash(name))
}

// outside reports whether findings must not quote a local file because it is outside the
// quotable directory, for example because a symbolic link leads there.
func (s source) outside(file string) bool {
	return s.quotable != "" && file != "" && !input.Inside(s.quotable, file)
}

// document returns the table's file for the locations of findings.
func (s source) document() *diag.File {
	return &diag.File{Name: s.name, Text: s.text, Elsewhere: !s.local, Hidden: s.outside(s.file)}
}

// unquoted returns findings with all those in a hidden file replaced by one finding, because
// messages, suggestions and fixes quote the file.
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

// InvalidOutside returns the finding about an invalid file whose text must not be shown.
func InvalidOutside(rule, file string, at diag.Location, help string) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: rule, Location: at, Subject: file, Help: help,
		Message: fmt.Sprintf("%s is not valid; it is outside the table's directory, so its text is not shown", file),
	}
}

// hiddenTable returns the finding about an invalid table that is a link to another directory.
func (s source) hiddenTable(file *diag.File) diag.Diagnostic {
	help := "lint the file that the link leads to"
	if real, err := filepath.EvalSymlinks(s.file); err == nil {
		help = "run errspec lint " + filepath.ToSlash(real)
	}
	return InvalidOutside(form.RuleSyntax, s.name, diag.Location{File: file}, help)
}

// Source returns the text of a table, or of an included file, without parsing it. The
// arguments are those of [LoadWithin], which also describes when findings quote the file.
func Source(ctx context.Context, ref, dir string) (*diag.File, error) {
	src, err := open(ctx, ref, dir)
	if err != nil {
		return nil, err
	}
	return src.document(), nil
}
