// Command read sends requests to the upload service and prints the errors that it reads:
// read URL < requests. Both are JSON, one on each line.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"example.com/upload/uploaderr"
)

// A request is sent with a form as its body, which may be "".
type request struct{ Method, Path, Form, ID string }

// names are the values of messages that are read.
var names = []string{"name", "limit_kb"}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var r request
		if err := in.Decode(&r); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		e, err := send(os.Args[1], r)
		if err != nil {
			log.Fatal(err)
		}
		if err := out.Encode(facts(e)); err != nil {
			log.Fatal(err)
		}
	}
}

// send returns the error in the response to a request.
func send(url string, r request) (*uploaderr.Error, error) {
	req, err := http.NewRequest(r.Method, url+r.Path, strings.NewReader(r.Form))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if r.ID != "" {
		req.Header.Set("X-Request-Id", r.ID)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var e *uploaderr.Error
	err = uploaderr.DecodeError(resp.StatusCode, resp.Header, body)
	if !errors.As(err, &e) {
		return nil, errors.Join(errors.New("not an error of the service"), err)
	}
	return e, nil
}

func facts(e *uploaderr.Error) map[string]any {
	values := map[string]string{}
	for _, name := range names {
		if value, ok := e.Value(name); ok {
			values[name] = value
		}
	}
	d := e.Decision()
	return map[string]any{
		"status": e.HTTPStatus, "wire": e.Wire, "code": e.Code, "known": e.Code.Known(), "subtype": d.Subtype, "automatic": d.Automatic,
		"message": e.Message, "values": values, "param": e.Param, "request_id": e.RequestID, "retry_after_ms": e.RetryAfter.Milliseconds(),
	}
}
