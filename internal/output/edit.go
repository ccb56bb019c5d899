// Edits replace parts of files that errspec did not generate.

package output

import (
	"bytes"
	"cmp"
	"slices"
)

// edit adds a job for each file that is edited.
func (sv *survey) edit(d disk, edits []Edit) (errs []error) {
	parts := make(map[*job][]Part)
	byPlace := make(map[string]*job)
	for _, e := range edits {
		real, err := resolveFile(d, e.Path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		j := byPlace[key(real)]
		if j == nil {
			j = &job{File: File{Path: e.Path}, name: display(e.Path), real: real, edited: true, before: e.Old}
			byPlace[key(real)] = j
			sv.jobs = append(sv.jobs, j)
		}
		if !bytes.Equal(j.before, e.Old) {
			errs = append(errs, j.disturbed())
		}
		parts[j] = append(parts[j], e.Parts...)
	}
	for _, j := range sv.jobs {
		if !j.edited {
			continue
		}
		var ok bool
		if j.Data, ok = replaced(j.before, parts[j]); !ok {
			errs = append(errs, refused(j.name, "two tables write the same block", "use a different block for each table"))
		}
	}
	return errs
}

// replaced returns old with its parts replaced. It returns false if parts overlap.
func replaced(old []byte, parts []Part) (data []byte, ok bool) {
	slices.SortStableFunc(parts, func(a, b Part) int { return cmp.Compare(a.Start, b.Start) })
	end := 0
	for i, p := range parts {
		if p.Start < end || i > 0 && p.Start == parts[i-1].Start || p.End < p.Start || p.End > len(old) {
			return nil, false
		}
		data = append(data, old[end:p.Start]...)
		data = append(data, p.New...)
		end = p.End
	}
	return append(data, old[end:]...), true
}

// inspectEdited determines the status of an edited file. The file must be unchanged
// since the parts were generated, so that no later change is lost.
func (j *job) inspectEdited(d disk) error {
	data, err := readAll(d, j.real)
	if err != nil {
		return failed("read", j.name, err, "make it readable")
	}
	switch {
	case bytes.Equal(data, j.Data): // possible after an interrupted run
		return nil
	case !bytes.Equal(data, j.before):
		return j.disturbed()
	}
	j.status, j.old = Changed, data
	return nil
}

func (j *job) disturbed() error {
	return refused(j.name, "file changed after it was read", "run the command again")
}
