package gen

import (
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/explain"
)

// A SchemaFile is the JSON Schema of a file that errspec reads, or of its output.
type SchemaFile struct {
	Name  string // "table"
	About string // description of the file
	Write func() []byte
}

// Schemas returns all schemas, starting with that of tables.
func Schemas() []SchemaFile {
	return []SchemaFile{
		{"table", "an error table", func() []byte { return spec.Schema().Document("errspec table") }},
		{"include", "an included file", func() []byte { return spec.IncludeSchema().Document("errspec included file") }},
		{"config", config.FileName, func() []byte { return config.Schema().Document("errspec configuration") }},
		{"findings", "findings printed with --format json", diag.Schema},
		{"explanation", "explanations printed by errspec explain --json", explain.Schema},
	}
}
