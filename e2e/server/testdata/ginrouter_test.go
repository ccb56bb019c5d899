package ginrouter

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"example.com/shop/apierr"
)

func TestRouter(t *testing.T) {
	router := Router()
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

// An error that is not a Failure is a service error, and its text is not sent.
func TestOtherError(t *testing.T) {
	r := gin.New()
	r.Use(sendErrors)
	r.GET("/", func(c *gin.Context) { c.Error(errors.New("secret")) })
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if strings.Contains(w.Body.String(), "secret") {
		t.Errorf("sent %s", w.Body)
	}
	if err := apierr.DecodeError(w.Code, w.Result().Header, w.Body.Bytes()); !errors.Is(err, apierr.CodeServiceError) {
		t.Error(err)
	}
}
