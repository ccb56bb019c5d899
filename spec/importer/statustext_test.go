package importer

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
)

func TestStatusNames(t *testing.T) {
	for status := range 1000 {
		got := namesOf(strconv.Itoa(status), statusNames())
		if want := list(http.StatusText(status)); want[0] != "" && !slices.Equal(got, want) || want[0] == "" && got != nil {
			t.Errorf("%d: got %q, want %q", status, got, want)
		}
	}
}
