//go:build go1.25

//go:debug asynctimerchan=0

package fakeapi

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A post is a submission, and the start of the wanted response.
type post struct {
	after     time.Duration
	key, body string
	status    int
	want      string
}

func TestKeys(t *testing.T) {
	for name, c := range map[string]struct {
		keys    Keys
		posts   []post
		charges map[string]int
	}{
		"no keys": {Keys{}, []post{
			{key: "k", body: "a", status: 200, want: `{"id":"task-0"`},
			{key: "k", body: "a", status: 200, want: `{"id":"task-1"`},
		}, map[string]int{"a": 2}},
		"replayed, and forgotten": {Keys{Header: "Key", For: time.Hour}, []post{
			{key: "k", body: "a", status: 200, want: `{"id":"task-0"`},
			{key: "l", body: "b", status: 200, want: `{"id":"task-1"`},
			{after: time.Hour - 1, key: "k", body: "a", status: 200, want: `{"id":"task-0"`},
			{after: 1, key: "k", body: "a", status: 200, want: `{"id":"task-3"`},
			{body: "a", status: 200, want: `{"id":"task-4"`},
		}, map[string]int{"a": 3, "b": 1}},
		"another request": {Keys{Header: "Key"}, []post{
			{key: "k", body: "a", status: 200, want: `{"id":"task-0"`},
			{key: "k", body: "b", status: 409, want: `{"error":{"code":"idempotency_conflict"`},
		}, map[string]int{"a": 1}},
		"rejected": {Keys{Header: "Key", Rejects: true}, []post{
			{key: "k", body: "a", status: 200, want: `{"id":"task-0"`},
			{key: "k", body: "a", status: 409, want: `{"error":{"code":"idempotency_conflict"`},
		}, map[string]int{"a": 1}},
		"pending": {Keys{Header: "Key", Pending: time.Minute}, []post{
			{key: "k", body: "a", status: 200, want: `{"id":"task-0"`},
			{after: time.Minute - 1, key: "k", body: "a", status: 409, want: `{"error":{"code":"paid_outcome_unknown"`},
			{after: 1, key: "k", body: "a", status: 200, want: `{"id":"task-0"`},
		}, map[string]int{"a": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := &API{Submissions: []Submission{{}}, Keys: c.keys}
				for i, p := range c.posts {
					time.Sleep(p.after)
					if got := send(api, p.key, p.body); got.Code != p.status || !strings.HasPrefix(got.Body.String(), p.want) {
						t.Errorf("submission %d: got %d %s, want %s", i, got.Code, got.Body, p.want)
					}
				}
				if got := api.Charges(); len(got) != len(c.charges) || got["a"] != c.charges["a"] || got["b"] != c.charges["b"] {
					t.Errorf("charged %v, want %v", got, c.charges)
				}
			})
		})
	}
}

func send(api *API, key, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/v1/images/generations", strings.NewReader(body))
	if key != "" {
		r.Header.Set("Key", key)
	}
	w := httptest.NewRecorder()
	api.ServeHTTP(w, r)
	return w
}

func poll(api *API, id string) string {
	w := httptest.NewRecorder()
	api.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/v1/tasks/"+id, nil))
	return w.Body.String()
}

// A task runs, ends, is called back once, and is charged unless its code is free.
func TestTask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var called []string
		api := &API{
			Next: func(submissions, tasks int) Submission {
				return Submission{Runs: time.Minute, Code: []string{"", "free", "paid"}[tasks], Message: "m", Effect: []Effect{EffectTask, EffectNone, EffectOfStatus, EffectOfStatus}[submissions]}
			},
			ChargesFailed: func(code string) bool { return code == "paid" },
			Callback: func(task []byte) {
				mu.Lock()
				defer mu.Unlock()
				called = append(called, string(task))
			},
		}
		for range 4 {
			send(api, "", "a")
		}
		for _, id := range []string{"task-0", "task-2", "task-3"} {
			if got := poll(api, id); !strings.Contains(got, `"status":"processing"`) {
				t.Errorf("%s is %s", id, got)
			}
		}
		if got := poll(api, "task-1"); !strings.Contains(got, "resource_not_found") {
			t.Errorf("the submission that creates no task: %s", got)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		if got := poll(api, "task-2"); !strings.Contains(got, `"status":"failed","model":"fake","progress":0,"error":{"code":"free","message":"m"}`) {
			t.Errorf("the failed task is %s", got)
		}
		if got := poll(api, "task-0"); len(called) != 3 || !strings.Contains(strings.Join(called, "\n"), got) {
			t.Errorf("called with %q, without %s", called, got)
		}
		if got := api.Charges()["a"]; got != 2 {
			t.Errorf("charged %d times, want 2", got)
		}
		posted := api.Posted()
		if !posted[2].Reported || posted[3].Reported || posted[1].TaskID != "" || posted[2].TaskID != "task-2" || posted[0].Request != "a" {
			t.Errorf("%+v", posted)
		}
	})
}

// A response can be lost before and after the charge, and an error can follow the charge.
func TestEffect(t *testing.T) {
	for _, c := range []struct {
		s       Submission
		charges int
	}{
		{Submission{Response: Response{Drop: true}}, 1},
		{Submission{Response: Response{Drop: true}, Effect: EffectNone}, 0},
		{Submission{Response: Response{Status: 503}}, 0},
		{Submission{Response: Response{Status: 503}, Effect: EffectTask}, 1},
		{Submission{Response: Response{Body: "<html>"}}, 1},
		{Submission{Response: Response{Body: "<html>"}, Effect: EffectNone}, 0},
	} {
		api := &API{Submissions: []Submission{c.s}}
		func() {
			defer func() {
				if p := recover(); (p == http.ErrAbortHandler) != c.s.Response.Drop {
					t.Errorf("%+v: panic with %v", c.s, p)
				}
			}()
			if got := send(api, "", "a"); got.Code != max(c.s.Response.Status, 200) || got.Body.String() != c.s.Response.Body {
				t.Errorf("%+v: got %d %s", c.s, got.Code, got.Body)
			}
		}()
		if got := api.Charges()["a"]; got != c.charges {
			t.Errorf("%+v: charged %d times, want %d", c.s, got, c.charges)
		}
	}
}
