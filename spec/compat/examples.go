package compat

// An example shows a kind of change in parts of a table or of an errspec.yaml: the earlier
// version, a version with this change, and a similar version without it.
type example struct {
	before, after string
	instead       string // "" for changes that affect no users
}

// Parts of the examples.
const (
	// listed is a configuration, for changes of configurations.
	listed = "version: 1\ntables:\n  - {table: shop.yaml, go: {dir: shop}}\n"

	busy = "- code: busy\n  title: Busy\n  description: The shop is busy.\n"
	full = "- code: full\n  title: Full\n  description: The shop is full.\n"
)

const (
	responseFields = "response:\n  fields:\n    status: {role: status, completed: [done], failed: [failed]}\n    code: {role: code}\n    progress: "
	twoCodes       = "codes:\n" + busy + full
	keyed          = "idempotency: {header: Idempotency-Key, replays: returns"
	queueSubtype   = "    - {name: queue, title: Queue, match: [long queue]}\n"
	clientAndSpare = "classes:\n  - {name: client, title: Yours}\n  - {name: spare, title: Spare}\n"
)

// examples contains an example for each kind. A test checks the change of each.
var examples = map[Kind]example{
	AutomaticOn: {busy + "  retry: {action: wait}\n", busy + "  retry: {action: wait, automatic: true}\n",
		busy + "  retry: {action: wait}\n" + full + "  retry: {action: wait, automatic: true}\n"},
	ActionLoosened: {busy + "  retry: {action: never}\n", busy + "  retry: {action: wait}\n",
		busy + "  retry: {action: never}\n" + full + "  retry: {action: wait}\n"},
	WaitShortened: {busy + "  retry: {action: wait, wait: {min: 30s, max: 1m}}\n", busy + "  retry: {action: wait, wait: {min: 10s, max: 1m}}\n",
		busy + "  retry: {action: wait, wait: {min: 30s, max: 2m}}\n"},
	BackoffLoosened: {"backoff: {attempts: 3}\n", "backoff: {attempts: 5}\n", "backoff: {attempts: 2}\n"},
	WireTypeChanged: {"codes:\n- {code: \"1\", title: Busy, description: The shop is busy.}\n",
		"wire: integer\ncodes:\n- {code: 1, title: Busy, description: The shop is busy.}\n",
		"codes:\n- {code: \"1\", title: Busy, description: The shop is busy.}\n- {code: \"2\", title: Full, description: The shop is full.}\n"},
	TableRenamed: {"name: shop\ntitle: Shop errors\n", "name: store\ntitle: Store errors\n", "name: shop\ntitle: Store errors\n"},
	TableRemoved: {listed + "  - {table: till.yaml, go: {dir: till}}\n", listed, listed + "  - {table: tills.yaml, go: {dir: till}}\n"},
	PackageRemoved: {listed, "version: 1\ntables:\n  - {table: shop.yaml, go: {dir: shoperr}}\n",
		listed + "  - {table: shop.yaml, go: {dir: shoperr}}\n"},
	PackageRenamed: {listed, "version: 1\ntables:\n  - {table: shop.yaml, go: {dir: shop, package: store}}\n",
		"version: 1\ntables:\n  - {table: shop.yaml, go: {dir: shop, package: shop}}\n"},
	ModuleRemoved: {"version: 1\ntables:\n  - {table: shop.yaml, typescript: {file: shop.ts}}\n", "version: 1\ntables:\n  - {table: shop.yaml, typescript: {file: errors.ts}}\n",
		"version: 1\ntables:\n  - {table: shop.yaml, typescript: {file: shop.ts}}\n  - {table: shop.yaml, typescript: {file: errors.ts}}\n"},
	CodeRemoved: {busy + full, busy, busy + full + "  deprecated: {reason: There is a queue now, replaced_by: busy}\n"},
	WireValueChanged: {"- code: E1\n  name: busy\n  title: Busy\n  description: The shop is busy.\n",
		"- code: E2\n  name: busy\n  title: Busy\n  description: The shop is busy.\n",
		"- code: E2\n  name: busy\n  title: Busy\n  description: The shop is busy.\n  renamed_from: [E1]\n"},
	AliasRemoved: {busy + "  aliases: [crowded]\n", busy, busy + "  aliases: [crowded, packed]\n"},
	NameRemoved:  {busy, busy + "  name: shop_busy\n", busy + "  aliases: [shop_busy]\n"},
	NameChanged: {responseFields + "{type: integer}\n", responseFields + "{type: number}\n",
		responseFields + "{type: integer}\n    ratio: {type: number}\n"},
	ClassRemoved: {clientAndSpare, "classes:\n  - {name: client, title: Yours}\n", "classes:\n  - {name: client, title: Yours}\n  - {name: spare, title: Unused}\n"},
	SubtypeRemoved: {busy + "  subtypes:\n" + queueSubtype, busy,
		busy + "  subtypes:\n    - {name: queue, title: Long queue, match: [long queue]}\n"},
	SubtypeMoved: {busy + "  subtypes:\n" + queueSubtype + full, busy + full + "  subtypes:\n" + queueSubtype,
		busy + "  subtypes:\n" + queueSubtype + full + "  subtypes:\n" + queueSubtype},
	MessageReclassified: {busy + "  subtypes:\n    - {name: queue, title: Queue, match: [queue]}\n    - {name: hall, title: Hall, match: [hall]}\n",
		busy + "  subtypes:\n    - {name: queue, title: Queue, match: [long queue]}\n    - {name: hall, title: Hall, match: [hall, queue]}\n",
		busy + "  subtypes:\n    - {name: queue, title: Queue, match: [queue]}\n    - {name: hall, title: Hall, match: [hall, full hall]}\n"},
	TextReclassified: {busy + "  match: [please wait]\n" + full, busy + full + "  match: [please wait]\n",
		busy + "  match: [please wait]\n" + full + "  match: [no room]\n"},
	ValueRemoved: {busy + "  subtypes:\n    - {name: queue, title: Queue, match: ['<num:people> people']}\n",
		busy + "  subtypes:\n    - {name: queue, title: Queue, match: ['<num> people']}\n",
		busy + "  subtypes:\n    - {name: queue, title: Queue, match: ['<num:people> people', '<num:people> customers']}\n"},
	ResponseReclassified: {"response:\n  fields:\n    code: {role: code}\n" + twoCodes, "response:\n  fields:\n    code: {role: code, ok: [busy]}\n" + twoCodes,
		"response:\n  fields:\n    code: {role: code, description: The error code}\n" + twoCodes},
	FieldRemoved: {"response:\n  fields:\n    code: {role: code}\n", "response:\n  fields:\n    error.code: {role: code}\n",
		"response:\n  fields:\n    code: {role: code}\n    error.code: {role: code}\n"},
	ChargedOff:         {busy, busy + "  charged: no\n", busy + "  charged: yes\n"},
	IdempotencyChanged: {keyed + "}\ncodes:\n" + busy, keyed + ", for: 24h}\ncodes:\n" + busy, keyed + ", opt_in: true}\ncodes:\n" + busy},
	HTTPCodeChanged: {"response: {http: {429: busy}}\n" + twoCodes, "response: {http: {429: full}}\n" + twoCodes,
		"response: {http: {429: busy, 503: full}}\n" + twoCodes},

	ActionChanged: {busy + "  retry: {action: wait}\n", busy + "  retry: {action: support}\n", busy + "  retry: {action: wait, advice: Come back later}\n"},
	AutomaticOff: {busy + "  retry: {action: wait, automatic: true}\n", busy + "  retry: {action: wait}\n",
		busy + "  retry: {action: wait, automatic: true, advice: Come back later}\n"},
	WaitLengthened: {busy + "  retry: {action: wait, wait: {min: 30s, max: 1m}}\n", busy + "  retry: {action: wait, wait: {min: 30s, max: 5m}}\n",
		busy + "  retry: {action: wait, wait: {min: 30s, max: 1m}, advice: Come back later}\n"},
	BackoffTightened: {"backoff: {attempts: 3}\n", "backoff: {attempts: 2}\n", "backoff: {attempts: 3, initial: 5s}\n"},
	ThrottleChanged:  {busy + "  retry: {action: wait}\n", busy + "  retry: {action: wait, throttle: true}\n", busy + "  retry: {action: wait, advice: Send less}\n"},
	ClassChanged:     {busy + "  class: client\n", busy + "  class: server\n", busy + "  class: client\n  details: It may be ours.\n"},
	FaultChanged: {"classes:\n  - {name: queue, title: Queue, fault: client}\n", "classes:\n  - {name: queue, title: Queue, fault: server}\n",
		"classes:\n  - {name: queue, title: Queues, fault: client}\n"},
	HTTPChanged: {busy + "  http: 429\n", busy + "  http: 503\n", busy + "  http: 429\n  details: Some regions respond with 503.\n"},
	GRPCChanged: {busy + "  grpc: UNAVAILABLE\n", busy + "  grpc: RESOURCE_EXHAUSTED\n", busy + "  grpc: UNAVAILABLE\n  http: 503\n"},
	CodeRenamed: {full, busy + "  renamed_from: [full]\n", full + "  aliases: [busy]\n"},
	DeprecatedOn: {busy + full, busy + full + "  deprecated: {reason: There is a queue now, replaced_by: busy}\n",
		busy + full + "  details: There is a queue now.\n"},
	UnlistedChanged: {"unlisted: busy\n" + twoCodes, "unlisted: busy\n" + twoCodes[:len(twoCodes)-len(full)] + "  retry: {action: support}\n" + full,
		"unlisted: full\n" + twoCodes},
	ReservedRemoved: {"reserved:\n  - {code: full}\n", "reserved: []\n", "reserved:\n  - {code: full}\n  - {code: closed}\n"},
	MessageChanged: {busy + "  message: come back later\n", busy + "  message: come back in an hour\n",
		busy + "  message: come back later\n  details: At most 10 customers fit in.\n"},
	Hidden: {busy, busy + "  internal: true\n", busy + "  details: Customers do not see it.\n"},
	MessageRefined: {busy + "  subtypes:\n" + queueSubtype,
		busy + "  subtypes:\n" + queueSubtype + "    - {name: other, title: Other, fallback: true}\n",
		busy + "  subtypes:\n" + queueSubtype + "    - {name: hall, title: Hall, match: [full hall]}\n"},
	PhraseRemoved: {busy + "  match: [please wait, come back]\n", busy + "  match: [please wait]\n", busy + "  match: [please wait, come back, no room]\n"},
	ResponseRefined: {"response:\n  fields:\n    code: {role: code}\n    wait: {role: retry_after, unit: ms}\n" + twoCodes,
		"response:\n  fields:\n    code: {role: code}\n    wait: {role: retry_after}\n" + twoCodes,
		"response:\n  fields:\n    code: {role: code}\n    wait: {role: retry_after, unit: ms, description: In milliseconds}\n" + twoCodes},
	IdempotencyTightened: {keyed + "}\n" + "codes:\n" + busy, keyed + ", pending: [busy]}\n" + "codes:\n" + busy, keyed + ", for: 1h}\n" + "codes:\n" + busy},
	ChargedChanged:       {busy, busy + "  charged: yes\n", busy + "  details: It may be charged.\n"},
	HTTPCodeAdded: {"response: {http: {429: busy}}\n" + twoCodes, "response: {http: {429: busy, 503: full}}\n" + twoCodes,
		"response: {http: {429: busy}}\n" + twoCodes + "  http: 503\n"},

	CodeAdded:    {before: busy, after: busy + full},
	SubtypeAdded: {before: busy, after: busy + "  subtypes:\n" + queueSubtype},
	NameAdded:    {before: responseFields + "{type: integer}\n", after: responseFields + "{type: integer}\n    ratio: {type: number}\n"},
	FieldAdded:   {before: "response:\n  fields:\n    code: {role: code}\n", after: "response:\n  fields:\n    code: {role: code}\n    message: {role: message}\n"},
	ClassAdded:   {before: "classes:\n  - {name: client, title: Yours}\n", after: clientAndSpare},
	AliasAdded:   {before: busy, after: busy + "  aliases: [crowded]\n"},
	PhraseAdded:  {before: busy + "  match: [please wait]\n", after: busy + "  match: [please wait, come back]\n"},
	ValueAdded: {before: busy + "  subtypes:\n    - {name: queue, title: Queue, match: ['<num> people']}\n",
		after: busy + "  subtypes:\n    - {name: queue, title: Queue, match: ['<num:people> people']}\n"},
	IdempotencyAdded: {before: "codes:\n" + busy, after: keyed + "}\ncodes:\n" + busy},
	PollingChanged:   {before: "polling: {url: \"https://shop.example/{id}\", interval: 3s}\n", after: "polling: {url: \"https://shop.example/{id}\", interval: 5s}\n"},
	NameReserved:     {before: busy, after: busy + "reserved:\n  - {code: full, reason: It meant another shop}\n"},
	DeprecatedOff:    {before: busy + "  deprecated: {since: \"2\"}\n", after: busy},
	OrderChanged:     {before: busy + full, after: full + busy},
	TextChanged:      {before: busy, after: "- code: busy\n  title: Very busy\n  description: The shop is busy.\n"},
}
