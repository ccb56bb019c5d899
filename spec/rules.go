package spec

// Rules that reading a table can break, beside those of package form. Those
// that only a whole table can break are in the list that [Rules] returns.
const (
	ruleVersion = "format-version" // a version of the format that is not known
	ruleInclude = "include"        // an included file that is not there
	ruleExtends = "extends"        // a table to add to that is not there, or an addition that does not add
)
