package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/internal/output"
)

func newInit() *cobra.Command {
	var name string
	var typescript bool
	var python bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Create a table in the current directory",
		Long: `Write a table with two codes (` + gen.TableName + `), an ` + config.FileName + ` that lists its
outputs, a JSON Schema for editors, and a Go file with the go:generate
directive. The directive runs errspec with go tool if the module's go.mod, or
a tools.mod next to it, lists errspec as a tool. Outside a Go module, the only
output is a Markdown page. With --python, the outputs are a Python package and
a Markdown page, and no Go file is written. With --typescript, a TypeScript
module is an output too.

Nothing is overwritten: if one of the files exists, no file is written.

Exit status:
  0  the files were written
  2  a file exists or cannot be written, or NAME is invalid`,
		Example: `  errspec init
  errspec init --name payerr && go generate && go build ./...
  errspec init --python && errspec generate
  errspec init --name payerr --typescript && errspec generate`,
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return initialize(cmd, name, python, typescript) },
	}
	cmd.Flags().StringVar(&name, "name", "apierr", "`NAME` of the table and of its package")
	cmd.Flags().BoolVar(&python, "python", false, "generate a Python package instead of a Go package")
	cmd.Flags().BoolVar(&typescript, "typescript", false, "list a TypeScript module, NAME.ts, as an output")
	return cmd
}

func initialize(cmd *cobra.Command, name string, python, typescript bool) error {
	s, err := starterHere(name)
	if err != nil {
		return err
	}
	s.TypeScript = typescript
	s.Python = python
	if problem := s.Check(); problem != "" {
		return usagef("choose another --name", "%s", problem)
	}
	files := s.Files()
	if err := uninterrupted(cmd.Context(), func() error { return output.Create(files) }); err != nil {
		return err
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	next := "go generate"
	if s.Package == "" || python {
		next = "errspec generate"
	}
	return printLine(cmd.ErrOrStderr(), "errspec: created %s; edit the table, then run %s", strings.Join(names, ", "), next)
}

// starterHere returns the settings for new files in the current directory.
func starterHere(name string) (gen.Starter, error) {
	s := gen.Starter{Name: name}
	here, err := filepath.Abs(".")
	if err != nil {
		return s, err
	}
	root, mod, err := nearestModule(here)
	if err != nil || root == "" {
		return s, err
	}
	dir, err := filepath.Rel(root, here)
	if err != nil {
		return s, err
	}
	if s.Command, err = toolCommand(root, mod, here); err != nil {
		return s, err
	}
	if s.Package, err = packageHere(here); err != nil || s.Package != "" {
		return s, err
	}
	s.Package = gen.PackageOf(path.Join(modulePath(mod), filepath.ToSlash(dir)))
	return s, nil
}

// toolsMod is the usual name of a go.mod that lists only tools, next to the go.mod of
// the module.
const toolsMod = "tools.mod"

// toolCommand returns the command that runs errspec in a directory of the module at
// root: as a tool of its go.mod, as a tool of its tools.mod, or from PATH.
func toolCommand(root, mod, here string) (string, error) {
	if toolLine.MatchString(mod) {
		return "go tool errspec", nil
	}
	file := filepath.Join(root, toolsMod)
	tools, err := input.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return "", err
	}
	if !toolLine.MatchString(string(tools)) {
		return "errspec", nil
	}
	modfile, err := filepath.Rel(here, file)
	if err != nil {
		return "", err
	}
	return "go tool -modfile=" + filepath.ToSlash(modfile) + " errspec", nil
}

// nearestModule returns the root directory of the module that contains dir, and the text
// of its go.mod. They are "" if there is no module.
func nearestModule(dir string) (root, mod string, err error) {
	for {
		data, err := input.ReadFile(filepath.Join(dir, "go.mod"))
		switch {
		case err == nil:
			return dir, string(data), nil
		case !os.IsNotExist(err):
			return "", "", err
		case filepath.Dir(dir) == dir:
			return "", "", nil
		}
		dir = filepath.Dir(dir)
	}
}

var (
	moduleLine = lazyregexp.New(`(?m)^module[ \t]+"?([^\s"]+)`)
	toolLine   = lazyregexp.New(`(?m)^(tool)?[ \t(]*github\.com/errspec/errspec/cmd/errspec\b`)
)

// modulePath returns the module path of a go.mod. It returns "" if the file has no module line.
func modulePath(mod string) string {
	m := moduleLine.FindStringSubmatch(mod)
	if m == nil {
		return ""
	}
	return m[1]
}

// packageHere returns the name of the package in dir. It returns "" if no Go file can be
// read.
func packageHere(dir string) (string, error) {
	names, err := fs.Glob(input.Dir(dir), "*.go")
	if err != nil {
		return "", err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := input.ReadFile(filepath.Join(dir, name))
		if err != nil {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.PackageClauseOnly)
		if err == nil && file.Name.Name != "documentation" {
			return file.Name.Name, nil
		}
	}
	return "", nil
}
