package importer_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/facts"
)

// testdata/published.csv lists published pages, with the number of codes on each page,
// counted without errspec, the number of imported codes, and the number of rows in tables
// of codes that the report names because they look like codes. Two rows with one code are one code
// on the page, of which one row is reported. The pages are not part of this repository.
// For npm packages (fastify 5.6.1):
//
//	npm pack fastify@5.6.1 && mkdir -p fastify-5.6.1 && tar xzf fastify-5.6.1.tgz -C fastify-5.6.1
//	ERRSPEC_PAGES=$PWD go test ./spec/importer -run TestPublishedPages
//
// Files of GitHub repositories are expected in a directory OWNER/REPOSITORY-COMMIT.
func TestPublishedPages(t *testing.T) {
	list, err := os.Open(filepath.Join("testdata", "published.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	pages, err := csv.NewReader(list).ReadAll()
	if err != nil || len(pages) < 9 {
		t.Fatalf("%d pages (%v)", len(pages), err)
	}
	dir := os.Getenv("ERRSPEC_PAGES")
	for _, p := range pages[1:] {
		source, version, file := p[0], p[1], p[2]
		t.Run(source+"-"+version, func(t *testing.T) {
			count := func(i int) int {
				n, err := strconv.Atoi(p[i])
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			onPage, imported, reported := count(4), count(5), count(6)
			if imported+reported < onPage {
				t.Errorf("%d of %d codes are neither imported nor reported", onPage-imported-reported, onPage)
			}
			path := filepath.Join(dir, source+"-"+version, file)
			if !strings.Contains(source, "/") {
				path = filepath.Join(dir, source+"-"+version, "package", file)
			}
			page, err := os.ReadFile(path)
			if dir == "" || err != nil {
				t.Skip("set ERRSPEC_PAGES to a directory with the page")
			}
			result := importer.Markdown(filepath.Base(file), string(page), importer.Options{})
			checkResult(t, result)
			codes, lost, inCodes := strings.Count(result.Table, "\n  - code: "), 0, false
			for _, e := range result.Report {
				if e.Fact.Kind == facts.TableFact {
					inCodes = e.Used
				}
				if inCodes && e.Lost && e.Fact.Kind == facts.RowFact {
					lost++
				}
			}
			if codes != imported || lost != reported {
				t.Errorf("%d codes, %d rows reported; the list has %d and %d", codes, lost, imported, reported)
			}
		})
	}
}
