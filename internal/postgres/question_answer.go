package postgres

import (
	"fmt"
	"iter"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Kind is what a column of an answer holds. Where there is no value it holds nil.
type Kind int

// The kinds of columns, and the Go types of their values.
const (
	Text    Kind = iota // string
	Amount              // money.CNY
	Day                 // workday.Date
	Instant             // time.Time in Shanghai
	Count               // int64
	Flag                // bool
)

// Column is a column of an answer.
type Column struct {
	Name string
	Kind Kind
}

// Answer is what the books say to a question. Balances are those that were wanted, in the order of their codes.
type Answer struct {
	Columns  []Column
	Balances []Balance

	rows pgx.Rows
	err  error
}

func answerOf(rows pgx.Rows, balances []Balance) (*Answer, error) {
	a := &Answer{rows: rows, Balances: balances}
	for _, f := range rows.FieldDescriptions() {
		kind, known := kinds()[f.DataTypeOID]
		if !known {
			return nil, fmt.Errorf("column %s is of type %d, which no question has", f.Name, f.DataTypeOID)
		}
		a.Columns = append(a.Columns, Column{Name: f.Name, Kind: kind})
	}
	return a, nil
}

func kinds() map[uint32]Kind {
	return map[uint32]Kind{
		pgtype.TextOID: Text, pgtype.NumericOID: Amount, pgtype.DateOID: Day, pgtype.TimestamptzOID: Instant,
		pgtype.Int2OID: Count, pgtype.Int4OID: Count, pgtype.Int8OID: Count, pgtype.BoolOID: Flag,
	}
}

// Rows gives the rows once, each in a slice of its own with a value per column. After them, Err tells whether those were all.
func (a *Answer) Rows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		places := make([]any, len(a.Columns))
		for a.err == nil && a.rows.Next() {
			for i, c := range a.Columns {
				places[i] = c.place()
			}
			if a.err = a.rows.Scan(places...); a.err != nil {
				return
			}
			row := make([]any, len(places))
			for i, place := range places {
				row[i] = value(place)
			}
			if !yield(row) {
				return
			}
		}
	}
}

// Err is why the rows ended early; nil if they did not.
func (a *Answer) Err() error {
	if a.err != nil {
		return fmt.Errorf("read rows: %w", a.err)
	}
	if err := a.rows.Err(); err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	return nil
}

// place is where a value of the column goes.
func (c Column) place() any {
	switch c.Kind {
	case Amount:
		return new(*money.CNY)
	case Day:
		return new(workday.Date)
	case Instant:
		return new(time.Time)
	case Count:
		return new(*int64)
	case Flag:
		return new(*bool)
	case Text:
		return new(*string)
	default:
		return new(*string)
	}
}

// value is what came to a place; nil for nothing.
func value(place any) any {
	switch p := place.(type) {
	case **money.CNY:
		return held(*p)
	case *workday.Date:
		if p.IsZero() {
			return nil
		}
		return *p
	case *time.Time:
		if p.IsZero() {
			return nil
		}
		return *p
	case **int64:
		return held(*p)
	case **bool:
		return held(*p)
	case **string:
		return held(*p)
	default:
		return nil
	}
}

func held[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
