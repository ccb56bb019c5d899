// Package gallery loads the tables and the responses of services that tests read. The
// gallery is in spec/testdata/gallery: for each service a small table, and responses that
// it documents with their meanings.
package gallery

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/validate"
)

// A Service is a service of the gallery.
type Service struct {
	Name      string
	File      string // its table
	Table     *spec.Table
	Responses []Response
}

// A Response is one response of a service.
type Response struct {
	Name    string            `json:"name"`
	Call    string            `json:"call"`
	HTTP    int               `json:"http"`
	Headers map[string]string `json:"headers"`
	Raw     json.RawMessage   `json:"body"`
}

// Body returns the body as it was sent. A body that is not JSON is a string.
func (r *Response) Body() string {
	var text string
	if json.Unmarshal(r.Raw, &text) == nil {
		return text
	}
	return string(r.Raw)
}

// Header returns the headers in the form of package http.
func (r *Response) Header() map[string][]string {
	header := make(map[string][]string)
	for name, value := range r.Headers {
		header[name] = []string{value}
	}
	return header
}

// Curl returns the response as curl -i prints it.
func (r *Response) Curl() string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/2 %d\r\n", r.HTTP)
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		fmt.Fprintf(&b, "%s: %s\r\n", name, r.Headers[name])
	}
	return b.String() + "\r\n" + r.Body()
}

// Load returns all services. dir is the directory spec/testdata/gallery.
func Load(t testing.TB, dir string) []Service {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no gallery", err)
	}
	var all []Service
	for _, file := range files {
		s := Service{Name: strings.TrimSuffix(filepath.Base(file), ".yaml"), File: file}
		text, err := input.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		table, findings := spec.Parse(file, string(text), nil)
		if table != nil {
			findings = append(findings, validate.Run(table)...)
		}
		if findings.HasErrors() {
			t.Fatal(findings)
		}
		s.Table = table
		responses, err := input.ReadFile(strings.TrimSuffix(file, ".yaml") + ".json")
		if err == nil {
			err = json.Unmarshal(responses, &s.Responses)
		}
		if err != nil {
			t.Fatal(file, err)
		}
		all = append(all, s)
	}
	return all
}
