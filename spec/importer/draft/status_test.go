package draft

import (
	"net/http"
	"testing"
)

func TestStatusName(t *testing.T) {
	for status := range 1000 {
		if got, want := StatusName(status), http.StatusText(status); got != want {
			t.Errorf("%d: got %q, want %q", status, got, want)
		}
	}
}
