package main

import (
	"runtime/debug"
	"testing"
)

func TestVersion(t *testing.T) {
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "93c7eef"}
	for _, c := range []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"no information", nil, "(unknown)"},
		{"a release", &debug.BuildInfo{Main: debug.Module{Version: "v0.1.0"}}, "v0.1.0"},
		{
			"a changed clone",
			&debug.BuildInfo{
				Main:     debug.Module{Version: "v0.1.1-0.20261128155900-93c7eef00000+dirty"},
				Settings: []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "true"}},
			},
			"v0.1.1-0.20261128155900-93c7eef00000+dirty",
		},
		{"go run", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "(devel)"},
		{"no version", &debug.BuildInfo{}, "(devel)"},
		{
			"a revision",
			&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "false"}}},
			"(devel) 93c7eef",
		},
		{
			"a changed revision",
			&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "true"}}},
			"(devel) 93c7eef+dirty",
		},
		{
			"replaced by a directory",
			&debug.BuildInfo{Main: debug.Module{Version: "v0.1.0", Replace: &debug.Module{Path: "../errspec"}}},
			"(devel)",
		},
		{
			"replaced by a fork",
			&debug.BuildInfo{Main: debug.Module{Version: "v0.1.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v0.1.1"}}},
			"v0.1.1",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := version(c.info); got != c.want {
				t.Errorf("version = %q, want %q", got, c.want)
			}
		})
	}
}
