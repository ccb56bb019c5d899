package jsonscan

import (
	"encoding/json"
	"testing"
)

// The benchmarks find the same four values in a typical task response with this package and with
// encoding/json.

const response = `{"created":1782281812,"id":"task-unified-6171758632-rc8f5i2r","model":"gemini-3.1-flash-image-preview",` +
	`"object":"image.generation.task","progress":100,"results":["https://files.evolink.ai/fn4oi1hof2x9o2n2/hnqg0bv8bsechjzhbqs49m2a.png"],` +
	`"status":"failed","error":{"code":"content_policy_violation","message":"Content policy violation.\nYour request was blocked by safety filters."},` +
	`"task_info":{"can_cancel":true,"estimated_time":45},"type":"image","usage":{"billing_rule":"per_call","credits_reserved":2.5,"user_group":"default"}}`

func BenchmarkObject(b *testing.B) {
	p := Compile("id", "status", "error.code", "error.message")
	values := make([]string, 4)
	b.SetBytes(int64(len(response)))
	for b.Loop() {
		if _, err := p.Object(response, values); err != nil {
			b.Fatal(err)
		}
		if code, _ := Text(values[2]); code != "content_policy_violation" {
			b.Fatal(code)
		}
	}
}

func BenchmarkEncodingJSONStruct(b *testing.B) {
	data := []byte(response)
	b.SetBytes(int64(len(response)))
	for b.Loop() {
		var task struct {
			ID     string `json:"id"`
			Status string `json:"status"`
			Error  struct {
				Code    string `json:"code"`
				Message string `json:"message"`
			} `json:"error"`
		}
		if err := json.Unmarshal(data, &task); err != nil || task.Error.Code == "" {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncodingJSONPaths decodes values by paths that are only known at run time, as those of a
// table are.
func BenchmarkEncodingJSONPaths(b *testing.B) {
	b.SetBytes(int64(len(response)))
	for b.Loop() {
		for _, path := range [][]string{{"id"}, {"status"}, {"error", "code"}, {"error", "message"}} {
			if referenceText(reference(response, path...)) == "" {
				b.Fatal(path)
			}
		}
	}
}
