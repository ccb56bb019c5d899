package runtime

// unpackSubtype decodes a row of the table of subtypes.
func unpackSubtype(row string) SubtypeInfo {
	var info SubtypeInfo
	for row != "" {
		var letter byte
		var text string
		letter, text, row = nextField(row)
		switch letter {
		case 't':
			info.Title = text
		case 'd':
			info.Description = text
		case 'e':
			info.Examples = append(info.Examples, text)
		case 'a':
			info.Advice = text
		case 'h':
			info.Hint = text
		case 'u':
			info.URL = text
		}
	}
	return info
}
