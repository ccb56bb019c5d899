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

// Lint applies the rules of package lint to a table that has been read and validated.
// The table may have errors.
func Lint(table *spec.Table, settings lint.Settings) diag.List {
	return lint.Run(table, settings, config.Fixed())
}

// Rewrite puts another text in the place of a table's file that was read, in one
// step. It refuses where the file has changed since, and where the text is not
// YAML: then nothing is written.
func Rewrite(ctx context.Context, file *diag.File, text string) error {
	name := filepath.FromSlash(file.Name)
	d := form.NewDecoder(&diag.File{Name: file.Name, Text: text})
	if d.Parse() == nil && len(d.Findings()) > 0 {
		return &output.Error{Path: file.Name, Op: "write", Err: fmt.Errorf("the fixed text is not a valid table: %s", d.Findings()[0].Message),
			Help: "this is a bug in errspec; please report it"}
	}
	return output.Replace(ctx, name, []byte(file.Text), []byte(text))
}
