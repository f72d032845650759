package postgres

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lvyue/internal/workday"
)

// learnTypes teaches a connection our two types of time: no day and no instant are NULL, and instants come back
// in Shanghai time.
func learnTypes(m *pgtype.Map) {
	m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{writeTime}, m.TryWrapEncodePlanFuncs...)
	m.TryWrapScanPlanFuncs = append([]pgtype.TryWrapScanPlanFunc{readTime}, m.TryWrapScanPlanFuncs...)
}

var errInfinite = errors.New("an infinite time stands for nothing here")

// day is a workday.Date as a date column holds it.
type day workday.Date

// ScanDate reads NULL as no day.
func (d *day) ScanDate(v pgtype.Date) error {
	if !v.Valid {
		*d = day{}
		return nil
	}
	if v.InfinityModifier != pgtype.Finite {
		return errInfinite
	}
	read, err := workday.NewDate(v.Time.Date())
	if err != nil {
		return fmt.Errorf("read date: %w", err)
	}
	*d = day(read)
	return nil
}

// DateValue writes no day as NULL.
func (d *day) DateValue() (pgtype.Date, error) {
	date := workday.Date(*d)
	at := time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, time.UTC)
	return pgtype.Date{Time: at, Valid: !date.IsZero()}, nil
}

// instant is a time.Time as a timestamptz column holds it.
type instant time.Time

// ScanTimestamptz reads NULL as the zero time.
func (i *instant) ScanTimestamptz(v pgtype.Timestamptz) error {
	if !v.Valid {
		*i = instant{}
		return nil
	}
	if v.InfinityModifier != pgtype.Finite {
		return errInfinite
	}
	*i = instant(v.Time.In(workday.Shanghai))
	return nil
}

// TimestamptzValue writes the zero time as NULL.
func (i *instant) TimestamptzValue() (pgtype.Timestamptz, error) {
	return pgtype.Timestamptz{Time: time.Time(*i), Valid: !time.Time(*i).IsZero()}, nil
}

// stored is the value, or the place for one, that a column of its type takes; nil for any other type.
func stored(value any) any {
	switch v := value.(type) {
	case workday.Date:
		return (*day)(&v)
	case *workday.Date:
		return (*day)(v)
	case time.Time:
		return (*instant)(&v)
	case *time.Time:
		return (*instant)(v)
	default:
		return nil
	}
}

func writeTime(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
	next := stored(value)
	return &writing{}, next, next != nil
}

func readTime(target any) (pgtype.WrappedScanPlanNextSetter, any, bool) {
	next := stored(target)
	return &reading{}, next, next != nil
}

type writing struct{ next pgtype.EncodePlan }

// SetNext is pgx's.
func (w *writing) SetNext(next pgtype.EncodePlan) { w.next = next }

// Encode is pgx's.
func (w *writing) Encode(value any, buf []byte) ([]byte, error) {
	return w.next.Encode(stored(value), buf) //nolint:wrapcheck // pgx says what and where
}

type reading struct{ next pgtype.ScanPlan }

// SetNext is pgx's.
func (r *reading) SetNext(next pgtype.ScanPlan) { r.next = next }

// Scan is pgx's.
func (r *reading) Scan(src []byte, target any) error {
	return r.next.Scan(src, stored(target)) //nolint:wrapcheck // pgx says what and where
}

// named gives the fields of a row of the wire under their names there, as the statements call them.
func named(row any) pgx.StrictNamedArgs {
	args := pgx.StrictNamedArgs{}
	value := reflect.ValueOf(row)
	for _, field := range reflect.VisibleFields(value.Type()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		args[name] = value.FieldByIndex(field.Index).Interface()
	}
	return args
}
