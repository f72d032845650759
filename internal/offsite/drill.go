package offsite

import (
	"context"
	"fmt"
	"io"

	"lvyue/internal/backup"
	"lvyue/internal/suite"
	"lvyue/internal/workday"
)

// running is a system as a target: the one at a host that takes the contract's token.
type running struct {
	systems        Systems
	host, contract string
}

// TakeDatabase replaces the system's database.
func (r running) TakeDatabase(ctx context.Context, size int64, data io.Reader) error {
	return r.systems.PutDatabase(ctx, r.host, r.contract, data, size)
}

// TakeFiles replaces the system's files.
func (r running) TakeFiles(ctx context.Context, size int64, data io.Reader) error {
	return r.systems.PutFiles(ctx, r.host, r.contract, data, size)
}

// Drill restores a copy into the system at a host, which loses what it had, and compares what it then has with the manifest:
// its database and its files to the byte, and its own counts.
func (v *Vault) Drill(ctx context.Context, contract string, day workday.Date, host string) (backup.Drill, error) {
	drill := backup.Drill{Contract: contract, Day: day, Into: host, Differences: []backup.Difference{}}
	m, err := v.Restore(ctx, contract, day, running{v.systems, host, contract})
	if err != nil {
		return backup.Drill{}, err
	}
	has, err := v.systems.Counts(ctx, host, contract)
	if err != nil {
		return backup.Drill{}, err
	}
	drill.Rows, drill.Files = rows(has.Tables), has.Files.Files
	for _, c := range []struct {
		what string
		want string
		read opener
	}{{"database", m.Database.SHA256, v.systems.Database}, {"files", m.Files.SHA256, v.systems.Files}} {
		got, err := digestOf(ctx, host, contract, c.read)
		if err != nil {
			return backup.Drill{}, err
		}
		drill.Differences = append(drill.Differences, differs(c.what, c.want, got)...)
	}
	if m.Still {
		drill.Differences = append(drill.Differences, compare(m.Counts, has)...)
	}
	drill.At = v.now()
	return drill, nil
}

func rows(tables []suite.Table) int64 {
	var n int64
	for _, t := range tables {
		n += t.Rows
	}
	return n
}

// digestOf is the SHA-256 of what a system gives.
func digestOf(ctx context.Context, host, contract string, read opener) (string, error) {
	s, err := read(ctx, host, contract, suite.Mark{})
	if err != nil {
		return "", err
	}
	defer s.Close()
	all := newSum()
	if _, err := io.Copy(all, s); err != nil {
		return "", fmt.Errorf("read the restored system: %w", err)
	}
	return all.hex(), nil
}

// compare says where two counts differ, in the order of the tables of want; tables that only has knows come last.
func compare(want, has suite.Counts) []backup.Difference {
	got := map[string]suite.Table{}
	for _, t := range has.Tables {
		got[t.Name] = t
	}
	var all []backup.Difference
	for _, t := range want.Tables {
		all = append(all, differs("table "+t.Name, table(t), table(got[t.Name]))...)
		delete(got, t.Name)
	}
	for _, t := range has.Tables {
		if _, more := got[t.Name]; more {
			all = append(all, differs("table "+t.Name, table(suite.Table{}), table(t))...)
		}
	}
	return append(all, differs("counted files", content(want.Files), content(has.Files))...)
}

func differs(what, want, got string) []backup.Difference {
	if want == got {
		return nil
	}
	return []backup.Difference{{What: what, Want: want, Got: got}}
}

func table(t suite.Table) string {
	if t.Name == "" {
		return "none"
	}
	return fmt.Sprintf("%d rows, %s", t.Rows, t.SHA256)
}

func content(c suite.Content) string {
	return fmt.Sprintf("%d files, %d bytes, %s", c.Files, c.Bytes, c.SHA256)
}
