package cli

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"lvyue/internal/contract"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// importDocument is what an imported notice changed. Imported is false if it was known already.
type importDocument struct {
	Imported bool    `json:"imported"`
	Calendar string  `json:"calendar"`
	Moved    []moved `json:"moved"`
}

// moved is an open duty with another due day. Applied is false while its contract has not recorded it yet.
type moved struct {
	Contract   string       `json:"contract"`
	Obligation string       `json:"obligation"`
	From       workday.Date `json:"from"`
	To         workday.Date `json:"to"`
	Applied    bool         `json:"applied"`
}

func calendarImportCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "import NOTICE.json", Args: wants(1, 1),
		Short:   s.say("导入通知，并说明哪些义务的到期日随之变动", "import a notice and tell which open duties it moved"),
		Example: "  starter calendar import 2027.json",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			data := in.file("NOTICE", args[0])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			notice, err := workday.ParseNotice(data)
			if err != nil {
				return reply{}, err
			}
			document, err := s.publish(ctx, notice)
			return reply{document: document, print: func(p *paper) { p.imported(document) }}, err
		}),
	}
}

// publish stores the notice, tells every live contract, and waits a little for them to count again. Repeated,
// it tells those that were not reached before.
func (s *session) publish(ctx context.Context, notice workday.Notice) (importDocument, error) {
	door, err := s.intake(ctx)
	if err != nil {
		return importDocument{}, err
	}
	fresh, err := door.Store.ImportNotice(ctx, notice)
	if err != nil {
		return importDocument{}, err
	}
	calendar, err := door.Store.Calendar(ctx)
	if err != nil {
		return importDocument{}, fmt.Errorf("read the calendar: %w", err)
	}
	document := importDocument{Imported: fresh, Calendar: calendar.Version(), Moved: []moved{}}
	live, err := door.Store.Live(ctx)
	if err != nil {
		return importDocument{}, fmt.Errorf("list the live contracts: %w", err)
	}
	for _, number := range live {
		expected, err := s.expect(ctx, calendar, number)
		if err != nil {
			return importDocument{}, err
		}
		document.Moved = append(document.Moved, expected...)
	}
	if err := s.tell(ctx, door, live, notice); err != nil {
		return importDocument{}, err
	}
	s.awaitMoves(ctx, document.Moved)
	return document, nil
}

// expect counts the open duties of a contract by the new calendar, and gives those whose day differs.
func (s *session) expect(ctx context.Context, calendar *workday.Calendar, number string) ([]moved, error) {
	view, err := s.store.View(ctx, number)
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", number, err)
	}
	var all []moved
	for _, o := range view.Obligations {
		if !o.Open() || o.Rule == "" {
			continue
		}
		due, err := contract.Count(calendar, o.Rule, o.From, o.Named)
		if err != nil {
			return nil, fmt.Errorf("count %s of %s: %w", o.ID, number, err)
		}
		if due.On != o.DueOn {
			all = append(all, moved{Contract: number, Obligation: o.ID, From: o.DueOn, To: due.On})
		}
	}
	return all, nil
}

// tell signals every live contract. A contract that is just ending needs no signal, so one that the server
// does not know is passed over.
func (s *session) tell(ctx context.Context, door intake.Intake, live []string, notice workday.Notice) error {
	const abreast = 8
	published := message.Published{Notice: strconv.Itoa(notice.Year), Number: notice.Number, At: time.Now().In(workday.Shanghai)}
	var contracts errgroup.Group
	contracts.SetLimit(abreast)
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	for _, number := range live {
		contracts.Go(func() error { return door.Signal(ctx, number, published) })
	}
	return contracts.Wait() //nolint:wrapcheck // Signal gives a failure
}

// awaitMoves looks until every moved duty is recorded, or the wait is over.
func (s *session) awaitMoves(ctx context.Context, all []moved) {
	const between = 100 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	look := time.NewTicker(between)
	defer look.Stop()
	for !s.applied(ctx, all) {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
}

// applied marks what its contract has recorded, and tells whether that is all.
func (s *session) applied(ctx context.Context, all []moved) bool {
	left := 0
	for i := range all {
		m := &all[i]
		if m.Applied {
			continue
		}
		view, err := s.store.View(ctx, m.Contract)
		if err != nil {
			return false
		}
		for _, o := range view.Obligations {
			m.Applied = m.Applied || (o.ID == m.Obligation && o.DueOn == m.To)
		}
		if !m.Applied {
			left++
		}
	}
	return left == 0
}

func (p *paper) imported(d importDocument) {
	if d.Imported {
		p.line("%s 通知已导入，日历版本 %s", "%s the notice is imported; calendar version %s", p.paint(good, "✓"), d.Calendar)
	} else {
		p.line("该通知此前已知，日历未变（%s）", "this notice was known already; the calendar is unchanged (%s)", d.Calendar)
	}
	if len(d.Moved) == 0 {
		p.line("没有未了义务的到期日变动", "no open duty has moved")
		return
	}
	header := table.Row{"合同", "义务", "原到期日", "新到期日", ""}
	if p.lang != "zh" {
		header = table.Row{"contract", "duty", "was due", "is due", ""}
	}
	rows := make([]table.Row, len(d.Moved))
	for i, m := range d.Moved {
		rows[i] = table.Row{m.Contract, p.in(words.Duty(m.Obligation)), p.day(m.From), p.day(m.To), p.pending(m.Applied)}
	}
	p.rows(header, rows)
}

// pending says that a contract was told and has not recorded the move yet.
func (p *paper) pending(applied bool) string {
	if applied {
		return ""
	}
	text := "the contract has not recorded it yet"
	if p.lang == "zh" {
		text = "合同尚未记录"
	}
	return p.paint(open, text)
}
