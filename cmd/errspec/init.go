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
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Create a table in the current directory",
		Long: `Write a table with two codes (` + gen.TableName + `), an ` + config.FileName + ` that lists its
outputs, a JSON Schema for editors, and a Go file with the go:generate directive. The
directive runs errspec with go tool if the module's go.mod, or a tools.mod next to it,
lists errspec as a tool. Outside a Go module, the only output is a Markdown page.

Nothing is overwritten: if one of the files exists, no file is written.`,
		Example: `  errspec init
  errspec init --name payerr && go generate && go build ./...`,
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return initialize(cmd, name) },
	}
	cmd.Flags().StringVar(&name, "name", "apierr", "`NAME` of the table and of its Go package")
	return cmd
}

func initialize(cmd *cobra.Command, name string) error {
	s, err := starterHere(name)
	if err != nil {
		return err
	}
	if problem := s.Check(); problem != "" {
		return usagef("choose another --name", "%s", problem)
	}
	files := s.Files()
	if err := whole(cmd.Context(), func() error { return output.Create(files) }); err != nil {
		return err
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	next := "go generate"
	if s.Package == "" {
		next = "errspec generate"
	}
	return printLine(cmd.ErrOrStderr(), "errspec: wrote %s; change the table, then run %s", strings.Join(names, ", "), next)
}

// starterHere looks at what is in the folder already.
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
	below, err := filepath.Rel(root, here)
	if err != nil {
		return s, err
	}
	if s.Command, err = toolCommand(root, mod, here); err != nil {
		return s, err
	}
	if s.Package, err = packageHere(here); err != nil || s.Package != "" {
		return s, err
	}
	s.Package = gen.PackageOf(path.Join(modulePath(mod), filepath.ToSlash(below)))
	return s, nil
}

// toolsMod is what people call a go.mod of tools only, beside that of their module.
const toolsMod = "tools.mod"

// toolCommand returns how errspec is run in a folder of the module at root: as a tool
// of the module, as one of its tools.mod, or by its name.
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
	way, err := filepath.Rel(here, file)
	if err != nil {
		return "", err
	}
	return "go tool -modfile=" + filepath.ToSlash(way) + " errspec", nil
}

// nearestModule returns the folder of the module that dir is part of, and its
// go.mod. They are "" if there is none.
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

// modulePath returns the path that a go.mod declares.
func modulePath(mod string) string {
	m := moduleLine.FindStringSubmatch(mod)
	if m == nil {
		return ""
	}
	return m[1]
}

// packageHere returns the name of the package whose files are in dir, "" if there
// are none that can be read.
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
