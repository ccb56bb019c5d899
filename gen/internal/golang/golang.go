// Package golang emits the Go package of a plan.
//
// Source that depends on the table is emitted with jennifer. Each construct has a file
// in this package, whose top function is a list of calls. All other source is ordinary
// Go in the directory runtime, where it is compiled and tested. It is copied under the
// new package clause.
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

// emitters returns the emitters of the files that the package has.
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
	if p.Server != nil {
		all = append(all, emitter{"server.go", emitServer})
	}
	return all
}

// Emit returns the files of the package of a plan. header is the first line of every Go
// file. The same plan gives the same files, byte for byte. File names never contain
// text of the table.
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

// emitAll runs the emitters, as many at a time as there are processors. The files are
// independent of each other, and the memory of an emitter can be freed as soon as its
// file is rendered.
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
