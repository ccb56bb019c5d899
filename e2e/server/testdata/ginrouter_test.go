package ginrouter

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"example.com/shop/apierr"
	"example.com/shop/shoptest"
)

func TestRouter(t *testing.T) { shoptest.Upload(t, Router()) }

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
