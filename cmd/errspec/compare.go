package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/revision"
)

// A comparer compares tables with their earlier versions.
type comparer struct {
	cmd     *cobra.Command
	scope   scope
	against string

	past     *gen.Past // of the repository of the configuration; nil until it is read
	verdicts []string  // lines to print after the findings
	failed   bool      // a table could not be compared
}

// A compared is a table with its changes.
type compared struct {
	table   *spec.Table
	changes []compat.Change
	verdict compat.Verdict
}

// A loader reads a table and validates it.
type loader func(context.Context) (*spec.Table, diag.List, error)

// compare compares the table that load returns. It returns nil if the table is new.
func (c *comparer) compare(ref string, load loader) (*compared, error) {
	result, err := c.comparison(ref, load)
	c.failed = c.failed || err != nil
	return result, err
}

func (c *comparer) comparison(ref string, load loader) (*compared, error) {
	if err := c.ambiguous(); err != nil {
		return nil, err
	}
	if !spec.IsFile(c.against) || isFile(c.against) {
		return c.between(ref, load, gen.Earlier{Name: c.against, Load: func(ctx context.Context) (*spec.Table, diag.List, error) { return gen.LoadContext(ctx, c.against) }})
	}
	if rev, file, found := strings.Cut(c.against, ":"); found {
		earlier, err := c.named(rev, file)
		if err != nil {
			return nil, err
		}
		return c.between(ref, load, earlier)
	}
	past, findings, err := c.pastOf(ref)
	if err = cmp.Or(err, c.invalid(findings, c.against+":"+config.FileName)); err != nil {
		return nil, err
	}
	now := reading{name: ref}
	now.read(c.cmd.Context(), load)
	if err := c.usable(now); err != nil {
		return nil, err
	}
	earlier, findings, err := past.Before(c.cmd.Context(), ref, now.table)
	if err = cmp.Or(about(c.against, err), c.invalid(findings, c.against+":"+config.FileName)); err != nil {
		return nil, err
	}
	if len(earlier) == 0 {
		_ = printLine(c.cmd.ErrOrStderr(), "errspec: %s is new: there is no earlier version at %s", ref, c.against)
		return nil, nil
	}
	return c.between(ref, func(context.Context) (*spec.Table, diag.List, error) { return now.table, nil, nil }, earlier...)
}

// ambiguous returns an error if --against names both a file and a revision. Otherwise, a
// file named main in a repository could replace the revision main. An absolute path, or
// one that starts with ./ or ../, always names a file.
func (c *comparer) ambiguous() error {
	name := c.against
	if !isFile(name) || filepath.IsAbs(name) || strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") {
		return nil
	}
	repository, err := revision.Find(c.cmd.Context(), ".")
	if err != nil {
		return c.cmd.Context().Err()
	}
	rev, _, _ := strings.Cut(name, ":")
	if _, err := repository.At(c.cmd.Context(), rev); err != nil {
		return c.cmd.Context().Err()
	}
	return usagef(fmt.Sprintf("specify ./%s for the file, or another name of the revision, such as refs/heads/%s", name, name), "%s is both a file and a revision", name)
}

// between compares a table with its earlier versions. There are several if outputs of
// several tables are now generated from one table.
func (c *comparer) between(ref string, load loader, earlier ...gen.Earlier) (*compared, error) {
	now, old := reading{name: ref}, make([]reading, len(earlier))
	var all sync.WaitGroup
	all.Go(func() { now.read(c.cmd.Context(), load) })
	for i, e := range earlier {
		old[i].name = e.Name
		all.Go(func() { old[i].read(c.cmd.Context(), e.Load) })
	}
	all.Wait()
	if err := c.usable(now); err != nil {
		return nil, err
	}
	var changes []compat.Change
	for _, before := range old {
		if err := c.usable(before); err != nil {
			return nil, err
		}
		changed, findings, err := gen.Compare(c.scope.config.Of(ref), before.table, now.table)
		if err != nil || findings.HasErrors() {
			return nil, errors.Join(err, c.invalid(findings, ref))
		}
		changes = append(changes, changed...)
	}
	return c.judged(ref, now.table, changes, c.scope.config.Accepted(ref)), nil
}

// judged returns a comparison, and adds its verdict to those to print.
func (c *comparer) judged(name string, table *spec.Table, changes []compat.Change, accepted []compat.Break) *compared {
	verdict := compat.Judge(changes, accepted)
	if len(changes) > 0 {
		c.verdicts = append(c.verdicts, fmt.Sprintf("%s since %s: %s", name, c.against, verdict.Bump))
	}
	return &compared{table, changes, verdict}
}

