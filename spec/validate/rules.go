package validate

import (
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Rules returns the rules for all tables in the order in which they are checked: those of
// reading a table, then those of [Run].
func Rules() []diag.Rule {
	all := slices.Concat(form.Rules(), spec.ReadingRules())
	for _, r := range validations() {
		all = append(all, r.Rule)
	}
	return all
}

// A validation is a rule whose check needs the whole table.
type validation struct {
	diag.Rule
	check func(t *spec.Table, report reporter)
}

// busy is a valid code, for examples that need nothing else of a code.
const busy = "- code: busy\n  title: Busy\n  description: The shop is busy.\n"

func validations() []validation {
	return slices.Concat(namingRules(), retryRules(), messageRules(), responseRules())
}

func namingRules() []validation {
	return []validation{
		{diag.Rule{ID: "no-codes", Purpose: "A table must list at least one code.",
			Bad: "codes: []\n", Good: busy}, checkCodes},
		{diag.Rule{ID: "duplicate-code", Purpose: "A wire value, alias or former name must identify exactly one code.",
			Bad:  busy + "  aliases: [full]\n- code: full\n  title: Full\n  description: The shop is full.\n",
			Good: busy + "  aliases: [crowded]\n- code: full\n  title: Full\n  description: The shop is full.\n"}, checkDuplicateCodes},
		{diag.Rule{ID: "duplicate-class", Purpose: "Class names must be unique and must differ from unknown.",
			Bad:  "classes:\n  - {name: client, title: Yours}\n  - {name: client, title: Ours}\n",
			Good: "classes:\n  - {name: client, title: Yours}\n  - {name: server, title: Ours}\n"}, checkClasses},
		{diag.Rule{ID: "duplicate-subtype", Purpose: "Subtype names must be unique within a code.",
			Bad:  busy + "  subtypes:\n    - {name: queue, title: Queue}\n    - {name: queue, title: Long queue}\n",
			Good: busy + "  subtypes:\n    - {name: queue, title: Queue}\n    - {name: long_queue, title: Long queue}\n"}, checkSubtypes},
		{diag.Rule{ID: "multiple-fallbacks", Purpose: "A code must not have more than one fallback subtype.",
			Bad:  busy + "  subtypes:\n    - {name: queue, title: Queue, fallback: true}\n    - {name: other, title: Other, fallback: true}\n",
			Good: busy + "  subtypes:\n    - {name: queue, title: Queue}\n    - {name: other, title: Other, fallback: true}\n"}, checkFallbacks},
		{diag.Rule{ID: "unknown-reference", Purpose: "References must name a code or class of the table.",
			Bad:  "unlisted: bussy\n",
			Good: "unlisted: busy\n"}, checkReferences},
		{diag.Rule{ID: "reserved-in-use", Purpose: "Reserved codes, subtypes and names must not be used.",
			Bad:  "reserved:\n  - {code: busy, reason: It meant that the till was broken}\n",
			Good: "reserved:\n  - {code: broken, reason: It meant that the till was broken}\n"}, checkReserved},
	}
}

func retryRules() []validation {
	return []validation{
		{diag.Rule{ID: "retry-conflict", Purpose: "The keys automatic and wait must be used only with action retry or wait.",
			Bad:  busy + "  retry: {action: fix, automatic: true}\n",
			Good: busy + "  retry: {action: retry, automatic: true}\n"}, checkRetry},
		{diag.Rule{ID: "looser-retry", Purpose: "Retry settings of a subtype must not be looser than those of its code.",
			Bad:  busy + "  retry: {action: wait}\n  subtypes:\n    - {name: queue, title: Queue, retry: {automatic: true}}\n",
			Good: busy + "  retry: {action: wait, automatic: true}\n  subtypes:\n    - {name: queue, title: Queue, retry: {automatic: false}}\n"}, checkStricter},
		{diag.Rule{ID: "looser-than-base", Purpose: "Additions must not make retry settings of the base table looser.",
			Bad:  "extends: builtin:evolink\nadditions:\n  - {code: service_unavailable, retry: {automatic: true}}\n",
			Good: "extends: builtin:evolink\nadditions:\n  - {code: service_error, retry: {automatic: false}}\n"}, checkBase},
		{diag.Rule{ID: "unlisted-automatic", Purpose: "The code for unlisted codes must not be automatic.",
			Bad:  "unlisted: busy\ncodes:\n  - {code: busy, title: Busy, description: The shop is busy., retry: {action: retry, automatic: true}}\n",
			Good: "unlisted: busy\ncodes:\n  - {code: busy, title: Busy, description: The shop is busy., retry: {action: retry}}\n"}, checkUnlisted},
		{diag.Rule{ID: "bad-range", Purpose: "In a wait or backoff, the minimum must not exceed the maximum.",
			Bad:  busy + "  retry: {action: wait, wait: {min: 1m, max: 30s}}\n",
			Good: busy + "  retry: {action: wait, wait: {min: 30s, max: 1m}}\n"}, checkRanges},
		{diag.Rule{ID: "bad-idempotency", Purpose: "Codes of idempotency must be listed once and must not be automatic, and pending codes must not have charged: no.",
			Bad:  "idempotency: {header: Idempotency-Key, replays: returns, pending: [busy]}\ncodes:\n  - {code: busy, title: Busy, description: The shop is busy., retry: {action: wait, automatic: true}}\n",
			Good: "idempotency: {header: Idempotency-Key, replays: returns, pending: [busy]}\ncodes:\n  - {code: busy, title: Busy, description: The shop is busy., retry: {action: wait}}\n"}, checkIdempotency},
	}
}

func messageRules() []validation {
	return []validation{
		{diag.Rule{ID: "invalid-phrase", Purpose: "Phrases must contain literal text, and their placeholders and escapes must be valid.",
			Bad:  busy + "  match: ['\\d people in the queue']\n",
			Good: busy + "  match: ['<num> people in the queue']\n"}, checkPhrases},
		{diag.Rule{ID: "example-mismatch", Purpose: "An example of a subtype must be classified as that subtype.",
			Bad:  busy + "  subtypes:\n    - {name: queue, title: Queue, examples: [people are waiting], match: [a long queue]}\n",
			Good: busy + "  subtypes:\n    - {name: queue, title: Queue, examples: [a long queue of people], match: [a long queue]}\n"}, checkExamples},
		{diag.Rule{ID: "message-mismatch", Purpose: "A message must be classified as its code and subtype, and clients must read the values that are written into it.",
			Bad:  busy + "  subtypes:\n    - {name: queue, title: Queue, message: '{people} are waiting', match: ['<num:people> people']}\n",
			Good: busy + "  subtypes:\n    - {name: queue, title: Queue, message: '{people} people are waiting', match: ['<num:people> people']}\n"}, checkMessages},
		{diag.Rule{ID: "bad-polling", Purpose: "The polling URL must contain {id}.",
			Bad:  "polling: {url: \"https://shop.example/tasks\", interval: 3s}\n",
			Good: "polling: {url: \"https://shop.example/tasks/{id}\", interval: 3s}\n"}, checkPolling},
	}
}
