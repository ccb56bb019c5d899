package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser starts one browser for all tests. It returns nil if there is none.
var browser = sync.OnceValue(func() context.Context {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, _ := chromedp.NewContext(allocator)
		stopBrowser = stop
		return ctx
	}
	return nil
})

// stopBrowser stops the browser if it was started.
var stopBrowser = func() {}

// A tab is a page in the browser. Every error on it, and every network request of it,
// fails the test.
type tab struct {
	t      testing.TB
	ctx    context.Context
	url    string
	mu     sync.Mutex
	events []string
}

// open opens a page after the given steps.
func open(t testing.TB, file string, before ...step) *tab {
	t.Helper()
	if browser() == nil {
		t.Skip("chromium is not installed; on Debian: apt-get install chromium")
	}
	if err := chromedp.Do(browser()); err != nil {
		t.Fatal(err)
	}
	p := &tab{t: t, url: "file://" + file}
	ctx, closeTab := chromedp.NewContext(browser(), chromedp.WithListener(p.listen))
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	p.ctx = ctx
	t.Cleanup(func() {
		cancel()
		closeTab()
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, e := range p.events {
			t.Error(e)
		}
	})
	p.run(devtools(network.Enable, network.EnableParams{}), devtools(cdplog.Enable, cdp.Empty{}))
	p.run(before...)
	p.run(chromedp.Navigate(p.url))
	return p
}

// A step is an action on a tab.
type step = chromedp.Action[chromedp.Void]

// devtools returns a step that runs a command of the DevTools protocol.
func devtools[P, R any](c cdp.Command[P, R], params P) step {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, c, params)
		return chromedp.Void{}, err
	}
}

// listen records events that must not occur.
func (p *tab) listen(event any) {
	note := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		note = "exception: " + e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			note += ": " + x.Description
		}
	case *runtime.EventConsoleAPICalled:
		note = fmt.Sprintf("console.%s", e.Type)
		for _, arg := range e.Args {
			note += fmt.Sprintf(" %s%s", arg.Value, arg.Description)
		}
	case *cdplog.EventEntryAdded:
		note = fmt.Sprintf("%s: %s", e.Entry.Level, e.Entry.Text)
	case *cdppage.EventJavascriptDialogOpening:
		note = "dialog: " + e.Message
	case *network.EventRequestWillBeSent:
		if to := e.Request.URL; !strings.HasPrefix(to, p.url) && !strings.HasPrefix(to, "data:") {
			note = "request to " + to
		}
	}
	if note != "" {
		p.mu.Lock()
		p.events = append(p.events, note)
		p.mu.Unlock()
	}
}

func (p *tab) run(steps ...step) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// eval evaluates a script, whose result may be a promise.
func eval[T any](p *tab, script string, args ...any) T {
	p.t.Helper()
	for i, arg := range args {
		data, err := json.Marshal(arg)
		if err != nil {
			p.t.Fatal(err)
		}
		args[i] = string(data)
	}
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](fmt.Sprintf(script, args...), chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// screenshot writes a picture of the whole page to the directory in
// ERRSPEC_SCREENSHOTS, for people.
func (p *tab) screenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("ERRSPEC_SCREENSHOTS")
	if dir == "" {
		return
	}
	data, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// htmlOf generates the page of a table, and returns its path.
func htmlOf(t testing.TB, ref string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if out, err := exec.Command(command, "generate", "--table", ref, "--html", file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return file
}

// npm and typescriptNPM return the directory of the packages in a lock file, which pins
// them by checksum. They are reused by later runs.
var (
	npm           = sync.OnceValues(func() (string, error) { return packages("npm") })
	typescriptNPM = sync.OnceValues(func() (string, error) { return packages("npm-typescript") })
)

func packages(name string) (string, error) {
	if _, err := exec.LookPath("npm"); err != nil {
		return "", errNoNPM
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	lock, err := os.ReadFile(filepath.Join(name, "package-lock.json"))
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "errspec-e2e", fmt.Sprintf("%s-%x", name, hashOf(lock)))
	modules := filepath.Join(dir, "node_modules")
	if _, err := os.Stat(modules); err == nil {
		return modules, nil
	}
	work := dir + ".tmp"
	if err := errors.Join(os.RemoveAll(work), os.CopyFS(work, os.DirFS(name))); err != nil {
		return "", err
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	install.Dir = work
	if out, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	return modules, os.Rename(work, dir)
}

var errNoNPM = errors.New("npm is not installed")

func npmFile(t testing.TB, path string) string {
	t.Helper()
	return packageFile(t, npm, path)
}

// packageFile returns the path of a file of packages.
func packageFile(t testing.TB, packages func() (string, error), path string) string {
	t.Helper()
	modules, err := packages()
	if errors.Is(err, errNoNPM) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(modules, filepath.FromSlash(path))
}

// shown returns the IDs of the visible elements that match.
func shown(p *tab, selector string) []string {
	p.t.Helper()
	return eval[[]string](p, `[...document.querySelectorAll(%s)].filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.id || e.hash || e.tagName)`, selector)
}
