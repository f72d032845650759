package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/workday"
)

// answer is what the books said, with the sums of the columns that have one, by their places.
type answer struct {
	asked    asked
	settings postgres.Question
	columns  []postgres.Column
	rows     [][]any
	count    int
	totals   map[int]money.CNY
	balances []postgres.Balance
	file     string
}

// collect reads an answer. Rows that go to a file alone are not kept.
func (s *session) collect(a asked, q postgres.Question, rows *postgres.Answer) (answer, error) {
	result := answer{
		asked: a, settings: q, columns: rows.Columns, rows: [][]any{}, totals: map[int]money.CNY{}, balances: rows.Balances,
		file: a.sheet,
	}
	for i, c := range a.columns {
		if c.where&summed != 0 {
			result.totals[i] = money.CNY{}
		}
	}
	if a.sheet != "" {
		return result, s.saveSheet(&result, rows)
	}
	for row := range rows.Rows() {
		result.add(row, true)
	}
	return result, rows.Err()
}

func (r *answer) add(row []any, keep bool) {
	r.count++
	for i, sum := range r.totals {
		if amount, is := row[i].(money.CNY); is {
			r.totals[i] = sum.Add(amount)
		}
	}
	if keep {
		r.rows = append(r.rows, row)
	}
}

// sum is the sum of a column; false if it has none.
func (r *answer) sum(name string) (money.CNY, bool) {
	i := slices.IndexFunc(r.columns, func(c postgres.Column) bool { return c.Name == name })
	sum, is := r.totals[i]
	return sum, is
}

// last is the value of a column in the last row that was kept; nil if there is none.
func (r *answer) last(name string) any {
	i := slices.IndexFunc(r.columns, func(c postgres.Column) bool { return c.Name == name })
	if i < 0 || len(r.rows) == 0 {
		return nil
	}
	return r.rows[len(r.rows)-1][i]
}

// questionDocument is an answer for --json. AsOf and KnownAt are null where everything counts.
type questionDocument struct {
	Question string        `json:"question"`
	AsOf     *workday.Date `json:"as_of"`
	KnownAt  *time.Time    `json:"known_at"`
	Rows     []fields      `json:"rows"`
	Totals   fields        `json:"totals"`
	File     string        `json:"file,omitempty"`
}

func (r *answer) document() questionDocument {
	d := questionDocument{
		Question: r.asked.name(), KnownAt: optional(r.settings.KnownAt), Rows: make([]fields, len(r.rows)), Totals: fields{}, File: r.file,
	}
	if !r.settings.AsOf.IsZero() {
		d.AsOf = &r.settings.AsOf
	}
	for i, row := range r.rows {
		for n, c := range r.columns {
			d.Rows[i] = append(d.Rows[i], field{c.Name, row[n]})
		}
	}
	for n, c := range r.columns {
		if sum, is := r.totals[n]; is {
			d.Totals = append(d.Totals, field{c.Name, sum})
		}
	}
	return d
}

// fields are a JSON object whose keys stand in their order.
type fields []field

type field struct {
	name  string
	value any
}

// MarshalJSON writes the object.
func (f fields) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, entry := range f {
		if i > 0 {
			out.WriteByte(',')
		}
		value, err := json.Marshal(entry.value)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", entry.name, err)
		}
		fmt.Fprintf(&out, "%q:%s", entry.name, value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
