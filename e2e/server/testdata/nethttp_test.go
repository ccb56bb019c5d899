package nethttp

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/shop/apierr"
)

// exchange returns the error that a client reads from the response to a POST request.
func exchange(t *testing.T, h http.Handler, size int64) *apierr.Error {
	t.Helper()
	req := httptest.NewRequest("POST", "/files", strings.NewReader("x"))
	req.ContentLength = size
	req.Header.Set("X-Request-Id", "r1")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	if w.Code == http.StatusCreated {
		return nil
	}
	if media := w.Result().Header.Get("Content-Type"); media != "application/problem+json" {
		t.Errorf("content type %q", media)
	}
	var e *apierr.Error
	if err := apierr.DecodeError(w.Code, w.Result().Header, w.Body.Bytes()); !errors.As(err, &e) {
		t.Fatalf("HTTP %d: %v", w.Code, err)
	}
	return e
}

func TestHandler(t *testing.T) {
	h := Handler()
	e := exchange(t, h, 8<<20)
	if limit, _ := e.Value("limit_mb"); !errors.Is(e, apierr.SubtypeTooLargeSize) || limit != "7" || e.Param != "file" || e.RequestID != "r1" || e.HTTPStatus != 413 {
		t.Errorf("got %+v, limit %q", e, limit)
	}
	if e := exchange(t, h, 1); e != nil {
		t.Errorf("got %+v", e)
	}
	for err, want := range map[error]error{
		errors.New("secret"):       apierr.CodeServiceError,
		apierr.NewStorageFailed():  apierr.CodeServiceError,
		apierr.NewBusy():           apierr.CodeBusy,
		apierr.NewTooLargeSize(.5): apierr.SubtypeTooLargeSize,
	} {
		e := exchange(t, handler(func(http.ResponseWriter, *http.Request) error { return err }), 1)
		if !errors.Is(e, want) || e.Decision().Automatic != (want == apierr.CodeBusy) || e.RetryAfter != map[error]time.Duration{apierr.CodeBusy: 10 * time.Second}[want] {
			t.Errorf("%v: read %+v, want %v", err, e, want)
		}
		if strings.Contains(e.Message, "secret") || strings.Contains(e.Wire, "storage") {
			t.Errorf("sent %+v", e)
		}
	}
}
