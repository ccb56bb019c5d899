package response

import (
	"encoding/json"
	"testing"
)

// body is a response of about 1 KB.
const body = `{"created":1782281812,"id":"task-unified-6171758632-rc8f5i2r","model":"gemini-3.1-flash-image-preview",` +
	`"object":"image.generation.task","progress":100,"results":["https://files.example.com/fn4oi1hof2x9o2n2/hnqg0bv8bsechjzhbqs49m2a.png",` +
	`"https://files.example.com/fn4oi1hof2x9o2n2/zzqg0bv8bsechjzhbqs49m2b.png","https://files.example.com/fn4oi1hof2x9o2n2/yyqg0bv8bsechjzhbqs49m2c.png"],` +
	`"status":"failed","error":{"code":"content_policy_violation","message":"Content policy violation.\nYour request was blocked by safety filters."},` +
	`"task_info":{"can_cancel":true,"estimated_time":45},"type":"image","usage":{"billing_rule":"per_call","credits_reserved":2.5,"user_group":"default"},` +
	`"prompt":"a lighthouse on a cliff above a stormy sea at dusk, oil on canvas, warm light in its windows, gulls, and a sailing boat that comes home"}`

// BenchmarkRead reads a failed task with a table of some dozen fields.
func BenchmarkRead(b *testing.B) {
	r := compileTable(b, readTable(b, gallery+"/evolink.yaml"))
	header := map[string][]string{"Content-Type": {"application/json"}, "X-Request-Id": {"req_1"}, "Date": {"Fri, 15 Jan 2027 08:00:10 GMT"}}
	data := []byte(body)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if got := r.Read(TaskCall, 200, header, data); got.Code != "content_policy_violation" {
			b.Fatal(got)
		}
	}
}

// BenchmarkStruct decodes the fields that the table names into a struct.
func BenchmarkStruct(b *testing.B) {
	data := []byte(body)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var task struct {
			ID, Status, Model string
			Progress          int
			Results           []string
			Error             struct{ Code, Type, Message, Param string }
		}
		if err := json.Unmarshal(data, &task); err != nil || task.Error.Code == "" {
			b.Fatal(err)
		}
	}
}

// TestAllocations counts the allocations of reading: the body as a string, its fields, and the message, which
// has an escape. That is 7 allocations, and 9 under the race detector.
func TestAllocations(t *testing.T) {
	r := compileTable(t, readTable(t, gallery+"/evolink.yaml"))
	data := []byte(body)
	if n := testing.AllocsPerRun(100, func() { r.Read(TaskCall, 200, nil, data) }); n > 9 {
		t.Errorf("%v allocations", n)
	}
}
