package python

import "strings"

// usesIn returns the names that a source uses, and the modules of whose names it uses some. It
// does not search comments, and texts only if they may be f-strings. A large module has
// megabytes of texts, so that this reads every byte once.
func usesIn(source string) (names, modules map[string]bool) {
	names, modules = make(map[string]bool), make(map[string]bool)
	code := 0 // start of the code before i
	for i := 0; i < len(source); {
		size := notCode(source[i:])
		if size == 0 {
			i++
			continue
		}
		if text := source[i : i+size]; text[0] == '#' || strings.HasPrefix(text, `"""`) || !strings.Contains(text, "{") {
			addUses(source[code:i], names, modules)
			code = i + size
		}
		i += size
	}
	addUses(source[code:], names, modules)
	return names, modules
}

// notCode returns the size of the comment or text at the start of s. It returns 0 if there is
// none.
func notCode(s string) int {
	switch s[0] {
	case '#':
		if end := strings.IndexByte(s, '\n'); end >= 0 {
			return end
		}
		return len(s)
	case '\'':
		return quoted(s, 0)
	case '"':
		if strings.HasPrefix(s, `"""`) {
			if end := strings.Index(s[3:], `"""`); end >= 0 {
				return 3 + end + 3
			}
		}
		return quoted(s, 0)
	case 'r':
		if strings.HasPrefix(s, `rb"`) {
			return quoted(s, 2)
		}
		fallthrough
	case 'b':
		if len(s) > 1 && s[1] == '"' {
			return quoted(s, 1)
		}
	}
	return 0
}

// quoted returns the size of a text on one line with its prefix. It returns 0 if the text does
// not end.
func quoted(s string, prefix int) int {
	for i := prefix + 1; i < len(s); i++ {
		switch s[i] {
		case s[prefix]:
			return i + 1
		case '\\':
			i++
		case '\n':
			return 0
		}
	}
	return 0
}

// addUses adds the names in code, except for those of attributes, and the modules before a dot.
func addUses(code string, names, modules map[string]bool) {
	before := byte('\n')
	for i := 0; i < len(code); {
		if !isWord(code[i]) {
			before = code[i]
			i++
			continue
		}
		start := i
		for i < len(code) && isWord(code[i]) {
			i++
		}
		if before != '.' {
			names[code[start:i]] = true
			if before != '`' {
				addModules(code[start:], i-start, modules)
			}
		}
		before = code[i-1]
	}
}

// addModules adds a, a.b and so on if they are at the start of code before a dot and a letter.
// end is the end of the first word.
func addModules(code string, end int, modules map[string]bool) {
	for end+1 < len(code) && code[end] == '.' && isLetter(code[end+1]) {
		modules[code[:end]] = true
		for end++; end < len(code) && isWord(code[end]); {
			end++
		}
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
