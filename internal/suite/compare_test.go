package suite_test

import (
	"slices"
	"strings"
	"testing"

	"lvyue/internal/suite"
)

// §3.7: the same rows and the same bytes, table by table; else people are told where.
func TestDifferences_TellWhereTwoSystemsDiffer(t *testing.T) {
	t.Parallel()
	there := suite.Counts{
		Tables: []suite.Table{{Name: "a", Rows: 3, SHA256: "0123456789"}, {Name: "b", Rows: 1, SHA256: "aa"}},
		Files:  suite.Content{Files: 2, Bytes: 9, SHA256: "ff"},
	}
	if there.Rows() != 4 || len(suite.Differences(there, there)) != 0 {
		t.Errorf("%d rows, differences from itself %v", there.Rows(), suite.Differences(there, there))
	}
	for name, tt := range map[string]struct {
		change func(*suite.Counts)
		says   string
	}{
		"a row less":               {func(c *suite.Counts) { c.Tables[0].Rows-- }, "table a has 2 rows (01234567), not 3 rows (01234567)"},
		"another value":            {func(c *suite.Counts) { c.Tables[1].SHA256 = "ab" }, "table b has 1 rows (ab), not 1 rows (aa)"},
		"a table less":             {func(c *suite.Counts) { c.Tables = c.Tables[:1] }, "table b has no row, not 1 rows (aa)"},
		"a table more":             {func(c *suite.Counts) { c.Tables = append(c.Tables, suite.Table{Name: "c", SHA256: "cc"}) }, "table c has 0 rows (cc), and should not be there"},
		"another file of its size": {func(c *suite.Counts) { c.Files.SHA256 = "fe" }, "there are 2 files of 9 bytes, not 2 files of 9 bytes"},
	} {
		here := suite.Counts{Tables: slices.Clone(there.Tables), Files: there.Files}
		tt.change(&here)
		if got := suite.Differences(there, here); len(got) != 1 || got[0] != tt.says {
			t.Errorf("%s: %q", name, got)
		}
	}
	many := suite.Counts{}
	for name := range strings.SplitSeq("abcdefg", "") {
		many.Tables = append(many.Tables, suite.Table{Name: name, SHA256: name})
	}
	if got := suite.Differences(many, suite.Counts{}); len(got) != 5 {
		t.Errorf("%d are told", len(got))
	}
}
