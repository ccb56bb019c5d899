// Edits: of a file that belongs to somebody else, parts are replaced and the rest
// stays as it is.

package output

import (
	"bytes"
	"cmp"
	"slices"
)

// edit adds a job for each file that edits are about.
func (sv *survey) edit(d disk, edits []Edit) (errs []error) {
	byPlace := make(map[string]int)
	var merged []Edit
	var reals []string
	for _, e := range edits {
		real, err := resolveFile(d, e.Path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		i, ok := byPlace[key(real)]
		if !ok {
			byPlace[key(real)] = len(merged)
			merged = append(merged, Edit{Path: e.Path, Old: e.Old, Parts: slices.Clone(e.Parts)})
			reals = append(reals, real)
			continue
		}
		if !bytes.Equal(merged[i].Old, e.Old) {
			errs = append(errs, (&job{name: display(e.Path)}).disturbed())
		}
		merged[i].Parts = append(merged[i].Parts, e.Parts...)
	}
	for i, e := range merged {
		name := display(e.Path)
		data, ok := e.apply()
		if !ok {
			errs = append(errs, refused(name, "two outputs go to one part of it", "give each part one catalog"))
			continue
		}
		sv.jobs = append(sv.jobs, &job{File: File{Path: e.Path, Data: data}, name: name, real: reals[i], edited: true, before: e.Old})
	}
	return errs
}

// apply returns the file with its parts replaced. It is false if parts meet.
func (e Edit) apply() (data []byte, ok bool) {
	slices.SortStableFunc(e.Parts, func(a, b Part) int { return cmp.Compare(a.Start, b.Start) })
	end := 0
	for i, p := range e.Parts {
		if p.Start < end || i > 0 && p.Start == e.Parts[i-1].Start || p.End < p.Start || p.End > len(e.Old) {
			return nil, false
		}
		data = append(data, e.Old[end:p.Start]...)
		data = append(data, p.New...)
		end = p.End
	}
	return append(data, e.Old[end:]...), true
}

// inspectEdited settles the status of an edited file. It must be as it was when the
// parts were made, lest what somebody has written since is lost.
func (j *job) inspectEdited(d disk) error {
	data, err := readAll(d, j.real)
	if err != nil {
		return failed("read", j.name, err, "make it readable")
	}
	switch {
	case bytes.Equal(data, j.Data): // also after a run that was interrupted
		return nil
	case !bytes.Equal(data, j.before):
		return j.disturbed()
	}
	j.status, j.old = Changed, data
	return nil
}

func (j *job) disturbed() error {
	return refused(j.name, "it has changed since it was read", "run the command again")
}
