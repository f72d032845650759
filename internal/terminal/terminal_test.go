package terminal_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"lvyue/internal/terminal"
)

func TestWrap_BreaksBetweenWordsAndNeverOverTheEdge(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		sentence string
		columns  int
		want     []string
	}{
		{"chen has confirmed already", 26, []string{"chen has confirmed already"}},
		{"chen has confirmed already", 19, []string{"chen has confirmed", "already"}},
		{"须由另一人确认", 14, []string{"须由另一人确认"}},
		{"须由另一人确认", 7, []string{"须由另", "一人确", "认"}},
		{"须由另一人确认", 0, []string{"须由另一人确认"}},
	} {
		if got := terminal.Wrap(tt.sentence, tt.columns); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d columns: %q, want %q", tt.sentence, tt.columns, got, tt.want)
		}
	}
}

func TestTable_FitsAndKeepsEveryWord(t *testing.T) {
	t.Parallel()
	header := table.Row{"Code", "原因", "Why"}
	rows := []table.Row{{"same_person", "该人已确认过，须由另一人确认。", "\x1b[31mchen has confirmed already; a different person must\x1b[0m"}}
	for _, columns := range []int{0, 120, 80, 60, 50} {
		drawn := terminal.Table(table.NewWriter(), header, rows, columns)
		for line := range strings.Lines(drawn) {
			if wide := text.StringWidthWithoutEscSequences(strings.TrimRight(line, "\n")); columns > 0 && wide > columns {
				t.Errorf("%d of %d columns: %s", wide, columns, line)
			}
		}
		for _, word := range []string{"same_person", "confirmed", "different", "person"} {
			if !strings.Contains(drawn, word) {
				t.Errorf("%s is lost in %d columns:\n%s", word, columns, drawn)
			}
		}
	}
}

func TestColumns_AFileIsNoTerminal(t *testing.T) {
	t.Parallel()
	f, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := terminal.Columns(f); got != 0 {
		t.Errorf("got %d", got)
	}
}
