package importer

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A topic is what a part of a section about a code says.
type topic string

const (
	onCode      topic = "" // the code itself
	onCauses    topic = "causes"
	onAvoid     topic = "avoid"
	onFixes     topic = "fixes"
	onExamples  topic = "examples"
	onSubtypes  topic = "subtypes"
	onRetry     topic = "retry"
	onHTTP      topic = "http"
	onAnything  topic = "anything"  // named, and none of the others
	onMeaning   topic = "meaning"   // what the error means: the code itself, by name
	onReference topic = "reference" // other pages: left out
)

// topics are the words that stand above parts of a section. Case, punctuation and
// "the" do not count.
var topics = []struct {
	topic topic
	names []string
}{
	{onCauses, fields("causes, cause, common causes, common cause, possible causes, possible cause, potential causes, probable causes, likely causes, " +
		"typical causes, common reasons, possible reasons, reasons, reason, why this happens, why it happens, why does this happen, why, root cause, when it occurs, when this happens, common triggers, triggers")},
	{onAvoid, fields("how to avoid, how to avoid it, how to avoid this, avoid, avoiding it, prevention, how to prevent, how to prevent it, preventing it, best practices, tips")},
	{onFixes, fields("how to fix, how to fix it, how to fix this, fix, fixes, solution, solutions, possible solutions, resolution, resolutions, how to resolve, how to resolve it, " +
		"resolving it, what to do, what you can do, what should i do, remedy, remedies, troubleshooting, recommended action, recommended actions, suggested action, suggested actions, " +
		"suggested fix, suggested fixes, action, actions, next steps, workaround, workarounds, mitigation, how to handle, how to handle it, steps to resolve, recommendation, recommendations")},
	{onExamples, fields("example, examples, example message, example messages, example error, example errors, error message, error messages, message, messages, sample message, " +
		"sample messages, sample, samples, example response, example error response, sample response, response")},
	{onSubtypes, fields("sub types, subtypes, sub type, common sub types, common subtypes, cases, common cases, scenarios, common scenarios, variants, types, sub codes, subcodes")},
	{onRetry, fields("retryable, retriable, retry, retry advice, retry strategy, can i retry, should i retry, is it retryable")},
	{onHTTP, fields("http, http status, http status code, http code, status, status code")},
	{onMeaning, fields("description, meaning, what it means, what this means, what does it mean, what happened, overview, summary, details, explanation")},
	{onReference, fields("see also, related, related errors, references, links, learn more, further reading")},
}

// topicOf returns what a label announces.
func topicOf(label string) (topic, bool) {
	name := strings.TrimPrefix(key(label), "the ")
	for _, t := range topics {
		if slices.Contains(t.names, name) {
			return t.topic, true
		}
	}
	return onAnything, false
}

// longestLabel bounds what is taken for a label, in bytes.
const longestLabel = 60

var labelPattern = lazyregexp.New(`^([^\n.:]{1,60}):\s*`)

// label splits what a paragraph begins with off the rest, if that announces what
// follows: bold words, or words with a colon behind them. Words alone count if
// they are known.
func (all spans) label() (name string, rest spans, ok bool) {
	lead, after := all.lead()
	if bold := line(lead.plain()); bold != "" && len(bold) <= longestLabel {
		following := strings.TrimSpace(after.plain())
		_, known := topicOf(bold)
		if strings.HasSuffix(bold, ":") || strings.HasPrefix(following, ":") || following == "" && known {
			return strings.TrimRight(bold, ": "), after.trimmed(), true
		}
		return "", all, false
	}
	if len(all) == 0 || all[0].kind != plain {
		return "", all, false
	}
	m := labelPattern.FindStringSubmatch(all[0].text)
	if m == nil {
		return "", all, false
	}
	_, known := topicOf(m[1])
	rest = slices.Clone(all)
	rest[0].text = rest[0].text[len(m[0]):]
	rest = rest.merged()
	if known || len(rest) == 0 {
		return m[1], rest, true
	}
	return "", all, false
}

// trimmed drops a colon and white space at the beginning.
func (all spans) trimmed() spans {
	out := slices.Clone(all)
	if len(out) > 0 {
		out[0].text = strings.TrimLeft(out[0].text, ": \t\n")
	}
	return out.merged()
}
