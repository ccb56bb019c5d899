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
// Therefore each command turns off all programs and fetches that its configuration could
// cause. Only commands that read objects are used: ls-tree and cat-file have no hooks, filters
// or text conversions.

// waitDelay is the time to wait for the output of git after git has ended or been stopped: a
// process that it started may keep the pipe open.
const waitDelay = 2 * time.Second

// git runs git in a directory and returns its output. The error is the error message of git,
// on one line.
func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append(options(), args...)...)
	cmd.Dir = dir
	cmd.Env = environment(os.Environ())
	cmd.WaitDelay = waitDelay
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
	if reported := errorLine(stderr.String()); reported != "" {
		return nil, errors.New(reported)
	}
	return nil, err
}

// errorLine returns the fatal error in the output of git, with its explanation, on one line.
// It skips warnings before the error.
func errorLine(stderr string) string {
	if _, fatal, found := strings.Cut("\n"+stderr, "\nfatal: "); found {
		stderr = fatal
	}
	return strings.Join(strings.Fields(stderr), " ")
}

// options returns the options of every git command. They take precedence over all
// configuration files; an empty value turns a setting off.
func options() []string {
	settings := []string{
		// Commands that a repository may configure.
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
		// Directories of the work tree that look like bare repositories.
		"safe.bareRepository=explicit",
		// Settings that would fetch or read other repositories.
		"protocol.allow=never",
		"submodule.recurse=false",
		"fetch.recurseSubmodules=false",
		// Settings that would replace the committed history.
		"core.useReplaceRefs=false",
		"core.commitGraph=false",
	}
	all := []string{"--no-pager", "--no-replace-objects", "--literal-pathspecs"}
	for _, s := range settings {
		all = append(all, "-c", s)
	}
	return all
}

// kept returns the variables of git that git commands of errspec inherit: the configuration
// files of the user and the machine, the location of git, and the limits of its search for a
// repository.
func kept() []string {
	return []string{
		"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH",
		"GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
	}
}

// environment returns the environment of every git command. The directory determines the
// repository: variables that name a repository, index or objects, which git sets for hooks,
// are dropped. git rev-parse --local-env-vars lists them, but the list depends on the
// version; therefore all variables of git but the kept ones are dropped.
func environment(inherited []string) []string {
	keep := kept()
	var env []string
	for _, pair := range inherited {
		name, _, _ := strings.Cut(pair, "=")
		name = strings.ToUpper(name) // Windows ignores the case of names
		if strings.HasPrefix(name, "GIT_") && !slices.Contains(keep, name) || strings.HasPrefix(name, "SSH_ASKPASS") {
			continue
		}
		env = append(env, pair)
	}
	return append(env,
		"LC_ALL=C",
		"GIT_ALLOW_PROTOCOL=", // no protocol
		"GIT_NO_LAZY_FETCH=1", // git 2.45 and later; earlier versions fail for lack of a protocol
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0",
		"GIT_ASKPASS=",
		"GIT_EDITOR=:",
		"GIT_GRAFT_FILE="+os.DevNull,
	)
}
