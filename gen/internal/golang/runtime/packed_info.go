package runtime

import "strconv"

// unpackInfo decodes a row of the table of codes. codeAt returns the code at an index of
// the table.
func unpackInfo(row string, codeAt func(int) Code) Info {
	var info Info
	for row != "" {
		var letter byte
		var text string
		letter, text, row = nextField(row)
		switch letter {
		case 't':
			info.Title = text
		case 'd':
			info.Description = text
		case 'D':
			info.Details = text
		case 'a':
			info.Advice = text
		case 'h':
			info.Hint = text
		case 'c':
			info.Causes = append(info.Causes, text)
		case 'v':
			info.Avoid = append(info.Avoid, text)
		case 'f':
			info.Fixes = append(info.Fixes, text)
		case 'e':
			info.Examples = append(info.Examples, text)
		case 'u':
			info.URL = text
		case 'H':
			info.HTTP, _ = strconv.Atoi(text)
		case 'G':
			info.GRPC = text
		case 's':
			info.Since = text
		case 'x':
			info.Deprecation = &Deprecation{Since: text}
		case 'y':
			info.Deprecation.Reason = text
		case 'z':
			i, _ := strconv.Atoi(text)
			info.Deprecation.ReplacedBy = codeAt(i)
		}
	}
	return info
}
