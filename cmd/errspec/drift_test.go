package main

import (
	"bytes"
	"path/filepath"
	"testing"
)

// TestDriftOfEvoLink compares spec/evolink.yaml with the text of EvoLink's error code page, by
// the settings in errspec.yaml. The text is not part of the repository.
func TestDriftOfEvoLink(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	files, _ := filepath.Glob("../shared/seed/*.txt")
	if len(files) == 0 {
		t.Skip("skipped: the text of EvoLink's error code page is not next to the repository, in ../shared/seed")
	}
	for _, file := range files {
		var stdout, stderr bytes.Buffer
		if status := run(t.Context(), []string{"drift", "spec/evolink.yaml", "--source", file, "--format", "text"}, bytes.NewReader(nil), &stdout, &stderr); status != 0 || stdout.Len() > 0 {
			t.Errorf("status %d\n%s%s", status, stdout.String(), stderr.String())
		}
	}
}
