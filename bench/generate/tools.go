package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// goInput is the file that the tools other than errspec read.
const goInput = "code.go"

// A tool is one of the compared programs. It runs in a folder that holds its
// input file and writes its output there.
type tool struct {
	name      string
	pkg       string // import path of its main package
	inputFile string
	input     func(table) string
	args      func(table) []string
}

// The settings of the peers make their Stringers return the wire spelling, as
// errspec's do. All else is at its default.
var tools = []tool{
	{
		name:      "stringer",
		pkg:       "golang.org/x/tools/cmd/stringer",
		inputFile: goInput,
		input:     constants,
		args:      func(table) []string { return []string{"-type", "Code", "-linecomment"} },
	},
	{
		name:      "enumer",
		pkg:       "github.com/dmarkham/enumer",
		inputFile: goInput,
		input:     constants,
		args:      func(table) []string { return []string{"-type", "Code", "-linecomment"} },
	},
	{
		name:      "go-enum",
		pkg:       "github.com/abice/go-enum",
		inputFile: goInput,
		input:     enumComment,
		args:      func(table) []string { return []string{"--file", goInput} },
	},
	{
		name:      subject,
		pkg:       "github.com/errspec/errspec/cmd/errspec",
		inputFile: "table.yaml",
		input:     func(t table) string { return t.yaml },
		args: func(t table) []string {
			return []string{"generate", "--spec", "table.yaml", "--go", t.name, "--package", t.name, "--markdown", t.name + ".md"}
		},
	},
}

const (
	subject  = "errspec"
	baseline = "stringer"
)

func toolNames() []string {
	var names []string
	for _, t := range tools {
		names = append(names, t.name)
	}
	return names
}

// constants declares the codes as constants with the wire spelling behind them.
//
//	type Code int
//
//	const (
//		CodeServiceError Code = iota // service_error
//	)
func constants(t table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\ntype Code int\n\nconst (\n", t.name)
	for i, c := range t.codes {
		value := ""
		if i == 0 {
			value = " Code = iota"
		}
		fmt.Fprintf(&b, "\tCode%s%s // %s\n", c.ident, value, c.wire)
	}
	b.WriteString(")\n")
	return b.String()
}

// enumComment declares the codes in go-enum's notation.
//
//	// ENUM(
//	// service_error
//	// )
//	type Code int
func enumComment(t table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\n// ENUM(\n", t.name)
	for _, c := range t.codes {
		fmt.Fprintf(&b, "// %s\n", c.wire)
	}
	b.WriteString("// )\ntype Code int\n")
	return b.String()
}

// A builtTool is ready to run.
type builtTool struct {
	tool
	binary  string
	version string
}

// build compiles the tools: errspec as its own module resolves it, the peers as
// the module of this program pins them.
func build(tools []tool, bench, bin string) ([]builtTool, error) {
	var built []builtTool
	for _, t := range tools {
		dir := bench
		if t.name == subject {
			dir = filepath.Dir(bench)
		}
		b := builtTool{tool: t, binary: filepath.Join(bin, path.Base(t.pkg))}
		fmt.Fprintln(os.Stderr, "building", t.pkg)
		if out, err := goCommand(dir, "build", "-o", b.binary, t.pkg).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building %s: %w\n%s", t.name, err, out)
		}
		info, err := buildinfo.ReadFile(b.binary)
		if err != nil {
			return nil, err
		}
		b.version = info.Main.Version
		if t.name == subject {
			b.version = "this tree"
		}
		built = append(built, b)
	}
	return built, nil
}
