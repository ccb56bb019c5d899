package logstream

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
)

// orderOfShop returns the position of a code in the table.
func orderOfShop(code string) int {
	return strings.Index(shop, "code: "+code)
}

func summaryOf(t *testing.T, workers int, texts ...string) *Summary {
	t.Helper()
	s := new(Summary)
	var sources []io.Reader
	for _, text := range texts {
		sources = append(sources, strings.NewReader(text))
	}
	if o := run(Job{Extractor: extractorOf(t), Summary: s, Workers: workers}, sources...); o.err != nil || o.out != "" {
		t.Fatal(o)
	}
	return s
}

func TestSummary(t *testing.T) {
	first := strings.Join([]string{
		failed("t-1", "busy", "slow down"),
		failed("t-2", "bad_input", "the file exceeds 10MB"),
		failed("t-3", "new_one", "first"),
		failed("t-4", "often", ""),
		failed("t-5", "bad_input", "something else"),
		`{"id":"t-6","status":"failed"}`,
		`{"id":"t-7","status":"completed"}`,
	}, "\n")
	second := strings.Join([]string{
		failed("t-8", "often", "a"), failed("t-9", "often", " a "), failed("t-10", "often", "b"), failed("t-11", "often", "c"), failed("t-12", "often", "d"),
		"upload: file exceeds 3MB", // identified by a phrase only
		failed("t-13", "rate_limited", ""),
		failed("t-14", "also_new", "x"),
	}, "\n")
	want := []Row{
		{Code: "often", Action: "support", Count: 6, File: "f1", Line: 4, Samples: []string{"a", "b", "c"}},
		{Code: "also_new", Action: "support", Count: 1, File: "f2", Line: 8, Samples: []string{"x"}},
		{Code: "new_one", Action: "support", Count: 1, File: "f1", Line: 3, Samples: []string{"first"}},
		{Code: "", Action: "support", Count: 1, File: "f1", Line: 6},
		{Code: "bad_input", Known: true, Action: "fix", Count: 1, File: "f1", Line: 5},
		{Code: "bad_input", Known: true, Subtype: "bad_input/too_big", Action: "fix", Count: 2, Phrase: 1, File: "f1", Line: 2},
		{Code: "busy", Known: true, Action: "wait", Count: 2, File: "f1", Line: 1},
	}
	for _, workers := range []int{1, 4} {
		s := summaryOf(t, workers, first, second)
		if got := s.Rows(orderOfShop); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: got\n%+v, want\n%+v", workers, got, want)
		}
		if s.More() != 0 {
			t.Errorf("%d errors have no row", s.More())
		}
	}
	if rows := new(Summary).Rows(orderOfShop); len(rows) > 0 {
		t.Errorf("an unused summary has the rows %v", rows)
	}
}

// Any number and length of codes and messages needs bounded memory.
func TestSummaryIsBounded(t *testing.T) {
	var text strings.Builder
	for i := range maxUnlisted + 50 {
		fmt.Fprintln(&text, failed("t", fmt.Sprint("code_", i), "m"))
		fmt.Fprintln(&text, failed("t", "busy", "m"))
		fmt.Fprintln(&text, failed("t", "code_0", "n"))
	}
	s := summaryOf(t, 2, text.String())
	rows := s.Rows(orderOfShop)
	if len(rows) != maxUnlisted+1 || s.More() != 50 {
		t.Errorf("%d rows and %d errors in none", len(rows), s.More())
	}
	if r := rows[0]; r.Code != "code_0" || r.Count != maxUnlisted+51 {
		t.Errorf("the first row is %+v", r)
	}
	if r := rows[len(rows)-1]; r.Code != "busy" || r.Count != maxUnlisted+50 {
		t.Errorf("the last row is %+v", r)
	}

	long := strings.Repeat("é", maxSampleSize)
	rows = summaryOf(t, 1, failed("t", "c"+long, long)+"\n"+failed("t", "c"+long+"x", long+"x")).Rows(orderOfShop)
	cut := strings.Repeat("é", maxSampleSize/2)
	if len(rows) != 1 || rows[0].Code != "c"+cut[:len(cut)-2]+"…" || !reflect.DeepEqual(rows[0].Samples, []string{cut + "…"}) || rows[0].Count != 2 || !rows[0].Cut {
		t.Errorf("long texts become %+v", rows)
	}
}

// A job may print and count decisions, or neither.
func TestSummaryWithDecisions(t *testing.T) {
	var out bytes.Buffer
	s := new(Summary)
	text := failed("t-1", "busy", "")
	run(Job{Extractor: extractorOf(t), Summary: s, Out: &out}, strings.NewReader(text))
	if out.String() != wantBusy(1, "t-1") || len(s.Rows(orderOfShop)) != 1 {
		t.Errorf("got %q and %v", out.String(), s.Rows(orderOfShop))
	}
}
