package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// The generated pages of errspec's own documentation must be up to date.
func TestManualIsUpToDate(t *testing.T) {
	docs := filepath.Join("..", "..", "docs")
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(docs, "examples"))); err != nil {
		t.Fatal(err)
	}
	if status := run(context.Background(), []string{"manual", dir}, nil, io.Discard, os.Stderr); status != statusClean {
		t.Fatal("exit status", status)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(pages) != 4 {
		t.Fatal(pages, err)
	}
	for _, page := range pages {
		want, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(docs, filepath.Base(page)))
		if err != nil || string(got) != string(want) {
			t.Errorf("docs/%s is not up to date; run go generate (%v)", filepath.Base(page), err)
		}
	}
}
