package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/statement"
	"lvyue/internal/workday"
)

//go:embed query/bank_imported.sql
var selectBankImported string

//go:embed query/bank_entered.sql
var selectBankEntered string

//go:embed query/bank_reversed.sql
var selectBankReversed string

// importedBefore is a movement that a statement has told of.
type importedBefore struct {
	Reference string
	BookedOn  workday.Date
	Amount    money.CNY
}

// enteredByHand is a movement, or a part of one, that a person has entered. Base is its reference without what tells it
// from the other parts. Undone: a person has taken it back, without a line of the bank.
type enteredByHand struct {
	ID        int64
	Reference string
	Base      string
	Amount    money.CNY
	Confirmed bool
	Undone    bool
}

// reversedByHand is a reversal that a person has entered without the bank's reference.
type reversedByHand struct {
	ID       int64
	BookedOn workday.Date
	Amount   money.CNY
}

// knownLines is what the books know under the references of a statement, and the reversals that have none.
type knownLines struct {
	imported map[string]importedBefore
	entered  map[string][]enteredByHand
	reversed []reversedByHand
}

// reversal takes the reversal of the line's amount out of those that have no reference of the bank, the nearest in days;
// 0 if there is none within ten: whoever enters one may not know the bank's day.
func (k *knownLines) reversal(l statement.Line) int64 {
	const within = 10
	best, nearest := -1, within+1
	for i, r := range k.reversed {
		if days := apartInDays(r.BookedOn, l.On); r.Amount.Equal(l.Amount) && days < nearest {
			best, nearest = i, days
		}
	}
	if best < 0 {
		return 0
	}
	id := k.reversed[best].ID
	k.reversed = slices.Delete(k.reversed, best, best+1)
	return id
}

func apartInDays(a, b workday.Date) int {
	const day = 24 * time.Hour
	return int(a.Start().Sub(b.Start()).Abs() / day)
}

func knownUnder(ctx context.Context, tx pgx.Tx, account string, lines []statement.Line) (knownLines, error) {
	known := knownLines{imported: map[string]importedBefore{}, entered: map[string][]enteredByHand{}}
	told := make(map[string]bool, len(lines))
	references := make([]string, len(lines))
	for i, l := range lines {
		references[i], told[l.Reference] = l.Reference, true
	}
	args := pgx.StrictNamedArgs{"account": account, "references": references}
	imported, err := collect(ctx, tx, selectBankImported, args, pgx.RowToStructByName[importedBefore])
	if err != nil {
		return known, fmt.Errorf("look for imported lines: %w", err)
	}
	entered, err := collect(ctx, tx, selectBankEntered, args, pgx.RowToStructByName[enteredByHand])
	if err != nil {
		return known, fmt.Errorf("look for entered lines: %w", err)
	}
	known.reversed, err = collect(ctx, tx, selectBankReversed, pgx.StrictNamedArgs{"account": account},
		pgx.RowToStructByName[reversedByHand])
	if err != nil {
		return known, fmt.Errorf("look for reversals: %w", err)
	}
	for _, l := range imported {
		known.imported[l.Reference] = l
	}
	for _, l := range entered {
		reference := l.Base
		if told[l.Reference] { // a bank's reference may look like a part
			reference = l.Reference
		}
		known.entered[reference] = append(known.entered[reference], l)
	}
	return known, nil
}

// sortOut puts each line where it belongs, or refuses the statement with every line that contradicts the books.
func (i *Import) sortOut(lines []statement.Line, known knownLines) error {
	var wrong []refusal.Field
	for _, l := range lines {
		imported, told := known.imported[l.Reference]
		entered := withoutSlips(known.entered[l.Reference], l)
		confirmed, fresh := apart(entered, l)
		switch {
		case told:
			wrong = append(wrong, imported.contradicts(l)...)
			i.Known = append(i.Known, ImportedLine{Line: l})
		case len(confirmed) > 0:
			wrong = append(wrong, contradicted(confirmed, l)...)
			i.Known = append(i.Known, ImportedLine{Line: l})
		case len(fresh) > 0:
			wrong = append(wrong, contradicted(fresh, l)...)
			i.Confirmed = append(i.Confirmed, ImportedLine{Line: l, IDs: idsOf(fresh)})
		default:
			if id := known.reversal(l); id > 0 {
				i.Confirmed = append(i.Confirmed, ImportedLine{Line: l, IDs: []int64{id}})
				continue
			}
			i.New = append(i.New, ImportedLine{Line: l})
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return refusal.BadInput("bad_statement", "对账单与账目不符，没有导入任何内容；请核对下列各行",
		"the statement contradicts the books and nothing of it was imported; check these lines", wrong...)
}

// withoutSlips leaves out what was entered with another amount than the bank's and was taken back.
func withoutSlips(entered []enteredByHand, l statement.Line) []enteredByHand {
	if len(contradicted(entered, l)) == 0 {
		return entered
	}
	return slices.DeleteFunc(slices.Clone(entered), func(e enteredByHand) bool { return e.Undone && !e.Confirmed })
}

// apart parts what a statement has confirmed from what none has. A part that went the other way than the line is another
// movement, which a person named after this one.
func apart(entered []enteredByHand, l statement.Line) (confirmed, fresh []enteredByHand) {
	for _, e := range entered {
		switch {
		case e.Confirmed:
			confirmed = append(confirmed, e)
		case e.Reference == l.Reference || e.Amount.IsPositive() == l.Amount.IsPositive():
			fresh = append(fresh, e)
		}
	}
	return confirmed, fresh
}

// contradicts says where a line differs from what an earlier file told under its reference.
func (b importedBefore) contradicts(l statement.Line) []refusal.Field {
	var wrong []refusal.Field
	if !b.Amount.Equal(l.Amount) {
		wrong = append(wrong, wrongLine("amount", l,
			"流水号 "+l.Reference+" 已导入，金额为 "+b.Amount.String()+"，此处为 "+l.Amount.String(),
			"the reference "+l.Reference+" is imported already with "+b.Amount.String()+", here it has "+l.Amount.String()))
	}
	if b.BookedOn != l.On {
		wrong = append(wrong, wrongLine("date", l,
			"流水号 "+l.Reference+" 已导入，日期为 "+b.BookedOn.String()+"，此处为 "+l.On.String(),
			"the reference "+l.Reference+" is imported already for "+b.BookedOn.String()+", here it has "+l.On.String()))
	}
	return wrong
}

// contradicted says where a line differs from the sum of what people entered under its reference.
func contradicted(entered []enteredByHand, l statement.Line) []refusal.Field {
	var sum money.CNY
	for _, e := range entered {
		sum = sum.Add(e.Amount)
	}
	if sum.Equal(l.Amount) {
		return nil
	}
	return []refusal.Field{wrongLine("amount", l,
		"流水号 "+l.Reference+" 已由人工登记，合计 "+sum.String()+"，此处为 "+l.Amount.String(),
		"under the reference "+l.Reference+" people have entered "+sum.String()+", here it has "+l.Amount.String())}
}

func wrongLine(path string, l statement.Line, zh, en string) refusal.Field {
	f := refusal.Wrong(path, zh, en)
	f.Line = l.Number
	return f
}

func idsOf(entered []enteredByHand) []int64 {
	ids := make([]int64, len(entered))
	for i, e := range entered {
		ids[i] = e.ID
	}
	return ids
}
