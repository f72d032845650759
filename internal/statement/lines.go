package statement

import (
	"fmt"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// reading is the way through the rows below the header.
type reading struct {
	header
	today workday.Date
	// seen has the line of each reference so far.
	seen  map[string]int
	lines []Line
	wrong wrongs
}

// readLines reads all rows below the header, or refuses with all that is wrong in them.
func readLines(h header, today workday.Date) ([]Line, error) {
	r := reading{header: h, today: today, seen: map[string]int{}}
	for next, err := range h.table.rows {
		if err != nil {
			return nil, err
		}
		if next.number > h.row.number && !h.passesOver(next) {
			r.take(next)
		}
	}
	if err := r.wrong.refusal(); err != nil {
		return nil, err
	}
	if len(r.lines) == 0 {
		return nil, refused("表头下面没有任何交易", "no movement stands below the header")
	}
	return r.lines, nil
}

// take reads one movement.
func (r *reading) take(next row) {
	if problem := r.misfit(next); problem != nil {
		r.wrong.add(roleLine, next.number, problem)
		return
	}
	line := Line{Number: next.number}
	var problem *refusal.Text
	line.On, problem = r.day(r.cell(next, roleDate))
	r.note(roleDate, next, problem)
	var wrong role
	line.Amount, wrong, problem = r.amount(next)
	r.note(wrong, next, problem)
	line.Reference, problem = r.reference(next)
	r.note(roleReference, next, problem)
	line.Payer, problem = text(r.cell(next, rolePayer))
	r.note(rolePayer, next, problem)
	line.PayerAccount, problem = text(r.cell(next, roleAccount))
	r.note(roleAccount, next, problem)
	line.Memo, problem = r.memo(next)
	r.note(roleMemo, next, problem)
	r.note(roleCurrency, next, foreign(r.cell(next, roleCurrency)))
	r.lines = append(r.lines, line)
}

// note gathers a problem, if there is one.
func (r *reading) note(at role, next row, problem *refusal.Text) {
	if problem != nil {
		r.wrong.add(at, next.number, problem)
	}
}

// cell is what the row has in the column of a role, empty if there is no such column.
func (h header) cell(r row, of role) cell {
	if !h.has(of) {
		return cell{}
	}
	return r.at(h.at[of][0])
}

// reference is the bank's number of the movement, which no earlier line may have.
func (r *reading) reference(next row) (string, *refusal.Text) {
	number, problem := identifier(r.cell(next, roleReference))
	if problem != nil {
		return "", problem
	}
	if first, used := r.seen[number]; used {
		return "", says(fmt.Sprintf("流水号 %q 与第 %d 行相同", number, first),
			fmt.Sprintf("the reference %q stands on line %d already", number, first))
	}
	r.seen[number] = next.number
	return number, nil
}

// day is the day of a movement, which cannot lie ahead.
func (r *reading) day(c cell) (workday.Date, *refusal.Text) {
	on, problem := day(c, r.table.epoch)
	if problem == nil && on.After(r.today) {
		return workday.Date{}, says(fmt.Sprintf("%s 晚于今天（%s）", on, r.today), fmt.Sprintf("%s is after today, %s", on, r.today))
	}
	return on, problem
}
