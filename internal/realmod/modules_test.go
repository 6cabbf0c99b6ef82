package realmod

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestEnv(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, envFile), []byte("GOOS=windows"), 0o666); err != nil {
		t.Fatal(err)
	}
	if env := Env(dir); env[len(env)-1] != "GOOS=windows" {
		t.Errorf("%q ends the environment", env[len(env)-1])
	}
}

func TestParse(t *testing.T) {
	got, err := Parse("# comment\n\nexample.com/a@v1.2.3\nexample.com/b@v0.1.0 ./x/... -./x/y !ci GOOS=windows # why\n\t+example.com/c@v2.0.0\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Module{
		{Path: "example.com/a", Version: "v1.2.3", patterns: []string{"./..."}},
		{Path: "example.com/b", Version: "v0.1.0", patterns: []string{"./x/..."}, except: []string{"./x/y"},
			require: []string{"example.com/c@v2.0.0"}, CI: true,
			env: []string{"GOOS=windows"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, bad := range []string{"example.com/a", "\t./x\n", "example.com/a@v1.2.3 !cl\n"} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
