package sample

import (
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/displaywidth"
	"github.com/errspec/errspec/spec/names"
)

// A client is the generated client that a program imports.
type client struct {
	Name   string // of the package in Python, or of the module: "./evolink.ts"
	Prefix string // of its errors: "Evolink"
	ID     string // field of a task with its ID
	Typed  bool   // whether the program is in TypeScript
}

// with returns the facts for a program that imports a client.
func (f *facts) with(c client) *facts {
	all := *f
	all.Client = c
	return &all
}

func moduleClient(p *plan.Plan, file string, typed bool) client {
	n := p.TypeScript()
	return client{"./" + file, n.Prefix, n.Fields[p.Response.ID], typed}
}

// pythonClient returns the generated package. It returns false if there is no package, or if a
// program cannot import it by the name of its directory.
func pythonClient(p *plan.Plan) (client, bool) {
	name := p.Clients.Python
	if !isPythonModule(name) || slices.Contains(importedInPython, name) {
		return client{}, false
	}
	n := p.Python()
	return client{Name: name, Prefix: n.Prefix, ID: n.Fields[p.Response.ID]}, true
}

// importedInPython are the modules that the program in Python imports.
var importedInPython = []string{"json", "time", "typing", "urllib"}

// isPythonModule reports whether the name is an identifier of Python in ASCII.
func isPythonModule(name string) bool {
	for i, r := range name {
		if r > unicode.MaxASCII || r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != "" && !names.IsPythonKeyword(name) && !slices.Contains([]string{"None", "True", "False"}, name)
}

// importNames returns an import of a module, formatted as by Prettier:
//
//	import { attempts, readTask } from "./evolink.js";
func importNames(module string, all ...string) string {
	from := "} from " + quoteJavaScript(module) + ";"
	if line := "import { " + strings.Join(all, ", ") + " " + from; displaywidth.Of(line) <= lineWidth {
		return line
	}
	return "import {\n  " + strings.Join(all, ",\n  ") + ",\n" + from
}

// signature returns the start of a function, formatted as by Prettier. In JavaScript, it
// omits the types of the parameters and of the result. An empty parameter is omitted.
//
//	async function call(url: string, init: RequestInit): Promise<Task> {
func (f *facts) signature(head, result string, params ...string) string {
	params = slices.DeleteFunc(slices.Clone(params), func(p string) bool { return p == "" })
	end := ") {"
	if f.Client.Typed {
		end = "): " + result + " {"
	} else {
		for i, p := range params {
			params[i], _, _ = strings.Cut(p, ":")
		}
	}
	if line := head + "(" + strings.Join(params, ", ") + end; len(line) <= lineWidth {
		return line
	}
	return head + "(\n  " + strings.Join(params, ",\n  ") + ",\n" + end
}
