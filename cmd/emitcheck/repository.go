package main

import (
	"os"
	"path/filepath"

	"github.com/emitcheck/emitcheck/internal/sarif"
)

// repository returns the directory that code hosts name files relative to: that
// of the repository which the base directory lies in. Of repositories in one
// another it is the innermost, as git has it, but for the one that a workflow of
// GitHub has checked out at the top of its workspace: there a submodule is a
// part of it. A workspace without a repository, as of an archive, is one all the
// same. Without any of these it is the base directory.
func (o *options) repository() string {
	base := o.base()
	workspace := os.Getenv("GITHUB_WORKSPACE")
	if workspace != "" {
		if _, ok := sarif.Within(workspace, base); !ok {
			workspace = ""
		}
	}
	if workspace != "" && hasGit(workspace) {
		return workspace
	}
	for dir := base; ; dir = filepath.Dir(dir) {
		switch {
		case hasGit(dir):
			return dir
		case dir == filepath.Dir(dir):
			if workspace != "" {
				return workspace
			}
			return base
		}
	}
}

// hasGit tells whether a repository begins in a directory. In a worktree or a
// submodule .git is a file.
func hasGit(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, ".git"))
	return err == nil
}
