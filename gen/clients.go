package gen

import (
	"slices"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
)

// Compare returns the changes of a table, like [compat.Compare], with the removed names of
// the modules and Python packages that the entries generate from it.
func Compare(entries []config.Entry, old, new *spec.Table) ([]compat.Change, diag.List, error) {
	changes, findings, err := compat.Compare(old, new)
	if err != nil || findings.HasErrors() {
		return nil, findings, err
	}
	return compat.WithClientNames(changes, clientNames(entries, old, old.Name), clientNames(entries, new, old.Name), new.At()), findings, nil
}

// clientNames returns the names that the clients of a table export. Modules in TypeScript
// and JavaScript have the same names. The names of errors contain that of the table, whose
// change is reported elsewhere: name replaces it.
func clientNames(entries []config.Entry, t *spec.Table, name string) []compat.ClientName {
	module := ""
	hasPython := false
	for _, c := range entries {
		switch {
		case c.TypeScript != nil:
			module = "TypeScript"
		case c.JavaScript != nil && module == "":
			module = "JavaScript"
		}
		hasPython = hasPython || c.Python != nil
	}
	var all []compat.ClientName
	if module == "" && !hasPython {
		return nil
	}
	p := plan.OfNames(t)
	p.Table = name
	if module != "" {
		all = append(all, namesIn(module, t, p, moduleNames(p.TypeScript()))...)
	}
	if hasPython {
		all = append(all, namesIn("Python", t, p, packageNames(p.Python()))...)
	}
	return all
}

// languageNames are the names of a client in one language.
type languageNames struct {
	prefix                 string
	codes                  map[*plan.Code]string
	subtypes               map[*plan.Subtype]string
	fields                 map[*plan.Field]string
	former, formerSubtypes map[string]string // names by Go constant
}

func moduleNames(n *plan.TypeScriptNames) languageNames {
	all := languageNames{n.Prefix, n.Codes, n.Subtypes, n.Fields, make(map[string]string), make(map[string]string)}
	for _, f := range n.Former {
		all.former[f.Go] = f.Name
	}
	for _, f := range n.FormerSubtypes {
		all.formerSubtypes[f.Go] = f.Name
	}
	return all
}

func packageNames(n *plan.PythonNames) languageNames {
	all := languageNames{n.Prefix, n.Codes, n.Subtypes, n.Fields, make(map[string]string), make(map[string]string)}
	for _, f := range n.Former {
		all.former[f.Go] = f.Name
	}
	for _, f := range n.FormerSubtypes {
		all.formerSubtypes[f.Go] = f.Name
	}
	return all
}

// namesIn returns the names of a client with the entries of the table that they belong to.
func namesIn(language string, t *spec.Table, p *plan.Plan, n languageNames) []compat.ClientName {
	var all []compat.ClientName
	add := func(name, goName, of string, at diag.Location) {
		all = append(all, compat.ClientName{Language: language, Name: name, Go: goName, Of: of, At: at})
	}
	for i, c := range p.Codes {
		code := &t.Codes[i]
		add("Code."+n.codes[c], c.Const, c.Wire, code.At())
		for _, f := range c.Former {
			if name := n.former[f.Const]; name != "" {
				add("Code."+name, f.Const, c.Wire, code.At())
			}
		}
		for j, s := range c.Subtypes {
			add("Subtype."+n.subtypes[s], s.Const, s.Value, code.Subtypes[j].At())
			for _, f := range s.Former {
				if name := n.formerSubtypes[f.Const]; name != "" {
					add("Subtype."+name, f.Const, s.Value, code.Subtypes[j].At())
				}
			}
		}
	}
	if !p.HasResponse() {
		return all
	}
	for i, field := range slices.Concat(t.Response.Fields, t.Response.Headers) {
		f := &p.Response.Fields[i]
		typ := "Task."
		if f.OfError {
			typ = n.prefix + "Error."
		}
		if name := n.fields[f]; name != "" {
			add(typ+name, goField(f), "field "+f.Path, field.At())
		}
	}
	return all
}

// goField returns the name of a field in a Go package: "Task.Progress".
func goField(f *plan.Field) string {
	if f.OfError {
		return "Error." + f.GoName
	}
	return "Task." + f.GoName
}
