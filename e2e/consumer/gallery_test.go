package gallery

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"

	"example.com/gallery/internal/apierr"
	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// inProcess handles requests without a network, so that time can be virtual.
type inProcess struct{ http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, r)
	return rec.Result(), nil
}

func TestDraw(t *testing.T) {
	fail := func(code apierr.Code, message string) fakeapi.Submission {
		return fakeapi.Submission{Code: code.String(), Message: message}
	}
	for name, test := range map[string]struct {
		api    []fakeapi.Submission
		paid   int
		notice string // "" if the picture is created
	}{
		"drawn":            {[]fakeapi.Submission{{}}, 1, ""},
		"a provider fails": {[]fakeapi.Submission{fail(apierr.CodeProviderFailed, "no route"), {}}, 2, ""},
		"no room":          {[]fakeapi.Submission{fail(apierr.CodeTooBusy, "")}, 3, "Many pictures are being drawn. Please come back in a minute."},
		"account":          {[]fakeapi.Submission{fail(apierr.CodeAccountLocked, "")}, 1, "The gallery is closed today."},
		"policy":           {[]fakeapi.Submission{fail(apierr.CodeContentPolicyViolation, "no")}, 1, "We do not draw that."},
		"someone famous":   {[]fakeapi.Submission{fail(apierr.CodeContentPolicyViolation, "a well-known person")}, 1, "We do not draw well-known people."},
		"not in the table": {[]fakeapi.Submission{fail("meteor_strike", "")}, 1, "The picture could not be drawn."},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := &fakeapi.API{Submissions: test.api}
				g := Gallery{HTTP: &http.Client{Transport: inProcess{api}}, Base: "http://api.test", Key: "k"}
				id, err := g.Draw(t.Context(), "a lighthouse")
				switch {
				case test.notice == "" && (err != nil || id == ""):
					t.Errorf("got %q, %v", id, err)
				case test.notice != "" && (err == nil || Notice(err) != test.notice):
					t.Errorf("got %v: %q, want %q", err, Notice(err), test.notice)
				}
				if paid := len(api.Posted()); paid != test.paid {
					t.Errorf("paid %d times, want %d", paid, test.paid)
				}
			})
		})
	}
}
