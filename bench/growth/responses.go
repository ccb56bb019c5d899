package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing/fstest"
	"time"

	"github.com/errspec/errspec/generated/evolink"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"

	"github.com/errspec/errspec/bench/internal/tables"
)

// A made is a response of a size.
type made struct {
	header map[string][]string
	body   string
}

// responseCells returns the cells of decoding a response with many or large parts. The
// names identify it.
func responseCells() []cell {
	var cells []cell
	add := func(name string, size int, make func(n int) made, read func(made) error) {
		cells = append(cells, cell{name: name, size: size, prepare: func(_ workshop, _, _ string, n int) (run, error) {
			return reading(make(n), read), nil
		}})
	}
	const failed = `"error":{"code":"service_error","message":"m"}}`
	members := func(n int) made { return made{body: "{" + each(n, `"k%d":[%[1]d],`) + failed} }
	add("DecodeError members", 20_000, members, decodeError)
	add("DecodeError same member", 5_000, func(n int) made {
		return made{body: "{" + strings.Repeat(failed[:len(failed)-1]+",", n) + failed}
	}, decodeError)
	add("DecodeError depth", 2_000, func(n int) made {
		return made{body: `{"results":[` + strings.Repeat(strings.Repeat("[", n)+strings.Repeat("]", n)+",", 50) + "0]," + failed}
	}, decodeError)
	add("DecodeError message", 200_000, func(n int) made {
		return made{body: `{"error":{"code":"service_error","message":"` + strings.Repeat(`photorealistic \n`, n/17) + `"}}`}
	}, decodeError)
	headers := func(n int) map[string][]string {
		header := make(map[string][]string)
		for i := range n {
			header[fmt.Sprint("X-", i)] = []string{"v"}
		}
		return header
	}
	add("DecodeError headers", 20_000, func(n int) made { return made{headers(n), "{" + failed} }, decodeError)
	add("DecodeError delays", 20_000, func(n int) made {
		return made{map[string][]string{"Retry-After": strings.Split(each(n, "%d,")+"1", ",")}, "{" + failed}
	}, decodeError)
	add("JSON members", 20_000, members, store)
	add("Read elements", 5_000, func(n int) made {
		return made{headers(n), `{"errors":[` + each(n, `{"code":"c%d","message":"m","wait":1},`) + `{"code":"busy"}]}`}
	}, read)
	add("Read inner elements", 5_000, func(n int) made {
		return made{body: `{"errors":[{"code":"busy","details":[` + each(n, `{"reason":"r%d"},`) + `{"reason":"slow"}]}]}`}
	}, read)
	add("Read results", 5_000, func(n int) made { // the headers and the array grow
		header := map[string][]string{"Retry-After": strings.Split(each(n, "%d,")+"1", ",")}
		return made{header, "[" + strings.Repeat(`{"message":"m"},`, n) + `{"code":"busy"}]`}
	}, read)
	return cells
}

// each returns n texts of a format, in which the number of each is a verb.
func each(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// timesRead is how many times a run reads a response.
const timesRead = 20

// reading returns a run that reads a response.
func reading(r made, read func(made) error) run {
	return func() (time.Duration, error) {
		start := cpuTime()
		for range timesRead {
			if err := read(r); err != nil {
				return 0, err
			}
		}
		return cpuTime() - start, nil
	}
}

// decodeError reads a response with the EvoLink package.
func decodeError(r made) error {
	err := evolink.DecodeError(400, r.header, []byte(r.body))
	if !errors.Is(err, evolink.CodeServiceError) {
		return fmt.Errorf("DecodeError: %v", err)
	}
	return nil
}

// store reads a response with the EvoLink package, stores it and reads it again.
func store(r made) error {
	data, err := json.Marshal(evolink.DecodeError(400, r.header, []byte(r.body)))
	if err != nil {
		return err
	}
	e := new(evolink.Error)
	if err := json.Unmarshal(data, e); err != nil || e.Code != evolink.CodeServiceError {
		return fmt.Errorf("UnmarshalJSON: %v, %w", e, err)
	}
	return nil
}

// arrays is a table whose responses have arrays, which EvoLink's have not.
const arrays = `errspec: 1
name: arrays
title: Arrays
response:
  fields:
    errors[].code: {role: code}
    errors[].message: {role: message}
    errors[].wait: {role: retry_after}
    errors[].details[].reason: {role: subtype}
    code: {role: code}
    message: {role: message}
codes:
  - code: busy
    title: Busy
    description: Too much to do.
    retry: {action: wait, automatic: true}
    subtypes:
      - {name: slow, title: Slow}
`

var arraysReader = func() *response.Reader {
	table, findings := spec.Parse(tables.File, arrays, fstest.MapFS{})
	if findings.HasErrors() {
		panic(findings)
	}
	reader, err := classify.NewReader(table)
	if err != nil {
		panic(err)
	}
	return reader
}()

// read reads a response with arrays.
func read(r made) error {
	if got := arraysReader.Read(response.PlainCall, 200, r.header, []byte(r.body)); got.Code != "busy" {
		return fmt.Errorf("reading gives %+v", got)
	}
	return nil
}
