package python

import (
	"slices"
	"sort"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/prose"
)

// head returns the start of a module: the mark, lines that switch linters off, the
// documentation, the imports that the rest needs, and the list of public names.
func (p *pkg) head(mark, body string) string {
	const off = "# ruff: noqa\n# flake8: noqa\n# pylint: skip-file\n# isort: skip_file\n# pyright: reportPrivateUsage=false\n# fmt: off\n"
	return mark + "\n" + off + docstring(0, p.doc()...) + "\n\n" + p.importLines(body) + "\n\n" + publicNames(body) + "\n"
}

// doc returns the documentation of the module.
func (p *pkg) doc() []string {
	all := []string{"The error codes of " + prose.Sentence(p.Title)}
	all = append(all, paragraphs(p.Description)...)
	if p.DocsURL != "" && !strings.Contains(p.DocsURL, "{code}") {
		all = append(all, "The codes are documented at "+p.DocsURL+".")
	}
	all = append(all,
		"The set of codes is open. A code that the table does not list keeps its value, and its decision is never automatic: whether the request may be retried is unknown.",
		"`classify` returns the decision for a code and its message. "+p.names.Prefix+"Error contains both; its attribute decision has the decision. `explain` returns a description of an exception for people, with advice and fixes.",
	)
	switch {
	case p.HasTask():
		all = append(all, "`decode_task` decodes responses about tasks, and `decode_error` the errors of other responses. They take the status, the headers and the body of any HTTP client. A failed task is final: polling it again does not change it.")
	case p.HasResponse():
		all = append(all, "`decode_error` decodes the error of a response. It takes the status, the headers and the body of any HTTP client.")
	}
	if p.HasWaiter() {
		all = append(all, "`wait_for_task` and `wait_for_task_async` poll a task until it ends. "+p.names.Prefix+"PollError means that polling stopped first and the outcome is unknown: the task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.")
	}
	return append(all,
		"A retry is a new submission and, for paid work, charged again. This module never submits requests. `next_pause` returns whether the caller may retry automatically, and how long to wait.",
		"It needs Python 3.9 or later and nothing else. Times are in seconds.",
	)
}

// importLines returns the imports that the body uses.
func (p *pkg) importLines(body string) string {
	var plain, from []string
	modules := map[string][]string{} // names by module
	use := func(module, name string) {
		if !slices.Contains(modules[module], name) {
			modules[module] = append(modules[module], name)
		}
	}
	words, modulesUsed := usesIn(body)
	for _, line := range append(imports(), "import dataclasses", "from types import MappingProxyType", "from typing import Any, Final, Literal, Mapping", "from collections.abc import Mapping") {
		if module, ok := strings.CutPrefix(line, "import "); ok {
			if modulesUsed[module] {
				plain = append(plain, line)
			}
			continue
		}
		module, names, _ := strings.Cut(strings.TrimPrefix(line, "from "), " import ")
		for _, name := range strings.Split(names, ", ") {
			if module == "typing" && name == "Mapping" || !words[name] {
				continue
			}
			use(module, name)
		}
	}
	delete(modules, "__future__")
	for module, names := range modules {
		sort.Slice(names, func(i, j int) bool { return less(names[i], names[j]) })
		line := "from " + module + " import " + strings.Join(names, ", ")
		if len(line) > width {
			line = "from " + module + " import (\n    " + strings.Join(names, ",\n    ") + ",\n)"
		}
		from = append(from, line)
	}
	sort.Strings(plain)
	plain = slices.Compact(plain)
	sort.Strings(from)
	return "from __future__ import annotations\n\n" + strings.Join(append(plain, from...), "\n")
}

// less compares names as isort does: constants, classes, then other names.
func less(a, b string) bool {
	rank := func(s string) int {
		switch {
		case strings.ToUpper(s) == s:
			return 0
		case strings.ToUpper(s[:1]) == s[:1]:
			return 1
		}
		return 2
	}
	if rank(a) != rank(b) {
		return rank(a) < rank(b)
	}
	return a < b
}

var declared = lazyregexp.New(`(?m)^(?:class |def |async def )?([A-Za-z][A-Za-z0-9_]*)(?:[:(]| = |: )`)

// publicNames returns the list of the names that the body defines for programs.
func publicNames(body string) string {
	var names []string
	inText := false
	for line := range strings.Lines(body) {
		if !inText && isLetter(line[0]) && !strings.HasPrefix(line, "from ") && !strings.HasPrefix(line, "import ") {
			if found := declared.FindStringSubmatch(line); found != nil {
				names = append(names, found[1])
			}
		}
		inText = inText != (strings.Count(line, `"""`)%2 == 1)
	}
	sort.Slice(names, func(i, j int) bool { return less(names[i], names[j]) })
	names = slices.Compact(names)
	items := make([]string, len(names))
	for i, name := range names {
		items[i] = "    " + quote(name) + ",\n"
	}
	return "__all__ = (\n" + strings.Join(items, "") + ")"
}
