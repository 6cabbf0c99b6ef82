package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	vcs := func(modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: modified}}
	}
	for _, tt := range []struct {
		main     string
		settings []debug.BuildSetting
		want     string
	}{
		{"v1.2.3", nil, "v1.2.3"},
		{"v1.2.4-0.20260101000000-0123456789ab+dirty", vcs("true"), "v1.2.4-0.20260101000000-0123456789ab+dirty"},
		{"(devel)", vcs("false"), "devel-0123456789ab"},
		{"", vcs("true"), "devel-0123456789ab+dirty"},
		{"(devel)", nil, "(devel)"},
		{"", nil, "(devel)"},
	} {
		info := &debug.BuildInfo{Main: debug.Module{Version: tt.main}, Settings: tt.settings}
		if got := versionOf(info); got != tt.want {
			t.Errorf("version %q with %v: %q, want %q", tt.main, tt.settings, got, tt.want)
		}
	}
}
