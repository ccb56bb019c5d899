package response

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// collected is where a collection of real responses may be, relative to the repository: its files
// are one a service, and its expectations must match the meanings in the gallery.
const collected = "../../../shared/responses"

// A collectedResponse is a response of the collection. Its pointers are nil for null.
type collectedResponse struct {
	Name    string
	Call    string
	Status  int
	Headers map[string]string
	Body    json.RawMessage
	Expect  struct {
		Outcome                             string
		Known                               bool
		Code, Subtype, Message, Task, Param string
		RequestID                           string  `json:"request_id"`
		RetryAfter                          float64 `json:"retry_after_s"`
		Automatic                           *bool   `json:"automatic_allowed_by_docs"`
	}
}

func (c *collectedResponse) response() galleryResponse {
	return galleryResponse{Name: c.Name, Call: c.Call, HTTP: c.Status, Headers: c.Headers, Body: c.Body, Gives: given{
		Outcome: c.Expect.Outcome, Code: c.Expect.Code, Known: c.Expect.Known, Subtype: c.Expect.Subtype, Message: c.Expect.Message, Task: c.Expect.Task,
		Param: c.Expect.Param, RequestID: c.Expect.RequestID, RetryAfter: c.Expect.RetryAfter,
	}}
}

func readCollected(t testing.TB) map[string][]collectedResponse {
	t.Helper()
	names, _ := filepath.Glob(collected + "/*.json")
	if len(names) == 0 {
		t.Skipf("no collection of responses at %s", collected)
	}
	all := make(map[string][]collectedResponse)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var service struct{ Answers []collectedResponse }
		if err := json.Unmarshal(data, &service); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".json")] = service.Answers
	}
	return all
}

// inexpressible are the responses that no table can describe, and why.
var inexpressible = map[string]string{
	"aws/S3 XML":                                  "XML",
	"aws/S3 XML error in a 200":                   "XML",
	"connect/418: all others":                     "a code for all other statuses",
	"replicate/throttled, delay in the text only": "a delay in prose",
}

// TestCollected reads the responses of the collection with the tables of the gallery.
func TestCollected(t *testing.T) {
	total, right, withheld := 0, 0, 0
	for service, responses := range readCollected(t) {
		reader := compileTable(t, readTable(t, gallery+"/"+service+".yaml"))
		for _, c := range responses {
			r := c.response()
			got := r.read(reader)
			total++
			if c.Expect.Automatic != nil {
				if got.Automatic && !*c.Expect.Automatic {
					t.Errorf("%s/%s is automatic", service, c.Name)
				}
				if !got.Automatic && *c.Expect.Automatic {
					t.Logf("%s/%s is not automatic", service, c.Name)
					withheld++
				}
			}
			got.Automatic = false
			why, known := inexpressible[service+"/"+c.Name]
			switch {
			case got == r.Gives && known:
				t.Errorf("%s/%s can be described", service, c.Name)
			case got == r.Gives:
				right++
			case known:
				t.Logf("%s/%s: %s", service, c.Name, why)
			default:
				t.Errorf("%s/%s: got %s\nwant %s", service, c.Name, show(got), show(r.Gives))
			}
		}
	}
	t.Logf("%d of %d responses are right, %d are not automatic although they may be", right, total, withheld)
}
