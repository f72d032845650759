package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/paging"
	"lvyue/internal/sla"
	"lvyue/internal/words"
)

// rungTally are the rungs of the month's faults whose time passed while nobody could page (§4.2), each with its event.
type rungTally struct {
	Count int              `json:"count"`
	Rungs []missedRungLine `json:"rungs"`
}

type missedRungLine struct {
	Contract string    `json:"contract"`
	Fault    int       `json:"fault"`
	Rung     string    `json:"rung"`
	At       time.Time `json:"at"`
	Event    int64     `json:"event"`
}

// failureTally are the tries by which pages of the month's faults were not taken (§4.2): counted for every way, and one by one.
type failureTally struct {
	Count int           `json:"count"`
	Ways  []wayLine     `json:"ways"`
	Tries []failureLine `json:"tries"`
}

// wayLine counts a way's failures; GaveUp are those after which it was not tried again.
type wayLine struct {
	Way    paging.Way `json:"way"`
	Count  int        `json:"count"`
	GaveUp int        `json:"gave_up"`
}

// failureLine is one failure. Page is the key of the page, Event that which asked for it; 0 for what the watchdog wrote.
type failureLine struct {
	Contract string         `json:"contract"`
	Fault    int            `json:"fault"`
	Way      paging.Way     `json:"way"`
	Page     string         `json:"page"`
	Try      int            `json:"try"`
	At       time.Time      `json:"at"`
	Outcome  paging.Outcome `json:"outcome"`
	Reason   string         `json:"reason"`
	Event    int64          `json:"event"`
}

func rungTallyOf(faults []sla.Fault) rungTally {
	t := rungTally{Rungs: []missedRungLine{}}
	for _, f := range faults {
		for _, r := range f.Rungs {
			t.Rungs = append(t.Rungs, missedRungLine{f.Contract, f.Fault, r.Rung, shanghai(r.At), r.Event})
		}
	}
	t.Count = len(t.Rungs)
	return t
}

func failureTallyOf(faults []sla.Fault) failureTally {
	t := failureTally{Ways: []wayLine{}, Tries: []failureLine{}}
	for _, way := range sla.Ways() {
		line := wayLine{Way: way}
		for _, f := range faults {
			failed, gaveUp := f.FailuresBy(way)
			line.Count, line.GaveUp = line.Count+failed, line.GaveUp+gaveUp
		}
		t.Ways = append(t.Ways, line)
	}
	for _, f := range faults {
		for _, one := range f.Failures {
			t.Tries = append(t.Tries, failureLine{
				f.Contract, f.Fault, one.Way, one.Key, one.Number, shanghai(one.EndedAt), one.Outcome, one.Reason, one.Event,
			})
		}
	}
	t.Count = len(t.Tries)
	return t
}

// missedRungs are those behind the number; nothing for none.
func (p *paper) missedRungs(t rungTally) {
	if t.Count == 0 {
		return
	}
	var all []string
	for _, r := range t.Rungs {
		all = append(all, fmt.Sprintf("%s fault/%d %s %s", r.Contract, r.Fault, p.in(words.Rung(r.Rung)), p.seq(r.Event)))
	}
	p.line("错过的呼叫级（当时无法呼叫）：%d（%s）", "rungs missed while nobody could page: %d (%s)", t.Count, strings.Join(all, p.say("、", ", ")))
}

// failedWays are the ways by which pages were not taken, and of which faults; nothing for none.
func (p *paper) failedWays(t failureTally) {
	if t.Count == 0 {
		return
	}
	header := table.Row{"通知方式", "未送出", "其中不再尝试", "故障"}
	if p.lang != "zh" {
		header = table.Row{"way of pages", "not taken", "given up", "faults"}
	}
	var rows []table.Row
	for _, w := range t.Ways {
		if w.Count > 0 {
			rows = append(rows, table.Row{p.in(w.Way.Name()), w.Count, w.GaveUp, t.of(w.Way)})
		}
	}
	p.rows(header, rows)
}

// of are the faults whose pages a way did not take, each with how many and with the events that asked for them.
func (t failureTally) of(way paging.Way) string {
	var order []sla.Ref
	events, counts := map[sla.Ref][]string{}, map[sla.Ref]int{}
	for _, f := range t.Tries {
		if f.Way != way {
			continue
		}
		k := sla.Ref{Contract: f.Contract, Fault: f.Fault}
		if counts[k]++; counts[k] == 1 {
			order = append(order, k)
		}
		if e := fmt.Sprintf("#%d", f.Event); f.Event > 0 && !slices.Contains(events[k], e) {
			events[k] = append(events[k], e)
		}
	}
	var all []string
	for _, k := range order {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s fault/%d ×%d %s", k.Contract, k.Fault, counts[k], strings.Join(events[k], " "))))
	}
	return strings.Join(all, "; ")
}
