package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/oncall"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// How far ahead the rota is shown, in days: by default, and at most.
const (
	daysAhead = 28
	mostDays  = 366
)

// standingDocument is who is on call, and where nobody will be.
type standingDocument struct {
	At     time.Time    `json:"at"`
	OnCall []onCallLine `json:"on_call"`
	Gaps   []oncall.Gap `json:"gaps"`
}

// onCallLine is one rotation at the instant. LeftSeconds is how long the shift still is; null if it has no end.
type onCallLine struct {
	oncall.Shift

	Name        string `json:"name"`
	LeftSeconds *int64 `json:"left_seconds"`
}

// oncallDocument is the rota; Error is there if it has a gap.
type oncallDocument struct {
	standingDocument

	Version int64          `json:"version"`
	SetAt   time.Time      `json:"set_at"`
	SetBy   string         `json:"set_by"`
	Days    int            `json:"days"`
	Shifts  []oncall.Shift `json:"shifts"`
	// Overrides are those in force that are not over yet.
	Overrides []oncall.Override `json:"overrides"`
	Ladder    []rungLine        `json:"ladder"`
	Policy    policyLine        `json:"policy"`
	Error     *errorBody        `json:"error,omitempty"`

	rota oncall.Rota
}

// rungLine is a step of the ladder and whom it pages at the instant: ids, by the rung AnsweredBy. EveryMinutes is there for the
// step that comes again and again.
type rungLine struct {
	oncall.Rung

	EveryMinutes int          `json:"every_minutes,omitempty"`
	People       []string     `json:"people"`
	AnsweredBy   string       `json:"answered_by"`
	Gaps         []oncall.Gap `json:"gaps"`
}

func oncallShowCommand(s *session) *cobra.Command {
	var at, days string
	c := &cobra.Command{
		Use: "show", Args: wants(0, 0),
		Short: s.say("谁在值班、还有多久，今后的班次、缺口和升级阶梯；有缺口则退出码为 3",
			"who is on call and for how long still, the shifts ahead, gaps, the ladder; exit status 3 if there is a gap"),
		Example: "  starter oncall show --days 14",
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			var in input
			when, ahead := in.moment("at", at, workday.Date.Start), in.upTo("days", days, mostDays)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.rota(ctx, when, ahead)
		}),
	}
	c.Flags().StringVar(&at, "at", "", s.say("时刻或日期（默认现在）；过去的时刻按当时所知", "an instant or a day (default: now); a past one by what was known then"))
	c.Flags().StringVar(&days, "days", strconv.Itoa(daysAhead), s.say("显示今后多少天", "how many days ahead"))
	return c
}

// rota shows the rota. A gap is shown before it is refused.
func (s *session) rota(ctx context.Context, at time.Time, days int) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	rota, err := store.RotaAt(ctx, at)
	if err != nil {
		return reply{}, err
	}
	if at.IsZero() {
		at = time.Now().Truncate(time.Second)
	}
	d := oncallOf(rota, at, days)
	if no := d.gap(); no != nil {
		return s.shown(no, func(body *errorBody) reply {
			d.Error = body
			return reply{document: d, print: func(p *paper) { p.oncall(d) }}
		})
	}
	return reply{document: d, print: func(p *paper) { p.oncall(d) }}, nil
}

func (s *session) standingNow(ctx context.Context, store *postgres.Store) (standingDocument, error) {
	rota, err := store.Rota(ctx)
	return standingOf(rota, time.Now().Truncate(time.Second), daysAhead), err
}

func standingOf(rota oncall.Rota, at time.Time, days int) standingDocument {
	d := standingDocument{At: shanghai(at), OnCall: []onCallLine{}, Gaps: append([]oncall.Gap{}, rota.Gaps(at, at.AddDate(0, 0, days))...)}
	for _, rotation := range rota.Rotations {
		line := onCallLine{Shift: rota.OnCall(rotation.Name, at)}
		person, _ := rota.Person(line.Person)
		line.Name = person.Name
		if !line.To.IsZero() {
			left := int64(line.To.Sub(at) / time.Second)
			line.LeftSeconds = &left
		}
		d.OnCall = append(d.OnCall, line)
	}
	return d
}

func oncallOf(rota oncall.Rota, at time.Time, days int) oncallDocument {
	d := oncallDocument{
		standingDocument: standingOf(rota, at, days), Version: rota.Version, SetAt: shanghai(rota.SetAt), SetBy: rota.SetBy, Days: days,
		Shifts: []oncall.Shift{}, Overrides: []oncall.Override{}, Policy: policyOf(rota), rota: rota,
	}
	for _, rotation := range rota.Rotations {
		d.Shifts = append(d.Shifts, rota.Shifts(rotation.Name, at, at.AddDate(0, 0, days))...)
	}
	slices.SortStableFunc(d.Shifts, func(a, b oncall.Shift) int { return a.From.Compare(b.From) })
	for _, o := range rota.Overrides {
		if o.To.After(at) {
			d.Overrides = append(d.Overrides, o)
		}
	}
	for n := range len(rota.Ladder.Rungs) + 1 {
		d.Ladder = append(d.Ladder, rungOf(rota, n, at))
	}
	return d
}

func rungOf(rota oncall.Rota, n int, at time.Time) rungLine {
	reached := rota.Whom(n, at)
	line := rungLine{
		Rung: rota.Ladder.Step(n), People: []string{}, AnsweredBy: reached.Rung.Name, Gaps: append([]oncall.Gap{}, reached.Gaps...),
	}
	if n == len(rota.Ladder.Rungs) {
		line.EveryMinutes = rota.Ladder.Again.EveryMinutes
	}
	for _, p := range reached.People {
		line.People = append(line.People, p.ID)
	}
	return line
}

// gap is the refusal if the rota has a gap ahead, or a rung that nobody answers now; nil if it is whole.
func (d oncallDocument) gap() *refusal.Refusal {
	gaps := slices.Clone(d.Gaps)
	for _, rung := range d.Ladder {
		gaps = append(gaps, rung.Gaps...)
	}
	if len(gaps) == 0 {
		return nil
	}
	zh, en := (&paper{lang: "zh"}).because(gaps[0]), (&paper{lang: "en"}).because(gaps[0])
	return refusal.Rule("oncall_gap", "4.1", fmt.Sprintf("今后 %d 天的值班表或升级阶梯有缺口，首先是 %s", d.Days, zh),
		fmt.Sprintf("the rota of the next %d days, or its ladder, has a gap, first of %s", d.Days, en))
}
