package revision

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// This file is the only one that starts git. The repository that git reads may be
// hostile: a clone of unknown origin, or an unpacked archive with a .git directory.
// Therefore each command turns off everything that its configuration could start or fetch,
// and only commands that read objects are used: ls-tree and cat-file have no hooks, filters
// or text conversions.

// patience is how long git's output is waited for after git has ended or been
// stopped: a process that it left behind may keep the pipe open.
const patience = 2 * time.Second

// git runs git in a directory and returns what it prints. The error is what git
// reports, on one line.
func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append(options(), args...)...)
	cmd.Dir = dir
	cmd.Env = environment(os.Environ())
	cmd.WaitDelay = patience
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("the git command is not installed")
	}
	if reported := lastLine(stderr.String()); reported != "" {
		return nil, errors.New(reported)
	}
	return nil, err
}

// lastLine returns the fatal error of git's output with what explains it, on one
// line. Warnings may come before it.
func lastLine(stderr string) string {
	if _, fatal, found := strings.Cut("\n"+stderr, "\nfatal: "); found {
		stderr = fatal
	}
	return strings.Join(strings.Fields(stderr), " ")
}

// options returns the options of every git command. They take precedence over all
// files of configuration; empty values turn a setting off.
func options() []string {
	settings := []string{
		// Commands that a repository may name.
		"core.fsmonitor=false",
		"core.hooksPath=" + os.DevNull,
		"core.sshCommand=",
		"core.askPass=",
		"core.editor=:",
		"core.gitProxy=",
		"core.alternateRefsCommand=",
		"credential.helper=",
		"diff.external=",
		"sequence.editor=:",
		// Repositories that a directory of the work tree pretends to be.
		"safe.bareRepository=explicit",
		// What would fetch, or read other repositories.
		"protocol.allow=never",
		"submodule.recurse=false",
		"fetch.recurseSubmodules=false",
		// What would show another history than the one that was committed.
		"core.useReplaceRefs=false",
		"core.commitGraph=false",
	}
	all := []string{"--no-pager", "--no-replace-objects", "--literal-pathspecs"}
	for _, s := range settings {
		all = append(all, "-c", s)
	}
	return all
}

// kept are the variables of git that every git command of errspec inherits: which
// files of configuration the user and the machine have, where git is, and how far
// up it looks for a repository.
func kept() []string {
	return []string{
		"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH",
		"GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
	}
}

// environment returns the environment of every git command. No variable says which
// repository, index or objects are meant, as git itself sets them for hooks: the
// directory decides. Those variables are what git rev-parse --local-env-vars lists,
// and more in other versions, so that all but the kept ones are dropped.
func environment(inherited []string) []string {
	keep := kept()
	var env []string
	for _, pair := range inherited {
		name, _, _ := strings.Cut(pair, "=")
		name = strings.ToUpper(name) // as Windows compares them
		if strings.HasPrefix(name, "GIT_") && !slices.Contains(keep, name) || strings.HasPrefix(name, "SSH_ASKPASS") {
			continue
		}
		env = append(env, pair)
	}
	return append(env,
		"LC_ALL=C",
		"GIT_ALLOW_PROTOCOL=", // no protocol at all
		"GIT_NO_LAZY_FETCH=1", // git 2.45 and later; older ones are stopped by the protocols
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0",
		"GIT_ASKPASS=",
		"GIT_EDITOR=:",
		"GIT_GRAFT_FILE="+os.DevNull,
	)
}
