package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A response is one task response.
type response struct {
	id, object, status, model string
	progress                  int
	results                   []string
	failed                    bool
	code, message             string // of a failed task; either may be empty
	created                   int64
}

// A source generates responses.
type source struct {
	rand     *rand.Rand
	failures []failure
}

var models = []string{
	"gemini-3.1-flash-image-preview", "sora-2", "veo-3.1-fast", "seedream-4.5", "kling-o3-image-to-video", "gpt-image-1.5",
}

// tips follow the message, according to the documentation of the service.
var tips = []string{
	"Your request was blocked by safety filters. Please modify your prompt and try again.",
	"Tips:\n• Use a more specific description\n• Avoid \"real people\"\n• See https://docs.evolink.ai/en/api-manual",
	"This is usually temporary — the system switches to another route automatically.",
	"建议：请修改提示词后重试。",
}

func (s *source) next() response {
	a := response{
		id:      "task-unified-" + s.digits(10) + "-" + s.letters(8),
		object:  pick(s, []string{"image.generation.task", "video.generation.task"}),
		model:   pick(s, models),
		created: 1772618027 + s.rand.Int64N(1e7),
	}
	switch n := s.rand.IntN(100); {
	case n < 60:
		a.status, a.progress = "completed", 100
		for range 1 + s.rand.IntN(4) {
			a.results = append(a.results, "https://files.evolink.ai/"+s.letters(16)+"/"+s.letters(24)+".png?sig="+s.letters(32))
		}
	case n < 80:
		a.status, a.progress = pick(s, []string{"pending", "processing"}), s.rand.IntN(100)
	default:
		a.status, a.failed = "failed", true
		s.fail(&a)
	}
	return a
}

// fail adds an error to the response. Policy violations are the most frequent.
func (s *source) fail(a *response) {
	f := s.failures[0]
	if s.rand.IntN(3) > 0 {
		f = pick(s, s.failures)
	}
	if s.rand.IntN(50) > 0 {
		a.code = f.code
	}
	if s.rand.IntN(20) > 0 {
		a.message = pick(s, f.messages)
	}
	if s.rand.IntN(2) > 0 {
		a.message = strings.TrimSpace(a.message + ".\n" + pick(s, tips))
	}
}

func pick[T any](s *source, all []T) T { return all[s.rand.IntN(len(all))] }

func (s *source) letters(n int) string {
	return s.word(n, "abcdefghijklmnopqrstuvwxyz0123456789")
}

func (s *source) digits(n int) string { return s.word(n, "123456789") }

func (s *source) word(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[s.rand.IntN(len(alphabet))]
	}
	return string(b)
}

// clock returns the time of a response in the format of logs.
func (a response) clock() string {
	day := a.created % (24 * 3600)
	return fmt.Sprintf("2026-03-%02dT%02d:%02d:%02d.%03dZ", 1+a.created%28, day/3600, day/60%60, day%60, a.created%1000)
}
