package python

import (
	"maps"
	"slices"
	"testing"
)

func TestUsesIn(t *testing.T) {
	source := `import os.path, re  # time.time()
def f(x: Any) -> "Final":
    """Literal, math.pi"""
    a = re.compile(rb"json.x" + r"a\"b.c") + x.Mapping
    text = 'it\'s enum.Enum'; os.path.join(text)
    return f"{dataclasses.field}" + "unclosed.x
    ` + "`typing.x`" + ` ` + "datetime"
	names, modules := usesIn(source)
	for name, want := range map[string]bool{
		"Any": true, "re": true, "compile": false, "Final": false, "Literal": false, "Mapping": false,
		"enum": false, "dataclasses": true, "unclosed": true, "typing": true, "datetime": true, "f": true,
	} {
		if names[name] != want {
			t.Errorf("%s is used: %v", name, !want)
		}
	}
	want := []string{"dataclasses", "os", "os.path", "re", "unclosed", "x"}
	if got := slices.Sorted(maps.Keys(modules)); !slices.Equal(got, want) {
		t.Errorf("modules %q, want %q", got, want)
	}
}
