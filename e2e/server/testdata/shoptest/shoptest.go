// Package shoptest tests routers of the shop.
package shoptest

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/shop/apierr"
)

// Upload uploads a file that is too large, and one that is not.
func Upload(t *testing.T, router http.Handler) {
	t.Helper()
	for size, want := range map[int64]int{8 << 20: 413, 1: http.StatusCreated} {
		req := httptest.NewRequest("POST", "/files", strings.NewReader("x"))
		req.ContentLength = size
		req.Header.Set("X-Request-Id", "r1")
		w := httptest.NewRecorder()
		router.ServeHTTP(w, req)
		if w.Code != want {
			t.Errorf("HTTP %d, want %d", w.Code, want)
		}
		if w.Code == http.StatusCreated {
			continue
		}
		var e *apierr.Error
		if err := apierr.DecodeError(w.Code, w.Result().Header, w.Body.Bytes()); !errors.As(err, &e) {
			t.Fatalf("HTTP %d: %v", w.Code, err)
		}
		limit, _ := e.Value("limit_mb")
		if !errors.Is(e, apierr.SubtypeTooLargeSize) || limit != "7" || e.Param != "file" || e.RequestID != "r1" {
			t.Errorf("got %+v, limit %q", e, limit)
		}
		if media := w.Result().Header.Get("Content-Type"); media != "application/problem+json" {
			t.Errorf("content type %q", media)
		}
	}
}
