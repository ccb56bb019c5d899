package logstream

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/validate"
)

const shop = `errspec: 1
name: shop
title: Shop
unlisted: mystery
response:
  fields:
    id: {role: id}
    status: {role: status, completed: [completed], failed: [failed]}
    error.code: {role: code}
    error.message: {role: message}
classes:
  - {name: client, title: Client, fault: client}
codes:
  - code: bad_input
    title: Bad input
    class: client
    description: The request is not what it should be
    retry: {action: fix}
    subtypes:
      - {name: too_big, title: Too big, match: ["file exceeds <num:limit_mb>MB"]}
  - code: busy
    title: Busy
    description: Too many requests
    aliases: [rate_limited]
    retry: {action: wait, automatic: true, wait: {min: 1s, max: 90s}}
  - {code: mystery, title: Mystery, description: Nobody knows, retry: {action: support}}
`

func extractorOf(t testing.TB) *extract.Extractor {
	t.Helper()
	table, findings := spec.Parse("table.yaml", shop, nil)
	if table != nil {
		findings = append(findings, validate.Run(table)...)
	}
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	x, err := extract.New(table)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// An outcome is the result of a job.
type outcome struct {
	out   string
	bad   []Bad
	stats Stats
	err   error
}

// String formats an outcome for comparisons.
func (o outcome) String() string {
	var b strings.Builder
	b.WriteString(o.out)
	for _, bad := range o.bad {
		fmt.Fprintf(&b, "%s:%d: %s\n", bad.File, bad.Line, bad.Reason)
	}
	fmt.Fprintf(&b, "%+v %v\n", o.stats, o.err)
	return b.String()
}

// run runs a job with inputs from the readers.
func run(job Job, sources ...io.Reader) outcome {
	var out bytes.Buffer
	var o outcome
	if job.Summary == nil && job.Out == nil {
		job.Out = &out
	}
	job.Bad = func(b Bad) { o.bad = append(o.bad, b) }
	for i, src := range sources {
		job.Inputs = append(job.Inputs, inputOf(fmt.Sprintf("f%d", i+1), src))
	}
	o.stats, o.err = job.Run(context.Background())
	o.out = out.String()
	return o
}

func inputOf(name string, src io.Reader) Input {
	return Input{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(src), nil }}
}
