package draft

import (
	_ "embed" // the names of statuses
	"strconv"
	"strings"
	"sync"
)

//go:embed statuses.txt
var statusText string

// statusNames is read on first use and not at program start.
var statusNames = sync.OnceValue(func() map[string]string {
	all := make(map[string]string)
	for row := range strings.Lines(statusText) {
		if status, name, ok := strings.Cut(strings.TrimSpace(row), ": "); ok {
			all[status] = name
		}
	}
	return all
})

// StatusName returns the standard name of an HTTP status. It returns "" for other numbers. Package
// net/http has the names too, but would make the program 2 MB larger and its start slower.
func StatusName(status int) string { return statusNames()[strconv.Itoa(status)] }
