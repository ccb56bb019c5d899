package gen

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/drift"
	"github.com/errspec/errspec/spec/lint"
)

// A ManualCommand is a command of the command line, for the manual.
type ManualCommand = markdown.Command

// A ManualFlag is a flag of a command.
type ManualFlag = markdown.Flag

// manualSource is the source in the marks of the manual, in place of a table.
const manualSource = "its source code"

// WriteManual writes the pages of errspec's own documentation that are derived from the program:
// the keys of both formats, the rules, and the commands. The values of examples are those of the
// files in the directory examples next to the pages.
func WriteManual(ctx context.Context, dir string, commands []ManualCommand) error {
	files, err := manual(dir, commands)
	if err != nil {
		return err
	}
	_, err = output.Write(ctx, output.Set{Files: files})
	return err
}

func manual(dir string, commands []ManualCommand) ([]output.File, error) {
	tables, err := exampleDocuments(dir, "errors.yaml", "client.yaml")
	if err != nil {
		return nil, err
	}
	configs, err := exampleDocuments(dir, config.FileName)
	if err != nil {
		return nil, err
	}
	mark := output.Mark(output.Markdown, manualSource)
	const paths = "`[]` stands for each item of a list, and `*` for each key of a mapping with free keys."
	pages := map[string][]byte{
		"table-reference.md": markdown.Manual{
			Mark: mark, Title: "Table keys",
			Intro: "All keys of a table, in canonical order. " + paths + " Keys that start with `x-` are allowed everywhere and are exported.\n\n" +
				"The examples are from [errors.yaml](examples/errors.yaml) and [client.yaml](examples/client.yaml), a table that extends it. " +
				"See [Table format](table-format.md) for an introduction. `errspec schema` prints the keys as a JSON Schema.",
		}.Keys(spec.Schema(), tables),
		"config-reference.md": markdown.Manual{
			Mark: mark, Title: "Keys of errspec.yaml",
			Intro: "All keys of `" + config.FileName + "`, in canonical order. " + paths + " Paths are relative to the file.\n\n" +
				"The examples are from [errspec.yaml](examples/errspec.yaml). " +
				"See [errspec.yaml](config.md) for an introduction. `errspec schema config` prints the keys as a JSON Schema.",
		}.Keys(config.Schema(), configs),
		"rules.md": markdown.Manual{
			Mark: mark, Title: "Rules",
			Intro: "Every finding ends with the rule that it violates, in brackets. `errspec explain RULE` prints the purpose and the example of a rule.",
		}.Rules(ruleGroups()),
		"commands.md": markdown.Manual{
			Mark: mark, Title: "Commands",
			Intro: "`errspec help COMMAND` prints the same text. [Findings and exit status](cli.md) applies to all commands.",
		}.Commands(commands),
	}
	var files []output.File
	for name, data := range pages {
		files = append(files, output.File{Path: filepath.Join(dir, name), Kind: output.Markdown, Source: manualSource, Data: data})
	}
	return files, nil
}

// exampleDocuments reads files with examples.
func exampleDocuments(dir string, names ...string) ([]*yaml.Node, error) {
	var all []*yaml.Node
	for _, name := range names {
		data, err := input.ReadFile(filepath.Join(dir, "examples", name))
		if err != nil {
			return nil, err
		}
		document := new(yaml.Node)
		if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(document); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, document)
	}
	return all, nil
}

// ruleGroups returns all of [Rules], in groups.
func ruleGroups() []markdown.RuleGroup {
	return []markdown.RuleGroup{
		{Title: "Errors in a table", Intro: "Nothing is generated from a table with one of these findings. Their severity cannot be changed.", Language: "text", Rules: config.Fixed()},
		{Title: "Lint", Intro: "Questionable entries of a valid table. `lint:` in `errspec.yaml` sets the severity, and `# errspec:ignore RULE REASON` ignores a rule for one entry.", Language: "text", Rules: lint.Rules()},
		{Title: "Changes of a table", Intro: "`errspec breaking` reports these changes: errors are major changes, warnings are minor. `breaking:` in `errspec.yaml` accepts a change.", Language: "text", Rules: compat.DiagRules()},
		{Title: "Published documentation", Intro: "`errspec drift` reports these differences between a table and its source. `source:` in `errspec.yaml` accepts a difference.", Language: "text", Rules: drift.Rules()},
		{Title: "Outputs and files", Intro: "`errspec generate` and `errspec check` report these findings about files.", Language: "text", Rules: fileRules()},
		{Title: "Go code", Intro: "`errspec vet` reports these findings about programs that use a generated package. `//errspec:ignore RULE REASON` ignores a rule for one line.", Language: "go", Rules: vet.Rules()},
	}
}
