//go:build !race

package sheet_test

import (
	"io"
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/sheet"
)

func TestWrite_FillsExcelToItsLastLineAndNoFurther(t *testing.T) {
	t.Parallel()
	table := sheet.Table{Title: "满", Columns: []sheet.Column{{Title: "值", Kind: sheet.Count}}}
	empty := []any{nil}
	room := 1_048_576 - 2
	if err := sheet.Write(io.Discard, table, times(room, func(int) []any { return empty })); err != nil {
		t.Errorf("%d rows: %v", room, err)
	}
	err := sheet.Write(io.Discard, table, times(room+1, func(int) []any { return empty }))
	if r, ok := refusal.As(err); !ok || r.Code != "too_many_rows" || !r.Input || r.ZH == "" || r.EN == "" {
		t.Errorf("%d rows: %v", room+1, err)
	}
}
