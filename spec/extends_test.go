package spec_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/validate"
)

const ours = "errspec: 1\nname: ours\ntitle: Our client\nextends: builtin:evolink\n"

// A table without additions equals its base table, except for the name and title.
func TestExtendNothing(t *testing.T) {
	got := accept(t, ours)
	want, _, err := spec.Load("builtin:evolink")
	if err != nil {
		t.Fatal(err)
	}
	want.Name, want.Title, want.Description = got.Name, got.Title, ""
	if got, want := encode(t, got, export.Options{}), encode(t, want, export.Options{}); got != want {
		t.Errorf("the table is\n%s\nits base table is\n%s", got, want)
	}
}

// Additions do not change the decisions about messages of the base table, except for those that
// they make stricter.
func TestExtendDecisions(t *testing.T) {
	base, _, err := spec.Load("builtin:evolink")
	if err != nil {
		t.Fatal(err)
	}
	extended := accept(t, ours+`codes:
  - {code: provider_failed, title: Provider Failed, class: server, description: A provider failed., retry: {action: wait}}
additions:
  - code: quota_exceeded
    aliases: [too_many_tasks]
  - code: service_error
    retry: {automatic: false}
  - code: content_policy_violation
    subtypes:
      - {name: celebrity_likeness, match: [famous person]}
      - {name: copyright_trademark, match: [company logo]}
`)
	before, err := classify.New(base)
	if err != nil {
		t.Fatal(err)
	}
	after, err := classify.New(extended)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range classify.Cases(base) {
		was, is := before.Vector(c.Wire, c.Message).Verdict, after.Vector(c.Wire, c.Message).Verdict
		if c.Wire == "service_error" && was.Automatic {
			was.Automatic = false
		}
		if was != is {
			t.Errorf("%q, %q was %+v, is %+v", c.Wire, c.Message, was, is)
		}
	}
	for _, c := range []struct{ wire, message, code, subtype string }{
		{"too_many_tasks", "", "quota_exceeded", ""},
		{"provider_failed", "x", "provider_failed", ""},
		{"content_policy_violation", "shows a Famous Person", "content_policy_violation", "content_policy_violation/celebrity_likeness"},
		{"content_policy_violation", "contains a company logo", "content_policy_violation", "content_policy_violation/copyright_trademark"},
	} {
		got := after.Vector(c.wire, c.message).Verdict
		if !got.Known || got.Code.String() != c.code || got.Subtype != c.subtype {
			t.Errorf("%q, %q is %+v", c.wire, c.message, got)
		}
	}
}

// On disk, the path of the base table is relative to the directory of the extending one.
func TestExtendOnDisk(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("vendor/base.yaml", head+"include: [more/*.yaml]\ncodes:\n  - {code: busy, title: Busy, description: It is busy.}\n")
	write("vendor/more/late.yaml", "codes:\n  - {code: late, title: Late, class: none, description: It is late.}\n")
	write("ours/errors.yaml", "errspec: 1\nname: ours\ntitle: Ours\nextends: ../vendor/base.yaml\nadditions:\n  - {code: late, fixes: [Wait.]}\n")
	t.Chdir(filepath.Join(root, "ours"))

	table, findings, err := spec.Load("errors.yaml")
	if err != nil || len(findings) > 0 {
		t.Fatalf("%v\n%s", err, print(t, diag.FormatText, findings))
	}
	late, ok := table.Code("late")
	if !ok || len(late.Fixes) != 1 {
		t.Errorf("late is %+v", late)
	}
	got := print(t, diag.FormatLine, validate.Run(table))
	if want := "../vendor/more/late.yaml:2:38: error: "; !strings.HasPrefix(got, want) {
		t.Errorf("findings are\n%s\nwant prefix %s", got, want)
	}
}

// AsStrictAs returns retry settings that are looser than neither operand.
func TestAsStrictAs(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		r, other := randomRetry(random), randomRetry(random)
		got := r.AsStrictAs(other)
		if loose := append(spec.Looser(r, got), spec.Looser(other, got)...); len(loose) > 0 {
			t.Fatalf("%+v and %+v give %+v, which is looser: %v", r, other, got, loose)
		}
		if r.Action != got.Action && got.Action != spec.ActionNever || !got.Action.Repeats() && (got.Automatic || !got.Wait.IsZero()) {
			t.Fatalf("%+v and %+v give %+v", r, other, got)
		}
	}
}

func randomRetry(r *rand.Rand) spec.Retry {
	all := spec.Actions()
	retry := spec.Retry{Action: all[r.IntN(len(all))]}
	if retry.Action.Repeats() {
		retry.Automatic = r.IntN(2) == 0
		low := time.Duration(r.IntN(4)) * time.Second
		retry.Wait = spec.Wait{Min: low, Max: low + time.Duration(r.IntN(4))*time.Second}
	}
	return retry
}
