package gen

import (
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// A SchemaFile is a JSON Schema of something that errspec reads or prints.
type SchemaFile struct {
	Name  string // "table"
	What  string // what it describes
	Write func() []byte
}

// Schemas returns all schemas, that of tables first.
func Schemas() []SchemaFile {
	return []SchemaFile{
		{"table", "an error table", func() []byte { return spec.Schema().Document("errspec table") }},
		{"include", "an included file", func() []byte { return spec.IncludeSchema().Document("errspec included file") }},
		{"config", config.FileName, func() []byte { return config.Schema().Document("errspec configuration") }},
		{"findings", "findings printed with --format json", diag.Schema},
	}
}
