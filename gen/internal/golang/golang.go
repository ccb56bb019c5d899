// Package golang writes the Go package of a plan.
//
// What depends on the table is emitted with jennifer, one file of this package
// for each construct; the top function of it is a list of calls. What does not
// is ordinary Go source in the folder runtime, compiled and tested there and
// copied out under the new package clause.
package golang

import (
	"cmp"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/errspec/errspec/gen/internal/plan"
)

// A File is one file of the package.
type File struct {
	Name string // relative to the package's directory, with slashes
	Data []byte
}

// An emitter writes one file.
type emitter struct {
	name string
	emit func(*file, *pkg)
}

// emitters returns what there is to emit for a plan.
func emitters(p *pkg) []emitter {
	all := []emitter{
		{"doc.go", emitDoc},
		{"codes.go", emitCodes},
		{"types.go", emitTypes},
		{"info.go", emitInfo},
		{"subtypes.go", emitSubtypes},
		{"classes.go", emitClasses},
		{"actions.go", emitActions},
		{"decisions.go", emitDecisions},
		{"phrases.go", emitPhrases},
	}
	if len(keySets(p)) > 0 {
		all = append(all, emitter{"lookups.go", emitLookups})
	}
	all = append(all, chunkEmitters(p)...)
	if p.HasResponse() {
		all = append(all, emitter{"response.go", emitResponse})
	}
	return all
}

// Emit writes the package of a plan. header is the first line of every Go file.
// The files are the same, byte for byte, for the same plan; their names are
// fixed and never made from words of the table.
func Emit(p *plan.Plan, header string) ([]File, error) {
	return emit(newPkg(p, usual), header)
}

func emit(p *pkg, header string) ([]File, error) {
	var cases []byte
	var running sync.WaitGroup
	running.Go(func() { cases = vectors(p.Plan, header) })
	files, err := emitAll(p, header)
	running.Wait()
	if err != nil {
		return nil, err
	}
	copied, err := copyRuntime(p, header)
	if err != nil {
		return nil, err
	}
	files = append(append(files, copied...), File{VectorsFile, cases})
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return files, nil
}

// emitAll runs the emitters, as many at a time as there are processors. The files
// have nothing to do with each other, and what an emitter builds up is free again
// when its file is rendered.
func emitAll(p *pkg, header string) ([]File, error) {
	all := emitters(p)
	files := make([]File, len(all))
	errs := make([]error, len(all))
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		running.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(all) {
					return
				}
				f := newFile(p.Package, header)
				all[i].emit(f, p)
				data, err := f.render(all[i].name)
				files[i], errs[i] = File{all[i].name, data}, err
			}
		})
	}
	running.Wait()
	return files, errors.Join(errs...)
}
