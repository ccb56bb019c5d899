package diag

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		text  string
		lines []string // from line 1 on
	}{
		{"", []string{""}},
		{"a", []string{"a"}},
		{"a\n", []string{"a", ""}},
		{"a\r\nb\r\n\r\n", []string{"a", "b", "", ""}},
		{"a\rb\r", []string{"a\rb\r"}},
		{"\uFEFFa\n\uFEFFb", []string{"a", "\uFEFFb"}},
		{"\uFEFF", []string{""}},
	} {
		f := &File{Text: c.text}
		for i, want := range c.lines {
			if got := f.Line(i + 1); got != want {
				t.Errorf("%q: line %d is %q, want %q", c.text, i+1, got, want)
			}
		}
		for _, n := range []int{-1, 0, len(c.lines) + 1, len(c.lines) + 2} {
			if got := f.Line(n); got != "" {
				t.Errorf("%q: line %d is %q", c.text, n, got)
			}
		}
	}
}

// Position is the inverse of Offset, and both agree with a simple count.
func TestPosition(t *testing.T) {
	for _, text := range []string{
		"", "a", "\n", "a\nb\n\nc", "ä\nöü\n忙しい😀\n", "\uFEFFä\n\uFEFFb", "a\r\nb\r\n", "\x80\xff\xe2\x82\n\xc3",
		strings.Repeat("wörter ", 1000) + "\n" + strings.Repeat("x", 5000),
		strings.Repeat("x", 1024) + "\n" + strings.Repeat("é", 1025) + "\r\n" + strings.Repeat("x", 1026),
	} {
		f := &File{Text: text}
		line, column := 1, 1
		mark := len(text) - len(strings.TrimPrefix(text, "\uFEFF"))
		for offset := mark; offset <= len(text); {
			want := Pos{line, column}
			if got := f.Position(offset); got != want {
				t.Fatalf("%.20q: offset %d is at %v, want %v", text, offset, got, want)
			}
			if got := f.Offset(want); got != offset && !strings.HasPrefix(text[offset-min(1, offset):], "\r\n") {
				t.Fatalf("%.20q: %v is at offset %d, want %d", text, want, got, offset)
			}
			rest := text[offset:]
			onLine, _, found := strings.Cut(rest, "\n")
			if found {
				onLine = strings.TrimSuffix(onLine, "\r")
			}
			if strings.HasPrefix(rest, "\n") { // after a carriage return
				onLine = ""
			}
			if got := f.From(want); got != onLine {
				t.Fatalf("%.20q: From(%v) = %.20q, want %.20q", text, want, got, onLine)
			}
			if rest == "" {
				break
			}
			_, size := utf8.DecodeRuneInString(rest)
			offset += size
			column++
			if rest[0] == '\n' {
				line, column = line+1, 1
			}
		}
		for _, p := range []Pos{{}, {0, 1}, {1, 0}, {line, column + 1}, {line, column + 5000}, {line + 1, 1}, {-1, -1}} {
			if got := f.From(p); got != "" {
				t.Errorf("%.20q: From(%v) = %q", text, p, got)
			}
		}
		if got := f.Position(0); got != (Pos{1, 1}) {
			t.Errorf("%.20q starts at %v", text, got)
		}
	}
}

// Positions in a long line, whose columns are counted from a recorded offset, are exact.
func TestPositionInLongLine(t *testing.T) {
	line := strings.Repeat("aé€𝟙 ", 2*columnStep/5+100)
	for _, head := range []string{"", byteOrderMark, "first\n"} {
		f := &File{Text: head + line + "\nlast"}
		start := strings.Index(f.Text, line)
		for i := range line {
			want := Pos{f.Lines() - 1, utf8.RuneCountInString(line[:i]) + 1}
			if got := f.Position(start + i); got != want {
				t.Fatalf("%q: Position(%d) = %v, want %v", head, start+i, got, want)
			}
			if got := f.Offset(want); got != start+i {
				t.Fatalf("%q: Offset(%v) = %d, want %d", head, want, got, start+i)
			}
		}
	}
}

func TestAtLine(t *testing.T) {
	f := &File{Name: "a.yaml", Text: "one\ntwo\n"}
	for line, want := range map[int]string{-1: "a.yaml:1:1", 0: "a.yaml:1:1", 1: "a.yaml:1:1", 2: "a.yaml:2:1"} {
		if got := f.AtLine(line); got.String() != want || got.End != got.Start {
			t.Errorf("line %d: got %s to %v, want %s", line, got, got.End, want)
		}
	}
}
