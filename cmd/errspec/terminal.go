package main

import (
	"io"
	"os"
	"runtime"
	"strconv"

	"golang.org/x/term"
)

// A terminal is what is known of where output goes.
type terminal struct {
	width int  // in columns; 0 if it is no terminal
	color bool // whether it shows colours and its user wants them
}

// defaultWidth is that of a terminal that does not tell.
const defaultWidth = 80

// terminalOf looks at a writer and at the environment. Colour is off where
// NO_COLOR is not empty (https://no-color.org) and where TERM is dumb.
func terminalOf(w io.Writer, getenv func(string) string) terminal {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return terminal{}
	}
	t := terminal{width: defaultWidth, color: getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && obeysSequences(runtime.GOOS, getenv)}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
		t.width = width
	} else if width, err := strconv.Atoi(getenv("COLUMNS")); err == nil && width > 0 {
		t.width = width
	}
	return t
}

// obeysSequences reports whether escape sequences work without being turned on.
// The old console of Windows would show them.
func obeysSequences(system string, getenv func(string) string) bool {
	if system != "windows" {
		return true
	}
	return getenv("WT_SESSION") != "" || getenv("TERM") != "" || getenv("ConEmuANSI") == "ON"
}
