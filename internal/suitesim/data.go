package suitesim

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Database is the data of a system in tables. It lives as long as the database's server. The zero value is empty.
type Database struct {
	Tables map[string]*Table `json:"tables,omitempty"`
}

// Table is one table: all its values are text. The order of rows has no meaning.
type Table struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// Files are the attachments and pictures by slash-separated path. They live as long as the data disk. The zero value is empty.
type Files struct {
	Kept map[string][]byte `json:"kept,omitempty"`
}

// identifier is the shape of the names of tables and columns.
var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// Create makes a table; one that is there with the same columns stays as it is.
func (d *Database) Create(table string, columns ...string) error {
	for _, name := range append([]string{table}, columns...) {
		if !identifier.MatchString(name) {
			return fmt.Errorf("create table: %q is no name", name)
		}
	}
	if t, ok := d.Tables[table]; ok {
		if slices.Equal(t.Columns, columns) {
			return nil
		}
		return fmt.Errorf("create table %s: it is there with other columns", table)
	}
	if len(columns) == 0 {
		return fmt.Errorf("create table %s: it has no column", table)
	}
	if d.Tables == nil {
		d.Tables = map[string]*Table{}
	}
	d.Tables[table] = &Table{Columns: columns}
	return nil
}

// Insert adds one row, a value for each column.
func (d *Database) Insert(table string, values ...string) error {
	t, ok := d.Tables[table]
	if !ok || len(values) != len(t.Columns) {
		return fmt.Errorf("insert into %s: there is no such table of %d columns", table, len(values))
	}
	for _, v := range values {
		if !utf8.ValidString(v) {
			return fmt.Errorf("insert into %s: a value is no UTF-8", table)
		}
	}
	t.Rows = append(t.Rows, values)
	return nil
}

// Add keeps a file under a path like "oa/picture-1.png"; one that is there is replaced.
func (f *Files) Add(path string, content []byte) error {
	if !fs.ValidPath(path) || path == "." || strings.Contains(path, "\x00") {
		return fmt.Errorf("add file: %q is no path", path)
	}
	if f.Kept == nil {
		f.Kept = map[string][]byte{}
	}
	f.Kept[path] = slices.Clone(content)
	return nil
}
