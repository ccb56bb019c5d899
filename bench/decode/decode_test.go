// Package decode measures how long the generated evolink package takes to read a
// response, beside encoding/json with a struct that has the same fields.
package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/generated/evolink"
)

const (
	start = `{"created":1782281812,"id":"task-unified-6171758632-rc8f5i2r","model":"gemini-3.1-flash-image-preview",` +
		`"object":"image.generation.task","task_info":{"can_cancel":true,"estimated_time":45},"type":"image",` +
		`"usage":{"billing_rule":"per_call","credits_reserved":2.5,"user_group":"default"},` +
		`"prompt":"a lighthouse on a cliff above a stormy sea at dusk, oil on canvas, warm light in its windows, gulls, and a sailing boat that comes home",`
	completed = start + `"progress":100,"results":["https://files.example.com/fn4oi1hof2x9o2n2/hnqg0bv8bsechjzhbqs49m2a.png?sig=qk3v9d7s1m5x8c2b",` +
		`"https://files.example.com/fn4oi1hof2x9o2n2/zzqg0bv8bsechjzhbqs49m2b.png?sig=qk3v9d7s1m5x8c2b","https://files.example.com/fn4oi1hof2x9o2n2/` +
		`yyqg0bv8bsechjzhbqs49m2c.png?sig=qk3v9d7s1m5x8c2b","https://files.example.com/fn4oi1hof2x9o2n2/xxqg0bv8bsechjzhbqs49m2d.png?sig=qk3v9d7s1m5x8c2b"],` +
		`"status":"completed"}`
	failed = start + `"progress":40,"results":null,"status":"failed","error":{"code":"content_policy_violation",` +
		`"message":"Content policy violation: photorealistic people detected.\nYour request was blocked by safety filters. Please modify your prompt and try again.\n` +
		`Tips:\n• Use a more specific description of what is to be seen\n• Avoid the names of \"real people\", and of brands and of works that are protected\n` +
		`• See the documentation, where all the reasons are listed with examples of prompts"}}`
	// Of a program that escapes all other characters than ASCII, as Python's json.dumps does.
	escaped = start + `"progress":40,"results":null,"status":"failed","error":{"code":"content_policy_violation",` +
		`"message":"Content policy violation: photorealistic people detected.\nTips:\n\u2022 \u8bf7\u4fee\u6539\u63d0\u793a\u8bcd\uff0c\u7136\u540e\u91cd\u8bd5\u3002` +
		`\n\u2022 \u8bf7\u4f7f\u7528\u63d2\u753b\u98ce\u683c\uff0c\u4e0d\u8981\u4e0a\u4f20\u771f\u4eba\u7167\u7247\u3002` +
		`\n\u2022 \u66f4\u591a\u5185\u5bb9\u89c1\u6587\u6863\u3002"}}`
	running = `{"id":"task-unified-6171758632-rc8f5i2r","object":"image.generation.task","status":"processing","model":"gemini-3.1-flash-image-preview","progress":40}`
)

var responses = []struct{ name, body string }{{"completed", completed}, {"failed", failed}, {`failed, with \u escapes`, escaped}, {"running", running}}

// header is the header of a response of such a service.
var header = map[string][]string{
	"Content-Type": {"application/json"}, "Content-Length": {"1024"}, "Date": {"Fri, 15 Jan 2027 08:00:10 GMT"}, "Server": {"cloudflare"},
	"X-Request-Id": {"req_1"}, "Cf-Ray": {"8f0a1b2c3d4e5f60-FRA"}, "Strict-Transport-Security": {"max-age=31536000"}, "Vary": {"Accept-Encoding"},
}

// A task has the fields of evolink.Task and its error.
type task struct {
	ID, Object, Status, Model string
	Progress                  int64
	Results                   json.RawMessage
	Error                     *struct{ Code, Message string }
}

func viaPackage(body string) error {
	got, err := evolink.DecodeTask(200, header, bytes.NewReader([]byte(body)))
	if err == nil && (got.Done() == (body == running) || strings.Contains(body, `"failed"`) != errors.Is(got.Err(), evolink.CodeContentPolicyViolation)) {
		return fmt.Errorf("%+v", got)
	}
	return err
}

func viaStruct(body string) error {
	data, err := io.ReadAll(bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	got := new(task)
	err = json.Unmarshal(data, got)
	if err == nil && (got.Status == "failed") != (got.Error != nil && got.Error.Code == "content_policy_violation") {
		return fmt.Errorf("%+v", got)
	}
	return err
}

var rounds = flag.Int("rounds", 61, "rounds of which the medians are printed")

// TestTable prints the figures of the README.
func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const times = 2000
	t.Logf("| | bytes | encoding/json µs | allocations | DecodeTask µs | allocations | ratio of times | of allocations |")
	for _, r := range responses {
		body := r.body
		var took [2][]float64
		read := []func(string) error{viaStruct, viaPackage}
		for range *rounds {
			for _, k := range rand.Perm(2) {
				start := time.Now()
				for range times {
					if err := read[k](body); err != nil {
						t.Fatal(err)
					}
				}
				took[k] = append(took[k], float64(time.Since(start).Nanoseconds())/times/1000)
			}
		}
		var allocs [2]float64
		for k := range read {
			slices.Sort(took[k])
			allocs[k] = testing.AllocsPerRun(100, func() { _ = read[k](body) })
		}
		s, p := took[0][*rounds/2], took[1][*rounds/2]
		t.Logf("| %s | %d | %.2f | %.0f | %.2f | %.0f | %.2f | %.2f |", r.name, len(body), s, allocs[0], p, allocs[1], p/s, allocs[1]/allocs[0])
	}
}

func BenchmarkDecodeTask(b *testing.B) { benchmark(b, viaPackage) }
func BenchmarkStruct(b *testing.B)     { benchmark(b, viaStruct) }

func benchmark(b *testing.B, read func(string) error) {
	for _, r := range responses {
		b.Run(r.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := read(r.body); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
