// Command generate runs the example client against a local fake of the API, once for
// each scenario, and prints the results.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/errspec/errspec/generated/evolink"
	"github.com/errspec/errspec/generated/examples/client"
	"github.com/errspec/errspec/generated/examples/fakeapi"
)

func main() {
	log.SetFlags(0)
	for _, s := range scenarios() {
		fmt.Printf("== %s\n", s.name)
		api := &fakeapi.API{Submissions: s.submissions}
		server := httptest.NewServer(api)
		c := client.Client{HTTP: server.Client(), Base: server.URL, Key: "test", Interval: 50 * time.Millisecond}
		ctx, cancel := context.WithTimeout(context.Background(), 7*time.Second)
		task, err := c.Generate(ctx, c.Policy.Begin(""), "/v1/images/generations", []byte(`{"prompt":"a lighthouse"}`))
		cancel()
		server.Close()
		show(task, err)
		fmt.Printf("(%d submitted, %d polls)\n\n", len(api.Posted()), api.Polls())
	}
}

// show prints a result for people.
func show(task *evolink.Task, err error) {
	var stopped *evolink.PollError
	switch {
	case err == nil:
		fmt.Println("completed:", task.ID)
	case errors.Is(err, evolink.SubtypeInvalidParametersFileTooLarge):
		fmt.Println("the file is too large for the model")
		fmt.Print(evolink.Explain(err))
	case errors.As(err, &stopped):
		fmt.Println("poll again:", stopped.TaskID)
		fmt.Print(evolink.Explain(err))
	default:
		fmt.Print(evolink.Explain(err))
	}
}

type scenario struct {
	name        string
	submissions []fakeapi.Submission
}

// scenarios returns successes, a failure with every code, and failed requests.
func scenarios() []scenario {
	fail := func(code, message string) []fakeapi.Submission {
		return []fakeapi.Submission{{Code: code, Message: message}}
	}
	respond := func(r fakeapi.Response) []fakeapi.Submission { return []fakeapi.Submission{{Response: r}} }
	all := []scenario{
		{"success", []fakeapi.Submission{{}}},
		{"slow success", []fakeapi.Submission{{Polls: []fakeapi.Response{{}, {Delay: 200 * time.Millisecond}, {}}}}},
		{"failed polls, then a success", []fakeapi.Submission{{Polls: []fakeapi.Response{{Status: 503}, {Drop: true}, {Body: "<html>"}}}}},
		{"only failed polls", []fakeapi.Submission{{Polls: make502(20)}}},
		{"429 with Retry-After, then a success", []fakeapi.Submission{{Response: fakeapi.Response{Status: http.StatusTooManyRequests, RetryAfter: "1"}}, {}}},
		{"429 that requests a wait of an hour", respond(fakeapi.Response{Status: http.StatusTooManyRequests, RetryAfter: "3600"})},
		{"the response to the submission is lost", respond(fakeapi.Response{Drop: true})},
		{"the response to the submission is malformed", respond(fakeapi.Response{Body: `{"id": "task-`})},
		{"503 without a code", respond(fakeapi.Response{Status: http.StatusServiceUnavailable, Body: "<h1>Unavailable</h1>"})},
		{"a file that is too large", fail("invalid_parameters", "file size exceeds 10MB")},
		{"an unlisted code", fail("upstream_error", "no route")},
		{"no result once, then a success", []fakeapi.Submission{{Code: "generation_failed_no_content"}, {}}},
	}
	for _, code := range evolink.Codes() {
		all = append(all, scenario{"a task that fails with " + code.String(), fail(code.String(), "for this example")})
	}
	return all
}

func make502(n int) []fakeapi.Response {
	responses := make([]fakeapi.Response, n)
	for i := range responses {
		responses[i].Status = http.StatusBadGateway
	}
	return responses
}
