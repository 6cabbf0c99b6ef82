package sarif

import (
	"path/filepath"
	"testing"
)

func TestArtifact(t *testing.T) {
	root := Root{filepath.FromSlash("/home/a b/répo"), "%SRCROOT%"}
	for _, tt := range []struct {
		name string
		want ArtifactLocation
	}{
		{"/home/a b/répo/h.go", ArtifactLocation{"h.go", "%SRCROOT%"}},
		{"/home/a b/répo/sub dir/h.go", ArtifactLocation{"sub%20dir/h.go", "%SRCROOT%"}},
		{"/home/a b/répo/ü/%41#?.go", ArtifactLocation{"%C3%BC/%2541%23%3F.go", "%SRCROOT%"}},
		{"/home/a b/répo/c:d.go", ArtifactLocation{"./c:d.go", "%SRCROOT%"}},
		{"/home/a b/répo/..h.go", ArtifactLocation{"..h.go", "%SRCROOT%"}},
		{"/home/a b/répo2/h.go", ArtifactLocation{"file:///home/a%20b/r%C3%A9po2/h.go", ""}},
		{"/home/a b/h.go", ArtifactLocation{"file:///home/a%20b/h.go", ""}},
		{"gen.y", ArtifactLocation{"gen.y", ""}},
	} {
		if got := root.Artifact(filepath.FromSlash(tt.name)); got != tt.want {
			t.Errorf("Artifact(%q) = %v, want %v", tt.name, got, tt.want)
		}
	}
	for dir, want := range map[string]string{
		"/home/a b/répo": "file:///home/a%20b/r%C3%A9po/",
		"/":              "file:///",
	} {
		if got := (Root{filepath.FromSlash(dir), "R"}).Bases()["R"].URI; got != want {
			t.Errorf("the base URI of %s is %s, want %s", dir, got, want)
		}
	}
}

func TestFileURI(t *testing.T) {
	for name, want := range map[string]string{
		"/a/b.go":          "file:///a/b.go",
		"C:/a b/c.go":      "file:///C:/a%20b/c.go",
		"//host/share/c.g": "file://host/share/c.g",
	} {
		if got := fileURI(name); got != want {
			t.Errorf("fileURI(%q) = %s, want %s", name, got, want)
		}
	}
}
