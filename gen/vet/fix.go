package vet

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// The fixes of a file are merged, so each consists of the smallest possible edits. They do
// not overlap with the edits of other findings within the same expression.

func suggest(message string, edits ...analysis.TextEdit) *analysis.SuggestedFix {
	return &analysis.SuggestedFix{Message: message, TextEdits: edits}
}

func replace(pos, end token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)}
}

func insert(pos token.Pos, text string) analysis.TextEdit { return replace(pos, pos, text) }

// written returns the expression for an object at a position of a file. It returns "" if
// the file does not import the object's package, or if the name is shadowed.
func (p *pass) written(file *ast.File, at token.Pos, obj types.Object) string {
	scope := p.TypesInfo.Scopes[file].Innermost(at)
	if scope == nil {
		return ""
	}
	lookup := func(name string) types.Object {
		_, found := scope.LookupParent(name, at)
		return found
	}
	if lookup(obj.Name()) == obj { // in the same package, or with a dot import
		return obj.Name()
	}
	for _, spec := range file.Imports {
		name := p.TypesInfo.PkgNameOf(spec)
		if name != nil && name.Imported() == obj.Pkg() && lookup(name.Name()) == name {
			return name.Name() + "." + obj.Name()
		}
	}
	return ""
}

// errorsIs returns the expression for errors.Is at a position, and the edit that imports
// the package if the file does not. It returns "" if the name errors is already used.
func (p *pass) errorsIs(file *ast.File, at token.Pos) (string, []analysis.TextEdit) {
	for _, spec := range file.Imports {
		if path, _ := strconv.Unquote(spec.Path.Value); path != "errors" {
			continue
		}
		if name := p.TypesInfo.PkgNameOf(spec); name != nil {
			if text := p.written(file, at, name.Imported().Scope().Lookup("Is")); text != "" {
				return text, nil
			}
		}
	}
	scope := p.TypesInfo.Scopes[file].Innermost(at)
	if scope == nil {
		return "", nil
	}
	if _, taken := scope.LookupParent("errors", at); taken != nil || p.TypesInfo.Scopes[file].Lookup("errors") != nil {
		return "", nil
	}
	return "errors.Is", []analysis.TextEdit{importErrors(file)}
}

// importErrors returns the edit that imports errors. It is equal for all fixes of a file,
// so that merging them results in one import.
func importErrors(file *ast.File) analysis.TextEdit {
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT {
			break
		}
		if isCgo(decl) {
			continue // its comment is C code, which must stay next to it
		}
		if decl.Lparen.IsValid() {
			return insert(decl.Lparen+1, "\n\t\"errors\"")
		}
		at := decl.Pos()
		if decl.Doc != nil {
			at = decl.Doc.Pos()
		}
		return insert(at, "import \"errors\"\n")
	}
	return insert(file.Name.End(), "\n\nimport \"errors\"")
}

func isCgo(decl *ast.GenDecl) bool {
	for _, spec := range decl.Specs {
		if spec.(*ast.ImportSpec).Path.Value == `"C"` {
			return true
		}
	}
	return false
}
