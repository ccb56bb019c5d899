package runtime

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Types have only the listed methods. Other packages retry or print errors by their own
// rules if they find methods such as Temporary.
func TestMethods(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{new(Error), "As Decision Error Is LogValue MarshalJSON UnmarshalJSON Value"},
		{new(ResponseError), "Error Unwrap"},
		{new(PollError), "Error Unwrap"},
		{new(Failure), "As Code Encode Error GRPC Is LogValue Message RetryAfter Subtype Unwrap WithCause WithParam WithRequestID WithRetryAfter"},
		{new(Policy), "Begin Next"},
		{new(Attempts), "Again Key MarshalJSON Resume SetKey SetTask TaskID Why"},
		{new(Reason), "String"},
		{new(Waiter), "Wait"},
		{new(Task), "Done Err MarshalJSON UnmarshalJSON"},
		{new(Decision), ""},
		{new(Code), "Decision Error Info Known String UnmarshalJSON"},
		{new(Subtype), "Code Error Info String"},
	} {
		typ := reflect.TypeOf(c.value)
		var got []string
		for i := range typ.NumMethod() {
			got = append(got, typ.Method(i).Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("methods of %v: got %s, want %s", typ, got, c.want)
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[*Error](), reflect.TypeFor[*Failure](), reflect.TypeFor[*PollError](), reflect.TypeFor[Code](), reflect.TypeFor[Subtype]()} {
		for _, name := range []string{"Timeout", "Temporary", "RetryableError", "Retryable", "Format", "GoString", "StatusCode", "GRPCStatus"} {
			if _, has := typ.MethodByName(name); has {
				t.Errorf("%v has the method %s", typ, name)
			}
		}
	}
}

var _ = map[Decision]bool{} // decisions can be compared

// No exported function returns an *Error, because a nil *Error in an error is not nil.
// The package has no exported variables, no init, and only imports that are acceptable
// in every program.
func TestDeclarations(t *testing.T) {
	imports := []string{
		"bytes", "context", "crypto/rand", "crypto/sha256", "encoding/hex", "encoding/json", "errors", "fmt", "io", "log/slog", "math", "math/rand/v2", "slices", "strconv", "strings", "time",
		"unicode", "unicode/utf16", "unicode/utf8",
	}
	for name, file := range sources(t) {
		for _, spec := range file.Imports {
			if path := strings.Trim(spec.Path.Value, `"`); !slices.Contains(imports, path) {
				t.Errorf("%s imports %s", name, path)
			}
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				checkFunc(t, name, decl)
			case *ast.GenDecl:
				checkVars(t, name, decl)
			}
		}
	}
}

func checkFunc(t *testing.T, file string, f *ast.FuncDecl) {
	if f.Name.Name == "init" {
		t.Errorf("%s has an init", file)
	}
	if !f.Name.IsExported() || f.Type.Results == nil {
		return
	}
	if f.Doc == nil {
		t.Errorf("%s: %s has no comment", file, f.Name)
	}
	for _, result := range f.Type.Results.List {
		if star, ok := result.Type.(*ast.StarExpr); ok {
			if id, ok := star.X.(*ast.Ident); ok && (id.Name == "Error" || id.Name == "PollError") {
				t.Errorf("%s: %s returns a *%s", file, f.Name, id.Name)
			}
		}
	}
}

func checkVars(t *testing.T, file string, decl *ast.GenDecl) {
	if decl.Tok != token.VAR {
		return
	}
	for _, spec := range decl.Specs {
		for _, id := range spec.(*ast.ValueSpec).Names {
			if id.IsExported() {
				t.Errorf("%s: the variable %s can be changed by importers", file, id.Name)
			}
		}
	}
}

// sources returns the parsed files of the package without its tests.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	files := make(map[string]*ast.File)
	fset := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	return files
}

// features are the features that marks may name.
var features = []string{
	"arrays", "charged", "conflict", "decoded", "filled", "free", "hidden", "id", "json", "keyless", "keys", "model", "nocharge", "numbers", "optin", "param", "pending", "phrases", "poll", "prefixes", "problem",
	"refined", "request", "response", "sentdelay", "sentheaders", "sentothers", "sentparam", "sentsubtype", "sentsubtypes", "senturl", "subtypes", "task", "texts", "typed", "values", "words",
}

// Every mark of a copied file names a feature and has an end.
func TestMarks(t *testing.T) {
	for name := range sources(t) {
		if strings.HasPrefix(name, "standin_") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		open := ""
		for i, line := range strings.Split(string(data), "\n") {
			line = strings.TrimSpace(line)
			feature, isIf := strings.CutPrefix(line, "//errspec:if ")
			switch {
			case isIf && open != "", line == "//errspec:end" && open == "":
				t.Errorf("%s:%d: %s inside of %q", name, i+1, line, open)
			case isIf && !slices.Contains(features, feature):
				t.Errorf("%s:%d: unknown feature %q", name, i+1, feature)
			case isIf:
				open = feature
			case line == "//errspec:end":
				open = ""
			case strings.HasPrefix(line, "//errspec"):
				t.Errorf("%s:%d: unknown mark %s", name, i+1, line)
			}
		}
		if open != "" {
			t.Errorf("%s: unclosed mark of %s", name, open)
		}
	}
}
