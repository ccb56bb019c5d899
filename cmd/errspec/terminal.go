package main

import (
	"io"
	"os"
	"runtime"
	"strconv"

	"golang.org/x/term"
)

// A terminal describes the terminal of a writer. The zero value means no terminal.
type terminal struct {
	width int  // in columns; 0 if there is no terminal
	color bool // whether colors are supported and not turned off
}

// defaultWidth is the width of a terminal whose width is unknown.
const defaultWidth = 80

// terminalOf returns the terminal of a writer, according to the environment. Colors are
// off if NO_COLOR is not empty (https://no-color.org) or TERM is dumb.
func terminalOf(w io.Writer, getenv func(string) string) terminal {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return terminal{}
	}
	t := terminal{width: defaultWidth, color: getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && supportsSequences(runtime.GOOS, getenv)}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
		t.width = width
	} else if width, err := strconv.Atoi(getenv("COLUMNS")); err == nil && width > 0 {
		t.width = width
	}
	return t
}

// supportsSequences reports whether escape sequences work without being enabled. The
// legacy console of Windows prints them as text.
func supportsSequences(system string, getenv func(string) string) bool {
	if system != "windows" {
		return true
	}
	return getenv("WT_SESSION") != "" || getenv("TERM") != "" || getenv("ConEmuANSI") == "ON"
}
