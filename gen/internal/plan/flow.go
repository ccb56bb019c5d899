package plan

import (
	"fmt"

	"github.com/errspec/errspec/spec"
)

// A Flow is the decision whether to retry a request, as a sequence of questions. Each
// answer leads to the next question or to an outcome. Pages draw it.
type Flow struct {
	Start     string
	Questions []Question
}

// A Question is one step of a [Flow].
type Question struct {
	Text     string
	Outcomes []Outcome
	Next     string // answer that leads to the next question, "" for the last question
}

// An Outcome is the advice after an answer.
type Outcome struct {
	Answer  string
	Verdict Verdict
	Text    []string // lines of advice
	Codes   []*Code  // codes to which it applies
}

// Flow returns the retry decision for the codes that pages show. It returns a Flow
// without questions if there are no such codes.
func (p *Plan) Flow() Flow {
	codes := make(map[Verdict][]*Code)
	throttled := 0
	for _, c := range p.Codes {
		if c.Internal {
			continue
		}
		v := c.Retry.Verdict()
		codes[v] = append(codes[v], c)
		if c.Retry.Automatic && c.Retry.Throttle {
			throttled++
		}
	}
	if len(codes) == 0 {
		return Flow{}
	}
	f := Flow{Start: "A request failed", Questions: []Question{{
		Text: "Is the outcome known?",
		Next: "yes",
		Outcomes: []Outcome{{
			Answer:  "no",
			Verdict: Retry{Action: spec.ActionUnknown}.Verdict(),
			Text:    []string{"Do not retry", "The task may be running, finished", "or charged. Find out first."},
		}},
	}, p.unlisted()}}
	if all := codes[verdictAutomatic]; len(all) > 0 {
		f.Questions = append(f.Questions, p.automatic(all, throttled))
	}
	last := Question{Text: "What does its code require?"}
	for _, v := range Verdicts() {
		if all := codes[v]; len(all) > 0 && v != verdictAutomatic {
			last.Outcomes = append(last.Outcomes, Outcome{Answer: v.Key, Verdict: v, Text: []string{v.Label}, Codes: all})
		}
	}
	if len(last.Outcomes) > 0 {
		f.Questions = append(f.Questions, last)
	}
	f.Questions[len(f.Questions)-1].Next = ""
	return f
}

// unlisted returns the question about unlisted codes.
func (p *Plan) unlisted() Question {
	out := Outcome{Answer: "no", Verdict: Retry{}.Verdict(), Text: []string{"Do not retry automatically"}}
	if p.Unlisted != nil && !p.Unlisted.Internal {
		out.Verdict = p.Unlisted.Retry.Verdict()
		out.Text = append(out.Text, "Treat it like this code:")
		out.Codes = []*Code{p.Unlisted}
	}
	return Question{Text: "Is the code listed here?", Next: "yes", Outcomes: []Outcome{out}}
}

// automatic returns the question about automatic codes.
func (p *Plan) automatic(all []*Code, throttled int) Question {
	const text = "May clients retry automatically?"
	low, high := p.Backoff.Pause(all[0].Retry, 2), p.Backoff.Pause(all[0].Retry, 2)
	for _, c := range all {
		pause := p.Backoff.Pause(c.Retry, 2)
		low.Min, high.Max = min(low.Min, pause.Min), max(high.Max, pause.Max)
	}
	if p.Backoff.Attempts < 2 {
		advice := []string{"Only one attempt is allowed"}
		return Question{Text: text, Next: "no", Outcomes: []Outcome{{Answer: "yes", Verdict: verdictAutomatic, Text: advice, Codes: all}}}
	}
	advice := []string{
		"Retry after a delay",
		fmt.Sprintf("Delay of its code: %s.", Pause{low.Min, high.Max}),
		fmt.Sprintf("At most %d attempts in total.", p.Backoff.Attempts),
	}
	switch {
	case throttled == len(all):
		advice = append(advice, "Slow down all requests.")
	case throttled > 0:
		advice = append(advice, "Rate limits: slow down all requests.")
	}
	return Question{Text: text, Next: "no", Outcomes: []Outcome{
		{Answer: "yes", Verdict: verdictAutomatic, Text: advice, Codes: all},
	}}
}
