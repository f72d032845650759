package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// oncall is the page about the rota: who is on call, where nobody will be, then the shifts and the ladder.
func (p *paper) oncall(d oncallDocument) {
	p.line("值班表第 %d 版，%s 由 %s 启用；下为 %s（北京时间）", "version %d of the rota, set %s by %s; as of %s (Shanghai time)",
		d.Version, p.instant(d.SetAt), d.SetBy, p.instant(d.At))
	p.onCall(d.OnCall)
	p.rotaGaps(d.Gaps)
	p.title(fmt.Sprintf("今后 %d 天", d.Days), fmt.Sprintf("The next %d days", d.Days))
	p.shifts(d)
	p.overrides(d.Overrides)
	p.title("升级阶梯（此刻）", "The ladder, at this moment")
	p.ladder(d.Ladder)
	p.title("规则", "The policy")
	p.policy(d.Policy)
}

func (p *paper) onCall(all []onCallLine) {
	p.title("在值", "On call")
	header := table.Row{"轮班", "值班人", "至", "还有"}
	if p.lang != "zh" {
		header = table.Row{"rotation", "on call", "until", "left"}
	}
	rows := make([]table.Row, len(all))
	for i, s := range all {
		rows[i] = table.Row{s.Rotation, p.stands(s.Shift, s.Name), p.minute(s.To), "—"}
		if s.LeftSeconds != nil {
			rows[i][3] = p.lasts(*s.LeftSeconds)
		}
	}
	p.rows(header, rows)
}

// stands is who stands in a shift; red with the reason if nobody answers.
func (p *paper) stands(s oncall.Shift, name string) string {
	who := strings.TrimSpace(s.Person + " " + name)
	if s.Why == "" {
		return who
	}
	return p.paint(urgent, "✗ "+strings.TrimSpace(who+" "+p.in(words.Why(s.Why))))
}

// rotaGaps are the times ahead when nobody answers, in red.
func (p *paper) rotaGaps(gaps []oncall.Gap) {
	for _, g := range gaps {
		p.line("%s %s 至 %s  %s", "%s %s to %s  %s", p.paint(urgent, p.in(refusal.Text{ZH: "✗ 缺口", EN: "✗ gap"})),
			p.minute(g.From), p.minute(g.To), p.paint(urgent, p.because(g)))
	}
}

func (p *paper) shifts(d oncallDocument) {
	header := table.Row{"自", "至", "轮班", "值班人", "换班"}
	if p.lang != "zh" {
		header = table.Row{"from", "to", "rotation", "on call", "override"}
	}
	rows := make([]table.Row, len(d.Shifts))
	for i, s := range d.Shifts {
		person, _ := d.rota.Person(s.Person)
		rows[i] = table.Row{p.minute(s.From), p.minute(s.To), s.Rotation, p.stands(s, person.Name), ""}
		if s.Override > 0 {
			rows[i][4] = fmt.Sprintf("#%d", s.Override)
		}
	}
	p.rows(header, rows)
}

func (p *paper) overrides(all []oncall.Override) {
	if len(all) == 0 {
		return
	}
	p.title("换班", "Overrides")
	header := table.Row{"换班", "轮班", "自", "至", "值班人", "事由", "经办人", "登记"}
	if p.lang != "zh" {
		header = table.Row{"override", "rotation", "from", "to", "on call", "reason", "by", "entered"}
	}
	rows := make([]table.Row, len(all))
	for i, o := range all {
		person := o.Person
		if person == "" {
			person = p.paint(urgent, p.in(refusal.Text{ZH: "无人", EN: oncall.Nobody}))
		}
		rows[i] = table.Row{fmt.Sprintf("#%d", o.ID), o.Rotation, p.minute(o.From), p.minute(o.To), person, o.Reason, o.By, p.minute(o.At)}
	}
	p.rows(header, rows)
}

func (p *paper) ladder(all []rungLine) {
	header := table.Row{"分钟", "级", "对象", "此刻通知", ""}
	if p.lang != "zh" {
		header = table.Row{"minute", "rung", "targets", "pages now", ""}
	}
	rows := make([]table.Row, len(all))
	for i, r := range all {
		minute := strconv.Itoa(r.AfterMinutes)
		if r.EveryMinutes > 0 {
			minute = fmt.Sprintf(p.in(refusal.Text{ZH: "此后每 %d", EN: "then every %d"}), r.EveryMinutes)
		}
		rows[i] = table.Row{minute, r.Name, strings.Join(r.Targets, " "), p.calls(r), p.unanswered(r.Gaps)}
	}
	p.rows(header, rows)
}

// pages are those whom a rung pages, after the rung that it falls on to.
func (p *paper) calls(r rungLine) string {
	people := strings.Join(r.People, " ")
	if r.AnsweredBy == r.Name {
		return people
	}
	return p.paint(urgent, "→ "+r.AnsweredBy) + " " + people
}

// unanswered are the targets that nobody answers, with the reason.
func (p *paper) unanswered(gaps []oncall.Gap) string {
	var said []string
	for _, g := range gaps {
		if g.Why != oncall.FallsOn {
			said = append(said, p.because(g))
		}
	}
	return p.paint(urgent, strings.Join(said, p.in(refusal.Text{ZH: "；", EN: "; "})))
}

// because is a gap in one sentence.
func (p *paper) because(g oncall.Gap) string {
	return strings.TrimSpace(g.Target+" "+g.Person) + p.in(refusal.Text{ZH: "：", EN: ": "}) + p.in(words.Why(g.Why))
}

// minute is a moment with its day of the week, in Shanghai; "—" for none.
func (p *paper) minute(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return p.day(workday.Of(t)) + " " + shanghai(t).Format("15:04")
}

// left is a time in days and hours, or in hours and minutes if it is less than a day.
func (p *paper) lasts(seconds int64) string {
	const day = 24 * 60 * 60
	if seconds < day {
		return p.age(seconds)
	}
	return fmt.Sprintf(p.in(refusal.Text{ZH: "%d 天 %d 小时", EN: "%d d %d h"}), seconds/day, seconds%day/3600)
}
