package classify

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
)

// alternatives adds responses with a field and the first field of its role, for each field that
// is not the first: both have a value, or the first has one that does not count.
func (c *responseCases) alternatives() {
	for i := range c.table.Response.Fields {
		f := &c.table.Response.Fields[i]
		first, _ := c.table.Response.Field(f.Role)
		if first == f || f.Role == spec.RoleNone {
			continue
		}
		task := c.task("") // its status is that of another field
		if status, ok := c.table.Response.Field(spec.RoleStatus); ok && f.Role != spec.RoleStatus && len(status.Failed) > 0 {
			task = c.task(status.Failed[0])
		}
		for _, status := range []int{200, 400} {
			for k, value := range c.valuesOf(f) {
				name := f.Path + ": " + value
				c.add(name+", alone", status, nil, set(task, f, value))
				c.add(name+", after a value of "+first.Path, status, nil, set(set(task, first, c.valuesOf(first)[k%len(c.valuesOf(first))]), f, value))
				c.add(name+", after null at "+first.Path, status, nil, set(set(task, first, "null"), f, value))
			}
		}
	}
}

// valuesOf returns values that a field is read from.
func (c *responseCases) valuesOf(f *spec.Field) []string {
	switch f.Role {
	case spec.RoleStatus:
		return statusesOf(f)
	case spec.RoleCode:
		return []string{c.wire(f, 0), c.wire(f, 1), f.Cut.After + "unlisted" + f.Cut.Before, "400"}
	case spec.RoleSuccess:
		return []string{"true", "false"}
	case spec.RoleRetryAfter:
		return []string{strings.Replace(cmp.Or(f.Match, "<num>"), "<num>", strconv.Itoa(len(f.Path)), 1)}
	}
	return []string{"value of " + f.Path}
}

// statusesOf returns the listed statuses of a field, and one that is not listed.
func statusesOf(f *spec.Field) []string {
	return append(slices.Concat(f.Running, f.Completed, f.Failed), "another status")
}
