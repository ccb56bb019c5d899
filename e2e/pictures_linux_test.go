// The pictures of README: the output of the command on a terminal, and the web page of
// EvoLink's table. With -update, the tests write them to docs/images.

package e2e

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const images = "../docs/images"

// pictured are the commands of the picture.
var pictured = [][]string{
	{"lint", "errors.yaml"},
	{"explain", "retry-conflict"},
}

// A theme has the colors of a picture, by the class of its elements.
type theme struct{ name, css string }

var themes = []theme{
	{"light", "rect{fill:#f6f8fa;stroke:#d1d9e0}text{fill:#1f2328}.prompt{fill:#59636e}.s31{fill:#cf222e}.s32{fill:#116329}.s33{fill:#9a6700}.s34{fill:#0969da}.s35{fill:#8250df}.s36{fill:#1b7c83}.s2{fill:#59636e}.s1{font-weight:bold}"},
	{"dark", "rect{fill:#0d1117;stroke:#3d444d}text{fill:#f0f6fc}.prompt{fill:#9198a1}.s31{fill:#ff7b72}.s32{fill:#3fb950}.s33{fill:#d29922}.s34{fill:#58a6ff}.s35{fill:#bc8cff}.s36{fill:#39c5cf}.s2{fill:#9198a1}.s1{font-weight:bold}"},
}

// The pictures of the terminal contain the output of the command.
func TestTerminalPicture(t *testing.T) {
	dir, err := filepath.Abs("testdata/pictures")
	if err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	for i, args := range pictured {
		if i > 0 {
			shown.WriteString("\n")
		}
		shown.WriteString(prompt + "errspec " + strings.Join(args, " ") + "\n" + shownBy(t, 80, dir, args...))
	}
	for _, in := range themes {
		file := filepath.Join(images, "terminal-"+in.name+".svg")
		want := drawTerminal(shown.String(), in)
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is stale; run go test -run %s -update .", file, t.Name())
		}
	}
}

const prompt = "$ "

// sequence matches an escape sequence that selects a style.
var sequence = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// drawTerminal draws lines with styles as SVG. Its text can be selected.
func drawTerminal(shown string, in theme) string {
	const charWidth, lineHeight, margin = 7.8, 19, 16
	lines := strings.Split(strings.TrimRight(shown, "\n"), "\n")
	longest := 0
	for _, line := range lines {
		longest = max(longest, len([]rune(sequence.ReplaceAllString(line, ""))))
	}
	width, height := int(charWidth*float64(longest))+2*margin, lineHeight*len(lines)+2*margin-4
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="errspec in a terminal">
<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}%[3]s</style>
<rect x=".5" y=".5" width="%[4]d" height="%[5]d" rx="8"/>
`, width, height, in.css, width-1, height-1)
	style := ""
	for i, line := range lines {
		fmt.Fprintf(&b, `<text x="%d" y="%d" xml:space="preserve">`, margin, margin+lineHeight*i+12)
		if rest, ok := strings.CutPrefix(line, prompt); ok {
			b.WriteString(`<tspan class="prompt">` + prompt + `</tspan>`)
			line = rest
		}
		style = drawLine(&b, line, style)
		b.WriteString("</text>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawLine draws a line that starts in a style, and returns the style after it.
func drawLine(b *strings.Builder, line, style string) string {
	write := func(text string) {
		switch {
		case text == "":
		case style == "":
			b.WriteString(html.EscapeString(text))
		default:
			fmt.Fprintf(b, `<tspan class="%s">%s</tspan>`, style, html.EscapeString(text))
		}
	}
	end := 0
	for _, at := range sequence.FindAllStringSubmatchIndex(line, -1) {
		write(line[end:at[0]])
		end = at[1]
		classes := strings.Split(line[at[2]:at[3]], ";")
		classes = slices.DeleteFunc(classes, func(c string) bool { return c == "" || c == "0" })
		style = ""
		if len(classes) > 0 {
			style = "s" + strings.Join(classes, " s")
		}
	}
	write(line[end:])
	return style
}

// maxPicture is the size that a picture of the web page must not exceed.
const maxPicture = 60_000

// The pictures of the web page are small enough for README. With -update, they are taken.
func TestPagePictures(t *testing.T) {
	for _, in := range themes {
		file := filepath.Join(images, "page-"+in.name+".png")
		if *update {
			takePicture(t, file, in.name)
		}
		picture, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(picture) > maxPicture || !bytes.HasPrefix(picture, []byte("\x89PNG")) {
			t.Errorf("%s has %d bytes", file, len(picture))
		}
	}
}

// pastedError is the error that the page explains in its picture.
const pastedError = `{"status": "failed", "error": {"code": "invalid_parameters", "message": "file size exceeds 10MB"}}`

// takePicture writes a picture of EvoLink's page with an explained error, in a color
// scheme.
func takePicture(t *testing.T, file, scheme string) {
	t.Helper()
	page, err := filepath.Abs("../generated/docs/evolink.html")
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, page,
		devtools(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1000, Height: 570, DeviceScaleFactor: 1.5}),
		devtools(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		}))
	eval[bool](p, `(() => {
		const pasted = document.querySelector("textarea");
		pasted.value = %s;
		pasted.dispatchEvent(new Event("input", {bubbles: true}));
		pasted.closest("section, form, article, div").scrollIntoView();
		return new Promise(done => setTimeout(() => done(true), 500));
	})()`, pastedError)
	data, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	taken, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, paletted(taken)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// paletted returns a picture in its most frequent colors, which makes its file small. The
// rest are shades at the edges of letters.
func paletted(from image.Image) *image.Paletted {
	const colors = 48
	counts := make(map[color.Color]int)
	bounds := from.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[from.At(x, y)]++
		}
	}
	frequent := slices.SortedFunc(maps.Keys(counts), func(a, b color.Color) int {
		if c := counts[b] - counts[a]; c != 0 {
			return c
		}
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	to := image.NewPaletted(bounds, frequent[:min(colors, len(frequent))])
	draw.Draw(to, bounds, from, bounds.Min, draw.Src)
	return to
}
