package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// A fate is the result of testing a mutant.
type fate int

const (
	killed fate = iota
	survived
	noCompile
)

// A tree is a copy of the repository in which mutants are tested. In a copy, tests that
// read the source of their package also read the mutant.
type tree struct {
	dir   string
	limit time.Duration // maximum time of short tests; a mutant that exceeds it is killed
}

// longLimit is the maximum time of long tests, and of tests without a mutant.
const longLimit = 5 * time.Minute

// sound returns an error if the tests of a part fail without a mutant. Their time
// determines the limit of tests with a mutant.
func (t *tree) sound(ctx context.Context, p part) error {
	if err := t.build(ctx, p); err != nil {
		return fmt.Errorf("%s does not compile: %w", p.dir, err)
	}
	begun := time.Now()
	out, err := t.test(ctx, p.dir, p.tests, longLimit, "-test.short")
	t.limit = max(10*time.Second, 4*time.Since(begun))
	if err == nil && p.slow != "" {
		out, err = t.test(ctx, p.dir, p.slow, longLimit)
	}
	if err != nil {
		return fmt.Errorf("the tests of %s fail without a mutant: %w\n%s", p.dir, err, out)
	}
	return nil
}

// try returns the fate of a mutant and restores the tree.
func (t *tree) try(ctx context.Context, m *mutant) (result fate, err error) {
	name := filepath.Join(t.dir, m.part.dir, m.file)
	source, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	changed := string(source[:m.from]) + m.text + string(source[m.to:])
	if err := os.WriteFile(name, []byte(changed), 0o666); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.WriteFile(name, source, 0o666)) }()
	if t.build(ctx, m.part) != nil {
		return noCompile, ctx.Err()
	}
	if _, err := t.test(ctx, m.part.dir, m.part.tests, t.limit, "-test.short"); err != nil {
		return killed, ctx.Err()
	}
	if m.part.slow == "" {
		return survived, ctx.Err()
	}
	if _, err := t.test(ctx, m.part.dir, m.part.slow, longLimit); err != nil {
		return killed, ctx.Err()
	}
	return survived, ctx.Err()
}

// build compiles the tests of a part.
func (t *tree) build(ctx context.Context, p part) error {
	out, err := t.command(ctx, "go", "test", "-c", "-ldflags=-s -w", "-o", t.binary(), "./"+p.dir).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// test runs compiled tests in a directory. Their memory is limited, because mutants may
// allocate any amount.
func (t *tree) test(ctx context.Context, dir, pattern string, limit time.Duration, flags ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit+10*time.Second)
	defer cancel()
	args := []string{"-c", `ulimit -v 6000000 2>/dev/null; exec "$@"`, "sh", t.binary(), "-test.failfast", "-test.timeout=" + limit.String(), "-test.run=" + pattern}
	cmd := t.command(ctx, "sh", append(args, flags...)...)
	cmd.Dir = filepath.Join(t.dir, dir)
	cmd.WaitDelay = 5 * time.Second
	return cmd.CombinedOutput()
}

func (t *tree) binary() string { return filepath.Join(t.dir, "mutant.test") }

// command returns a command that uses one CPU.
func (t *tree) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = t.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOMAXPROCS=1", "GOFLAGS=")
	return cmd
}
