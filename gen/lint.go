package gen

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/lint"
)

// Lint applies the rules of package lint to a table that was read and validated.
// The table may have errors.
func Lint(table *spec.Table, settings lint.Settings) diag.List {
	return lint.Run(table, settings, config.Fixed())
}

// Rewrite atomically replaces the text of a table's file. It writes nothing and
// returns an error if the file was changed after it was read, or if the text is not
// valid YAML.
func Rewrite(ctx context.Context, file *diag.File, text string) error {
	name := filepath.FromSlash(file.Name)
	d := form.NewDecoder(&diag.File{Name: file.Name, Text: text})
	if d.Parse() == nil && len(d.Findings()) > 0 {
		return &output.Error{Path: file.Name, Op: "write", Err: fmt.Errorf("the fixed text is not a valid table: %s", d.Findings()[0].Message),
			Help: "this is a bug in errspec; please report it"}
	}
	return output.Replace(ctx, name, []byte(file.Text), []byte(text))
}
