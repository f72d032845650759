package architecture

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// path is a file or folder named in a document.
var path = regexp.MustCompile("`([a-z][A-Za-z0-9_./-]*(?:\\.go|\\.yml|\\.yaml|\\.md|/))`")

func TestDocumentsNameOnlyWhatExists(t *testing.T) {
	t.Parallel()
	for _, document := range []string{"CONTRACT.md", "ARCHITECTURE.md", "README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", document))
		if err != nil {
			t.Fatal(err)
		}
		folder := "."
		for _, found := range path.FindAllStringSubmatch(string(text), -1) {
			beside := filepath.Join(folder, found[1]) // `test/signing_test.go`, `years_test.go` names two of test/
			if !exists(found[1]) && !exists(beside) {
				t.Errorf("%s names %s, which does not exist", document, found[1])
			}
			if strings.Contains(found[1], "/") {
				folder = filepath.Dir(found[1])
			}
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(filepath.Join("..", "..", name))
	return err == nil
}

func TestEveryClauseThatIsPerformedNamesItsTest(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "CONTRACT.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| §") {
			continue
		}
		rows++
		if cells := strings.Split(line, "|"); !strings.Contains(cells[5], "_test.go`") && !strings.Contains(cells[5], "/`") {
			t.Errorf("no test is named in %q", line)
		}
	}
	if rows < 15 {
		t.Errorf("only %d clauses are listed", rows)
	}
}
