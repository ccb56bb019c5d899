package main

import (
	"fmt"
	"os"
	"path/filepath"
)

const filesPerPackage = 10

// writeModule writes a module in which each file uses the generated package like a
// client. Neither tool has findings in it.
func writeModule(dir string, files int) error {
	write := func(name, text string) error {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		return os.WriteFile(name, []byte(text), 0o666)
	}
	if err := write("go.mod", "module example.test/large\n\ngo 1.25.0\n"); err != nil {
		return err
	}
	for i := range files {
		pkg := i / filesPerPackage
		if err := write(fmt.Sprintf("p%03d/f%d.go", pkg, i), fmt.Sprintf(fileText, pkg, i)); err != nil {
			return err
		}
	}
	return nil
}

// fileText is the text of a file, with the numbers of the package and the file.
const fileText = `package p%03[1]d

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"example.test/large/evolink"
)

// Client%[2]d talks to the service.
type Client%[2]d struct {
	HTTP   *http.Client
	Base   string
	Policy evolink.Policy
	waited time.Duration
}

// Submit sends one request.
func (c *Client%[2]d) Submit(ctx context.Context, prompt string) (*evolink.Task, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Base+"/v1/images", strings.NewReader(prompt))
	if err != nil {
		return nil, fmt.Errorf("client %%d: %%w", %[2]d, err)
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return evolink.DecodeTask(resp.StatusCode, resp.Header, resp.Body)
}

// Generate submits again as long as the table allows it.
func (c *Client%[2]d) Generate(ctx context.Context, prompt string) (*evolink.Task, error) {
	for attempt := 1; ; attempt++ {
		task, err := c.Submit(ctx, prompt)
		if err == nil {
			return task, nil
		}
		pause, again := c.Policy.Next(ctx, attempt, err)
		if !again {
			return nil, fmt.Errorf("attempt %%d: %%w", attempt, err)
		}
		c.waited += pause
		time.Sleep(pause)
	}
}

// Advise%[2]d says what to do about an error.
func Advise%[2]d(err error) string {
	code, ok := evolink.CodeOf(err)
	switch {
	case !ok:
		return "nothing is known"
	case errors.Is(err, evolink.SubtypeInvalidParametersFileTooLarge):
		return "a smaller file"
	}
	switch code {
	case evolink.CodeQuotaExceeded, evolink.CodeResourceExhausted:
		return "slow down"
	case evolink.CodeInvalidParameters:
		return fmt.Sprintf("look at %%q", err)
	default:
		return code.Info().Description
	}
}

// Count%[2]d counts the codes of tasks.
func Count%[2]d(tasks []*evolink.Task) map[evolink.Code]int {
	counts := make(map[evolink.Code]int)
	for _, task := range tasks {
		if code, ok := evolink.CodeOf(task.Err()); ok {
			counts[code]++
		}
	}
	return counts
}
`
