// Package upload is a service that stores small files. The table errors.yaml lists all
// errors that it sends, and uploaderr is generated from the table.
package upload

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"regexp"
	"sync"
	"time"

	"example.com/upload/uploaderr"
)

// Limits of the service.
const (
	MaxFile    = 64 << 10 // size of a file, in bytes
	maxRequest = 8 << 20  // size of a request, in bytes
	window     = time.Minute
)

// A Service stores files in a directory:
//
//	POST /files          stores a file; its form has the fields name and content
//	GET  /files/{name}   returns the content of a file
type Service struct {
	Dir       *os.Root
	PerMinute int              // maximum number of uploads in one minute
	Log       *slog.Logger     // for errors and their causes
	Now       func() time.Time // current time

	mu      sync.Mutex
	start   time.Time // of the current minute
	uploads int       // in the current minute
}

// Handler returns the HTTP handler of the service.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /files", s.handle(s.upload))
	mux.HandleFunc("GET /files/{name}", s.handle(s.file))
	return mux
}

// handle returns a handler that sends the error of serve.
func (s *Service) handle(serve func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, r); err != nil {
			s.sendError(w, r, err)
		}
	}
}

// sendError logs an error and sends it. An error that is not a Failure is the cause of a
// service error. The cause is logged and not sent.
func (s *Service) sendError(w http.ResponseWriter, r *http.Request, err error) {
	var failure *uploaderr.Failure
	if !errors.As(err, &failure) {
		failure = uploaderr.NewServiceError().WithCause(err)
	}
	failure = failure.WithRequestID(requestID(r))
	s.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", failure)
	status, header, body := failure.Encode()
	maps.Copy(w.Header(), header)
	w.WriteHeader(status)
	w.Write(body) // fails only if the connection is lost
}

// Request IDs of clients, and names of files.
var (
	allowedID   = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)
	allowedName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
)

// requestID returns the ID that the client has sent, if it is allowed, or a new one.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); allowedID.MatchString(id) {
		return id
	}
	return rand.Text()
}

func (s *Service) upload(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	if err := r.ParseForm(); err != nil {
		return uploaderr.NewInvalidRequest().WithCause(err)
	}
	for key := range r.PostForm {
		if key != "name" && key != "content" {
			return uploaderr.NewInvalidRequest().WithParam(key)
		}
	}
	name, content := r.PostForm.Get("name"), r.PostForm.Get("content")
	switch {
	case name == "":
		return uploaderr.NewInvalidRequest().WithParam("name")
	case !allowedName.MatchString(name):
		return uploaderr.NewInvalidRequestNameNotAllowed(name).WithParam("name")
	case len(content) > MaxFile:
		return uploaderr.NewInvalidRequestFileTooLarge(MaxFile / 1024).WithParam("content")
	}
	if wait := s.charge(); wait > 0 {
		return uploaderr.NewTooManyUploads().WithRetryAfter(wait)
	}
	if err := s.Dir.WriteFile(name, []byte(content), 0o666); err != nil {
		return uploaderr.NewStorageFailed().WithCause(err)
	}
	w.WriteHeader(http.StatusCreated)
	return nil
}

// charge counts an upload. It returns 0, or the time until the next upload is allowed.
func (s *Service) charge() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	if now.Sub(s.start) >= window {
		s.start, s.uploads = now, 0
	}
	if s.uploads >= s.PerMinute {
		return window - now.Sub(s.start)
	}
	s.uploads++
	return 0
}

func (s *Service) file(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	if !allowedName.MatchString(name) {
		return uploaderr.NewInvalidRequestNameNotAllowed(name).WithParam("name")
	}
	content, err := s.Dir.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return uploaderr.NewNotFound().WithParam("name").WithCause(err)
	case err != nil:
		return uploaderr.NewStorageFailed().WithCause(err)
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(content)
	return nil
}
