package gen

import (
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/lint"
)

// A ManualCommand is a command of the command line, for the manual.
type ManualCommand = markdown.Command

// A ManualFlag is a flag of a command.
type ManualFlag = markdown.Flag

// A ManualPage is a page of errspec's own documentation.
type ManualPage struct {
	Name string // of the file
	Data []byte
}

// Manual returns the pages of errspec's own documentation that are derived from the
// program: the keys of both formats, the rules, and the commands.
func Manual(commands []ManualCommand) []ManualPage {
	return []ManualPage{
		{"table-reference.md", markdown.Manual{
			Title: "Table keys",
			Intro: "All keys of a table, in canonical order. `[]` stands for each item of a list, and `*` for each key of a mapping with free keys. " +
				"Keys that start with `x-` are allowed everywhere and are exported.\n\nSee [Table format](table-format.md) for an introduction. `errspec schema` prints the same as a JSON Schema.",
		}.Keys(spec.Schema())},
		{"config-reference.md", markdown.Manual{
			Title: "Keys of errspec.yaml",
			Intro: "All keys of `" + config.FileName + "`, in canonical order. `[]` stands for each item of a list, and `*` for each key of a mapping with free keys. Paths are relative to the file.\n\n" +
				"See [errspec.yaml](config.md) for an introduction. `errspec schema config` prints the same as a JSON Schema.",
		}.Keys(config.Schema())},
		{"rules.md", markdown.Manual{
			Title: "Rules",
			Intro: "Every finding names the rule that it violates. `errspec explain RULE` prints the same text.",
		}.Rules(ruleGroups())},
		{"commands.md", markdown.Manual{
			Title: "Commands",
			Intro: strings.TrimSpace("`errspec help COMMAND` prints the same text. See [Findings and exit status](cli.md) for what all commands have in common."),
		}.Commands(commands)},
	}
}

// ruleGroups returns all of [Rules], in groups.
func ruleGroups() []markdown.RuleGroup {
	return []markdown.RuleGroup{
		{Title: "Errors in a table", Intro: "Nothing is generated from a table with one of these findings. Their severity cannot be changed.", Language: "text", Rules: config.Fixed()},
		{Title: "Lint", Intro: "Questionable entries of a valid table. `lint:` in `errspec.yaml` sets the severity, and `# errspec:ignore RULE REASON` ignores a rule for one entry.", Language: "text", Rules: lint.Rules()},
		{Title: "Changes of a table", Intro: "What `errspec breaking` reports. `breaking:` in `errspec.yaml` accepts a change.", Language: "text", Rules: compat.DiagRules()},
		{Title: "Outputs and files", Intro: "What `errspec generate` and `errspec check` report about files.", Language: "text", Rules: fileRules()},
		{Title: "Go code", Intro: "What `errspec vet` reports about programs that use a generated package.", Language: "go", Rules: vet.Rules()},
	}
}
