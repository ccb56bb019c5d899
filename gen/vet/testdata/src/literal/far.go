package literal

// The file does not import the package, so there is no fix.
func far(a result) bool {
	return a.Code == "timeout" // want `use the constant shop\.CodeTimeout instead of "timeout"`
}
