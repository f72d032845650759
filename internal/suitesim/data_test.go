package suitesim_test

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
)

// place is a site that property tests ask without a network.
type place struct {
	data  *suitesim.Database
	files *suitesim.Files
	site  suitesim.Site
}

func newPlace() place {
	p := place{data: &suitesim.Database{}, files: &suitesim.Files{}}
	s := &suitesim.System{Bits: 64, Token: token, Database: &suitesim.Binding{}}
	p.site = suitesim.Site{System: s, World: suitesim.Alone{Data: p.data, Kept: p.files}, Lock: &sync.Mutex{}}
	return p
}

func (p place) do(method, path, body string) (int, string) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	p.site.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// drawn is a system with arbitrary data.
func drawn(t *rapid.T) place {
	p := newPlace()
	for range rapid.IntRange(0, 3).Draw(t, "tables") {
		name := rapid.StringMatching(`[a-z][a-z0-9_]{0,8}`).Draw(t, "table")
		columns := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,4}`), 1, 3).Draw(t, "columns")
		if p.data.Create(name, columns...) != nil {
			continue // it is there already
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			value := rapid.OneOf(rapid.String(), rapid.StringMatching("['\\\\\"`,();\n\r\x00n0 -]{0,6}"))
			row := rapid.SliceOfN(value, len(columns), len(columns)).Draw(t, "row")
			if err := p.data.Insert(name, row...); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "files") {
		path := rapid.StringMatching(`[a-z图]{1,60}(/[a-z ]{1,60}){0,2}`).Draw(t, "path")
		if err := p.files.Add(path, rapid.SliceOf(rapid.Byte()).Draw(t, "content")); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// §3.7, §3.8, §3.9: what is taken out and loaded elsewhere counts the same, and is the same to the byte.
func TestData_LoadedElsewhereItCountsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawn(t), drawn(t)
		for _, path := range []string{suite.Database, suite.Files} {
			_, taken := from.do(http.MethodGet, path, "")
			if status, text := to.do(http.MethodPut, path, taken); status != http.StatusNoContent {
				t.Fatalf("%s: %d %s", path, status, text)
			}
			if _, again := to.do(http.MethodGet, path, ""); again != taken {
				t.Fatalf("%s: %q became %q", path, taken, again)
			}
		}
		_, want := from.do(http.MethodGet, suite.Count, "")
		if _, got := to.do(http.MethodGet, suite.Count, ""); got != want {
			t.Fatalf("counts %s, want %s", got, want)
		}
	})
}

// A copy that was spoiled on the way is refused whole, wherever it was spoiled, or else it is another valid text that counts
// otherwise.
func TestData_ASpoiledCopyIsNeverTakenForTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawn(t), newPlace()
		path := rapid.SampledFrom([]string{suite.Database, suite.Files}).Draw(t, "path")
		_, taken := from.do(http.MethodGet, path, "")
		_, before := to.do(http.MethodGet, suite.Count, "")
		cut := rapid.IntRange(0, len(taken)-1).Draw(t, "cut")
		if status, _ := to.do(http.MethodPut, path, taken[:cut]); status != http.StatusBadRequest {
			t.Fatalf("cut at %d: %d", cut, status)
		}
		if _, after := to.do(http.MethodGet, suite.Count, ""); after != before {
			t.Fatalf("half loaded: %s", after)
		}
		spoiled := []byte(taken)
		spoiled[cut] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if status, _ := to.do(http.MethodPut, path, string(spoiled)); status == http.StatusNoContent {
			if _, again := to.do(http.MethodGet, path, ""); again != string(spoiled) {
				t.Fatalf("%q was loaded as %q", spoiled, again)
			}
		}
	})
}

func TestData_TheOrderOfRowsHasNoMeaning(t *testing.T) {
	t.Parallel()
	var one, other suitesim.Database
	for _, d := range []*suitesim.Database{&one, &other} {
		if err := d.Create("oa_person", "id", "name"); err != nil {
			t.Fatal(err)
		}
	}
	rows := [][]string{{"1", "甲"}, {"2", "乙"}, {"2", "乙"}}
	for i := range rows {
		_ = one.Insert("oa_person", rows[i]...)
		_ = other.Insert("oa_person", rows[len(rows)-1-i]...)
	}
	if string(one.Dump()) != string(other.Dump()) || !reflect.DeepEqual(counts(t, &one, &suitesim.Files{}), counts(t, &other, &suitesim.Files{})) {
		t.Errorf("%s\n%s", one.Dump(), other.Dump())
	}
}

func TestDatabase_DumpIsPlainSQL(t *testing.T) {
	t.Parallel()
	var d suitesim.Database
	if err := d.Create("oa_document", "id", "title"); err != nil {
		t.Fatal(err)
	}
	if err := d.Insert("oa_document", "1", "it's a \\ and\na line"); err != nil {
		t.Fatal(err)
	}
	const want = "-- suite database 1\nSET NAMES utf8mb4;\n" +
		"DROP TABLE IF EXISTS `oa_document`;\n" +
		"CREATE TABLE `oa_document` (`id` LONGTEXT NOT NULL, `title` LONGTEXT NOT NULL) DEFAULT CHARSET=utf8mb4;\n" +
		"INSERT INTO `oa_document` VALUES ('1','it\\'s a \\\\ and\\na line');\n" +
		"-- end: 1 tables\n"
	if got := string(d.Dump()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDatabase_TakesOnlyWhatADumpCanHold(t *testing.T) {
	t.Parallel()
	var d suitesim.Database
	for name, err := range map[string]error{
		"first":                 d.Create("t", "a", "b"),
		"again":                 d.Create("t", "a", "b"),
		"a row":                 d.Insert("t", "1", "2"),
		"!other columns":        d.Create("t", "a"),
		"!no columns":           d.Create("u"),
		"!a quote in its name":  d.Create("t`", "a"),
		"!a quote in a column":  d.Create("u", "a`"),
		"!a value too few":      d.Insert("t", "1"),
		"!no such table":        d.Insert("u", "1"),
		"!not UTF-8":            d.Insert("t", "1", "\xff"),
		"!a file above":         new(suitesim.Files).Add("../x", nil),
		"!a file without name":  new(suitesim.Files).Add(".", nil),
		"!a path with no sense": new(suitesim.Files).Add("a\x00b", nil),
		"a file":                new(suitesim.Files).Add("oa/图 1.png", nil),
	} {
		if (err != nil) != strings.HasPrefix(name, "!") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
