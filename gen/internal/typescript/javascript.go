package typescript

import "github.com/errspec/errspec/gen/internal/plan"

// EmitJavaScript is replaced below.
func EmitJavaScript(p *plan.Plan, mark string) (source, declarations []byte, err error) {
	return nil, nil, nil
}
