package importer

import (
	"net/http"
	"testing"
)

func TestStatusText(t *testing.T) {
	for status := range 1000 {
		if got, want := statusText(status), http.StatusText(status); got != want {
			t.Errorf("%d: got %q, want %q", status, got, want)
		}
	}
}
