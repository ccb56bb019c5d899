package diag

import _ "embed"

//go:embed findings.schema.json
var findingsSchema string

// Schema returns the JSON Schema of [FormatJSON].
func Schema() []byte { return []byte(findingsSchema) }
