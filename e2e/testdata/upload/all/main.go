// Command all serves one response of each code and subtype of the next version of the table, under
// /0, /1 and so on. It prints its URL, and then each failure as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"net"
	"net/http"
	"os"

	"example.com/upload/uploaderr"
)

var failures = []*uploaderr.Failure{
	uploaderr.NewInvalidRequest().WithParam("name"),
	uploaderr.NewInvalidRequestNameNotAllowed("a b").WithParam("name"),
	uploaderr.NewInvalidRequestNameReserved("index"),
	uploaderr.NewInvalidRequestFileTooLarge(64),
	uploaderr.NewNotFound(),
	uploaderr.NewTooManyUploads(),
	uploaderr.NewServiceError(),
	uploaderr.NewFileLocked(),
	uploaderr.NewStorageFailed(),
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	out := json.NewEncoder(os.Stdout)
	for i, f := range failures {
		http.HandleFunc(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, r *http.Request) {
			status, header, body := f.WithRequestID(r.Header.Get("X-Request-Id")).Encode()
			maps.Copy(w.Header(), header)
			w.WriteHeader(status)
			w.Write(body)
		})
		status, _, _ := f.Encode()
		err := out.Encode(map[string]any{
			"status": status, "code": f.Code(), "subtype": f.Subtype(), "message": f.Message(), "retry_after_ms": f.RetryAfter().Milliseconds(),
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	log.Fatal(http.Serve(listener, nil))
}
