// Package golang writes the Go package of a plan.
//
// What depends on the table is emitted with jennifer, one file of this package
// for each construct; the top function of it is a list of calls. What does not
// is ordinary Go source in the folder runtime, compiled and tested there and
// copied out under the new package clause.
package golang

import (
	"cmp"
	"slices"

	"github.com/errspec/errspec/gen/internal/plan"
)

// A File is one file of the package.
type File struct {
	Name string // relative to the package's directory, with slashes
	Data []byte
}

// Emit writes the package of a plan. header is the first line of every Go file.
// The files are the same, byte for byte, for the same plan; their names are
// fixed and never made from words of the table.
func Emit(p *plan.Plan, header string) ([]File, error) {
	emitters := []struct {
		name string
		emit func(*file, *plan.Plan)
	}{
		{"doc.go", emitDoc},
		{"codes.go", emitCodes},
		{"info.go", emitInfo},
		{"subtypes.go", emitSubtypes},
		{"classes.go", emitClasses},
		{"actions.go", emitActions},
	}
	var files []File
	for _, e := range emitters {
		f := newFile(p.Package, header)
		e.emit(f, p)
		data, err := f.render(e.name)
		if err != nil {
			return nil, err
		}
		files = append(files, File{e.name, data})
	}
	copied, err := copyRuntime(p, header)
	if err != nil {
		return nil, err
	}
	files = append(files, copied...)
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return files, nil
}
