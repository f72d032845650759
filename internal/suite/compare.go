package suite

import "fmt"

// mostDifferences bounds what a person is told at once.
const mostDifferences = 5

// Differences says where two counts differ, at most five times: tables in the order of there, tables that only here knows,
// then the files. None means that the data is the same to the byte (§3.7, §3.8).
func Differences(there, here Counts) []string {
	var all []string
	own := map[string]Table{}
	for _, t := range here.Tables {
		own[t.Name] = t
	}
	for _, t := range there.Tables {
		if got := own[t.Name]; got != t {
			all = append(all, fmt.Sprintf("table %s has %s, not %s", t.Name, got.tally(), t.tally()))
		}
		delete(own, t.Name)
	}
	for _, t := range here.Tables {
		if _, more := own[t.Name]; more {
			all = append(all, fmt.Sprintf("table %s has %s, and should not be there", t.Name, t.tally()))
		}
	}
	if here.Files != there.Files {
		all = append(all, fmt.Sprintf("there are %s, not %s", here.Files.tally(), there.Files.tally()))
	}
	return all[:min(len(all), mostDifferences)]
}

func (t Table) tally() string {
	const shown = 8
	if t.SHA256 == "" {
		return "no row"
	}
	return fmt.Sprintf("%d rows (%s)", t.Rows, t.SHA256[:min(len(t.SHA256), shown)])
}

func (c Content) tally() string { return fmt.Sprintf("%d files of %d bytes", c.Files, c.Bytes) }

// What a system's Bits may be (§3.7).
const (
	Bits32 = 32
	Bits64 = 64
)

// Rows are those of all tables.
func (c Counts) Rows() int64 {
	var n int64
	for _, t := range c.Tables {
		n += t.Rows
	}
	return n
}

// Moved is what was copied from one system to another, by the counts of both (§3.7). Bits are the old system's.
type Moved struct {
	Bits int    `json:"bits"`
	Old  Counts `json:"old"`
	New  Counts `json:"new"`
}