// A reading is the result of reading a table.
type reading struct {
	name     string
	table    *spec.Table
	findings diag.List
	err      error
}

func (r *reading) read(ctx context.Context, load loader) { r.table, r.findings, r.err = load(ctx) }

// usable prints the findings of a table, and returns an error if it cannot be compared.
func (c *comparer) usable(r reading) error {
	if r.err != nil {
		return r.err
	}
	return c.invalid(r.findings, r.name)
}

// invalid prints findings, and returns an error if one of them is an error.
func (c *comparer) invalid(findings diag.List, name string) error {
	return failed(report(c.cmd.ErrOrStderr(), diag.FormatText, findings), name)
}

// named returns the table of REV:PATH. As in git, a path that starts with ./ or ../ is
// relative to the current directory, and any other path to the root of the repository.
func (c *comparer) named(rev, file string) (gen.Earlier, error) {
	repository, err := revision.Find(c.cmd.Context(), ".")
	if err != nil {
		return gen.Earlier{}, about(rev, err)
	}
	r, err := repository.At(c.cmd.Context(), rev)
	if err != nil {
		return gen.Earlier{}, err
	}
	within := path.Clean(file)
	if strings.HasPrefix(file, "./") || strings.HasPrefix(file, "../") {
		within, _ = repository.Path(filepath.FromSlash(file))
	}
	earlier, found, err := gen.TableAt(r, within)
	if err == nil && !found {
		err = usagef("specify a path that git ls-tree -r --name-only lists", "revision %s does not contain the file %s", rev, file)
	}
	return earlier, err
}

// pastOf returns the past of the repository of a table: the repository of the
// configuration, or of the current directory, even if the table is in one of its
// submodules; otherwise the repository that contains the table.
func (c *comparer) pastOf(ref string) (*gen.Past, diag.List, error) {
	if !spec.IsFile(ref) && len(c.scope.config.Of(ref)) == 0 {
		return nil, nil, usagef("use --against REV:PATH", "%s is not a file, so no git revision contains it", ref)
	}
	repository, configured, err := repositoryOf(c.cmd.Context(), c.scope, ref)
	if err != nil {
		return nil, nil, about(c.against, err)
	}
	if configured && c.past != nil {
		return c.past, nil, nil
	}
	rev, err := repository.At(c.cmd.Context(), c.against)
	if err != nil {
		return nil, nil, err
	}
	if !configured {
		return gen.ReadPast(rev, nil)
	}
	past, findings, err := gen.ReadPast(rev, c.scope.config)
	if err == nil && !findings.HasErrors() {
		c.past = past
	}
	return past, findings, err
}

// repositoryOf returns the repository of a table, as pastOf describes it, and whether it
// is the repository of the configuration or of the current directory.
func repositoryOf(ctx context.Context, s scope, ref string) (*revision.Repository, bool, error) {
	dir := "."
	if s.config != nil {
		dir = filepath.Dir(filepath.FromSlash(s.config.At().File.Name))
	}
	repository, err := revision.Find(ctx, dir)
	if err == nil {
		if _, within := repository.Path(ref); within || !spec.IsFile(ref) {
			return repository, true, nil
		}
	}
	if !spec.IsFile(ref) {
		return nil, false, err
	}
	repository, err = revision.Find(ctx, filepath.Dir(ref))
	return repository, false, err
}

// about sets the revision in an error about its repository.
func about(rev string, err error) error {
	var failure *revision.Error
	if errors.As(err, &failure) {
		failure.Revision = rev
	}
	return err
}

// removed returns the entries that errspec.yaml listed at the revision and no longer
// lists. It returns nil if a table could not be compared, because its earlier version
// is then unknown. Only accepted changes of these kinds apply.
func (c *comparer) removed() *compared {
	if c.past == nil || c.failed {
		return nil
	}
	changes := c.past.Removed()
	accepted := c.scope.config.Removals()
	if len(changes) == 0 && len(accepted) == 0 {
		return nil
	}
	return c.judged(config.FileName, nil, changes, accepted)
}

// printVerdicts prints the verdicts. It is called last.
func (c *comparer) printVerdicts() {
	for _, line := range c.verdicts {
		_ = printLine(c.cmd.ErrOrStderr(), "errspec: %s", line)
	}
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
