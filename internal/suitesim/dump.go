package suitesim

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// The frame of a dump. The end tells how many tables it has, so that one cut short is known.
const (
	dumpBegin = "-- suite database 1\nSET NAMES utf8mb4;\n"
	dumpEnd   = "-- end: %d tables\n"
)

// Dump is the whole database as SQL that MySQL loads, one statement a line. Databases with the same rows have the same dump.
func (d *Database) Dump() []byte {
	var out bytes.Buffer
	out.WriteString(dumpBegin)
	for _, name := range d.names() {
		out.Write(d.Tables[name].dump(name))
	}
	fmt.Fprintf(&out, dumpEnd, len(d.Tables))
	return out.Bytes()
}

// names are the tables in the order of the dump.
func (d *Database) names() []string { return slices.Sorted(maps.Keys(d.Tables)) }

// dump is a table's part of the dump.
func (t *Table) dump(name string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "DROP TABLE IF EXISTS `%s`;\n", name)
	fmt.Fprintf(&out, "CREATE TABLE `%s` (`%s` LONGTEXT NOT NULL) DEFAULT CHARSET=utf8mb4;\n",
		name, strings.Join(t.Columns, "` LONGTEXT NOT NULL, `"))
	rows := slices.Clone(t.Rows)
	slices.SortFunc(rows, slices.Compare[[]string, string])
	for _, row := range rows {
		var values []string
		for _, v := range row {
			values = append(values, "'"+escape(v)+"'")
		}
		fmt.Fprintf(&out, "INSERT INTO `%s` VALUES (%s);\n", name, strings.Join(values, ","))
	}
	return out.Bytes()
}

// The escapes are those of MySQL's string literals that keep a statement on one line and its text unbroken.

func escape(v string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\x00", `\0`).Replace(v)
}

func unescape(v string) string {
	return strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\n`, "\n", `\r`, "\r", `\0`, "\x00").Replace(v)
}

var (
	createLine = regexp.MustCompile("^CREATE TABLE `([a-z0-9_]+)` \\(`(.+)` LONGTEXT NOT NULL\\) DEFAULT CHARSET=utf8mb4;$")
	insertLine = regexp.MustCompile("^INSERT INTO `([a-z0-9_]+)` VALUES \\((.+)\\);$")
	literal    = regexp.MustCompile(`'(?:[^'\\]|\\.)*'`)
)

// errNoDump is all that is said of a text that Dump did not write.
var errNoDump = errors.New("this is no dump of a database as it is written here")

// load reads a dump, or refuses it whole. Nothing is taken that Dump would write in another way.
func load(dump []byte) (*Database, error) {
	read := &Database{}
	for line := range strings.Lines(string(dump)) {
		if err := read.statement(strings.TrimSuffix(line, "\n")); err != nil {
			return nil, errors.Join(errNoDump, err)
		}
	}
	if !bytes.Equal(read.Dump(), dump) {
		return nil, errNoDump
	}
	return read, nil
}

// statement takes in one line; what it does not know it passes over, since the comparison afterwards finds it.
func (d *Database) statement(line string) error {
	if m := createLine.FindStringSubmatch(line); m != nil {
		return d.Create(m[1], strings.Split(m[2], "` LONGTEXT NOT NULL, `")...)
	}
	m := insertLine.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	var values []string
	for _, v := range literal.FindAllString(m[2], -1) {
		values = append(values, unescape(v[1:len(v)-1]))
	}
	return d.Insert(m[1], values...)
}
