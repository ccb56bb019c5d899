package revision

import (
	"context"
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

var (
	fullHash  = lazyregexp.New(`^([0-9a-f]{40}|[0-9a-f]{64})$`)
	partHash  = lazyregexp.New(`^[0-9a-f]{4,39}$`)
	version   = lazyregexp.New(`^(v|[a-z/]+/v)?[0-9]+(\.[0-9]+)+`)
	reference = lazyregexp.New(`^[A-Za-z0-9_][A-Za-z0-9_./-]*$`)
	plainPath = lazyregexp.New(`^[A-Za-z0-9_.][A-Za-z0-9_./@+-]*$`)
)

// A repository chooses the names of its remotes and paths, and people paste the commands of
// help texts. Therefore no command contains a name that a shell could interpret.

// fetchRevision returns the command that fetches a revision into a shallow clone, such as
// those of CI services. It returns "" if the clone is complete.
func (r *Repository) fetchRevision(ctx context.Context, name string) string {
	shallow, err := git(ctx, r.dir, "rev-parse", "--is-shallow-repository")
	if err != nil || strings.TrimSpace(string(shallow)) != "true" {
		return ""
	}
	remotes := r.remotes(ctx)
	if len(remotes) == 0 {
		return ""
	}
	remote := remotes[0]
	const fetch = "the clone is shallow; fetch the revision with git fetch "
	for _, r := range remotes {
		if branch, ok := strings.CutPrefix(name, r+"/"); ok && reference.MatchString(branch) {
			return fetch + "--depth=1 " + r + " +refs/heads/" + branch + ":refs/remotes/" + r + "/" + branch
		}
	}
	switch {
	case fullHash.MatchString(name):
		return fetch + "--depth=1 " + remote + " " + name
	case partHash.MatchString(name), !reference.MatchString(name), name == "HEAD":
		return fetch + "--unshallow " + remote
	case version.MatchString(name):
		return fetch + "--depth=1 " + remote + " refs/tags/" + name + ":refs/tags/" + name
	}
	return fetch + "--depth=1 " + remote + " " + name + ":refs/heads/" + name
}

// remotes returns the names of the remotes, origin first.
func (r *Repository) remotes(ctx context.Context) []string {
	out, err := git(ctx, r.dir, "remote")
	if err != nil {
		return nil
	}
	return usable(strings.Fields(string(out)))
}

// usable returns the names that a command can contain, origin first.
func usable(remotes []string) []string {
	remotes = slices.DeleteFunc(remotes, func(name string) bool { return !reference.MatchString(name) })
	if i := slices.Index(remotes, "origin"); i > 0 {
		remotes[0], remotes[i] = remotes[i], remotes[0]
	}
	return remotes
}

// maxFetched is the maximum number of objects in a command: systems limit command lines.
const maxFetched = 64

// fetchObjects returns the command that fetches an object which a partial clone lacks, and
// other missing objects of its directory, so that one command suffices. It returns "" if the
// clone is not partial; then the object is damaged.
func fetchObjects(ctx context.Context, repository, object, directory string) string {
	out, err := git(ctx, repository, "config", "-z", "--get-regexp", `^remote\..*\.promisor$`)
	if err != nil {
		return ""
	}
	var remotes []string
	for setting := range strings.SplitSeq(string(out), "\x00") {
		name, value, _ := strings.Cut(setting, "\n")
		if value != "false" && name != "" {
			remotes = append(remotes, strings.TrimSuffix(strings.TrimPrefix(name, "remote."), ".promisor"))
		}
	}
	if remotes = usable(remotes); len(remotes) == 0 {
		return ""
	}
	objects := []string{object}
	if directory != "" {
		out, _ = git(ctx, repository, "rev-list", "--objects", "--missing=print", "--no-object-names", "--no-walk", directory)
		for line := range strings.Lines(string(out)) {
			missing, ok := strings.CutPrefix(strings.TrimSpace(line), "?")
			if ok && missing != object && len(objects) < maxFetched {
				objects = append(objects, missing)
			}
		}
	}
	return "the clone is partial; run git fetch " + remotes[0] + " " + strings.Join(objects, " ")
}
