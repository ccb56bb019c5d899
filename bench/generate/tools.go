package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/bench/internal/tables"
)

// goInput is the input file of the tools other than errspec.
const goInput = "code.go"

// A tool is one of the compared programs. It runs in a directory that contains its
// input file, and writes its output there.
type tool struct {
	name      string
	pkg       string // import path of its main package
	inputFile string
	input     func(tables.Table) string
	args      func(tables.Table) []string
}

// The settings of the other tools make their Stringers return the wire value, like
// those of errspec. All other settings are the defaults.
var tools = []tool{
	{
		name:      "stringer",
		pkg:       "golang.org/x/tools/cmd/stringer",
		inputFile: goInput,
		input:     constants,
		args:      func(tables.Table) []string { return []string{"-type", "Code", "-linecomment"} },
	},
	{
		name:      "enumer",
		pkg:       "github.com/dmarkham/enumer",
		inputFile: goInput,
		input:     constants,
		args:      func(tables.Table) []string { return []string{"-type", "Code", "-linecomment"} },
	},
	{
		name:      "go-enum",
		pkg:       "github.com/abice/go-enum",
		inputFile: goInput,
		input:     enumComment,
		args:      func(tables.Table) []string { return []string{"--file", goInput} },
	},
	{
		name:      subject,
		pkg:       "github.com/errspec/errspec/cmd/errspec",
		inputFile: "table.yaml",
		input:     func(t tables.Table) string { return t.YAML },
		args:      errspecArgs,
	},
	{
		name:      clients,
		pkg:       "github.com/errspec/errspec/cmd/errspec",
		inputFile: "table.yaml",
		input:     func(t tables.Table) string { return t.YAML },
		args: func(t tables.Table) []string {
			return append(errspecArgs(t), "--typescript", t.Name+".ts", "--python", t.Name+"_py")
		},
	},
	{
		name:      floor,
		pkg:       "github.com/errspec/errspec/bench/generate/floor",
		inputFile: "table.yaml",
		input:     func(t tables.Table) string { return t.YAML },
		args:      func(tables.Table) []string { return []string{"table.yaml", filepath.Join("..", floorList)} },
	},
}

// errspecArgs returns the arguments for the Go package, the page and the vectors.
func errspecArgs(t tables.Table) []string {
	return []string{
		"generate", "--table", "table.yaml", "--go", t.Name, "--package", t.Name,
		"--markdown", t.Name + ".md", "--vectors", "vectors.json",
	}
}

// output returns the path of the generated package in the directory of a tool.
func (t tool) output(of tables.Table) string {
	if t.isErrspec() {
		return of.Name
	}
	return "."
}

func (t tool) isErrspec() bool { return t.name == subject || t.name == clients }

const (
	subject  = "errspec"
	baseline = "stringer"
	clients  = "errspec with TypeScript and Python"
	floor    = "floor" // an empty program that reads and writes as much as the subject

	// floorList lists the files that floor writes.
	floorList = "floor.txt"
)

// toolNames returns the names for -tools. The option -clients adds the others.
func toolNames() []string {
	var names []string
	for _, t := range tools {
		if t.name != clients {
			names = append(names, t.name)
		}
	}
	return names
}

func toolNamed(name string) tool {
	return tools[slices.IndexFunc(tools, func(t tool) bool { return t.name == name })]
}

// constants returns the codes as constants with the wire value in a line comment.
//
//	type Code int
//
//	const (
//		CodeServiceError Code = iota // service_error
//	)
func constants(t tables.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\ntype Code int\n\nconst (\n", t.Name)
	for i, c := range t.Codes {
		value := ""
		if i == 0 {
			value = " Code = iota"
		}
		fmt.Fprintf(&b, "\tCode%s%s // %s\n", c.Ident, value, c.Wire)
	}
	b.WriteString(")\n")
	return b.String()
}

// enumComment returns the codes in the notation of go-enum.
//
//	// ENUM(
//	// service_error
//	// )
//	type Code int
func enumComment(t tables.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\n// ENUM(\n", t.Name)
	for _, c := range t.Codes {
		fmt.Fprintf(&b, "// %s\n", c.Wire)
	}
	b.WriteString("// )\ntype Code int\n")
	return b.String()
}

// A builtTool is a compiled tool.
type builtTool struct {
	tool
	binary  string
	version string
}

// build compiles the tools: errspec with the requirements of its own module, the others
// with the versions that the module of this program pins.
func build(tools []tool, bench, bin string) ([]builtTool, error) {
	var built []builtTool
	for _, t := range tools {
		dir := bench
		if t.isErrspec() {
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
		if b.version = info.Main.Version; t.isErrspec() || t.name == floor {
			b.version = "this tree"
		}
		built = append(built, b)
	}
	return built, nil
}
