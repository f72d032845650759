package cli

import (
	"context"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// checkDocument is a good form with the duties that a signature would open.
type checkDocument struct {
	Contract    string         `json:"contract"`
	FormHash    string         `json:"form_hash"`
	Signed      workday.Date   `json:"signed"`
	Calendar    string         `json:"calendar"`
	Duties      []foreseen     `json:"duties"`
	ServiceYear workday.Span   `json:"service_year"`
	Assumptions []string       `json:"assumptions"`
	Size        chosenSize     `json:"size"`
	terms       contract.Terms `json:"-"`
}

// foreseen is a duty with the days that it would have. OpensOn is the first day on which it is owed.
type foreseen struct {
	ID          string       `json:"id"`
	Clause      string       `json:"clause"`
	OwedBy      message.Side `json:"owed_by"`
	OpensOn     workday.Date `json:"opens_on"`
	DueOn       workday.Date `json:"due_on"`
	Provisional bool         `json:"provisional"`
}

func checkCommand(s *session) *cobra.Command {
	var signed string
	c := &cobra.Command{
		Use: "check FORM", Args: wants(1, 1),
		Short:   s.say("检查合同表单，并列出签署后的各项义务、到期日和部署规格", "check a form and show the duties that signing it would open, and the size of its deployment"),
		Example: "  starter check contract.yaml --signed 2025-09-26",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			day := in.optionalDate("signed", signed)
			form := in.form("FORM", args[0])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			if day.IsZero() {
				day = workday.Of(time.Now())
			}
			document, err := s.foresee(s.calendar(ctx), form, day)
			return reply{document: document, print: func(p *paper) { p.foreseen(document) }}, err
		}),
	}
	c.Flags().StringVar(&signed, "signed", "", s.say("签署日，默认今天", "day of signing; default today"))
	return c
}

// foresee computes the duties of the first year, everyone acting on the last day in time.
func (s *session) foresee(c *workday.Calendar, form contract.Form, signed workday.Date) (checkDocument, error) {
	payment, err := contract.FirstPaymentDue(c, signed)
	if err != nil {
		return checkDocument{}, err
	}
	deployment, err := contract.DeploymentDue(c, payment.On, workday.Date{})
	if err != nil {
		return checkDocument{}, err
	}
	year := workday.ServiceYear(deployment.On, 1)
	window, err := contract.RenewalWindow(c, year.Last)
	if err != nil {
		return checkDocument{}, err
	}
	destruction, err := contract.DestructionDue(c, year.Last)
	if err != nil {
		return checkDocument{}, err
	}
	moving := payment.Provisional || deployment.Provisional
	return checkDocument{
		Contract: form.Number, FormHash: form.Hash(), Signed: signed, Calendar: c.Version(), ServiceYear: year,
		Duties: []foreseen{
			{"first-payment", "5.4", message.Customer, signed, payment.On, payment.Provisional},
			{"deployment", "5.5", message.Provider, payment.On, deployment.On, moving},
			{"renewal-talks/1", "5.6", message.Both, window.On, year.Last, moving || window.Provisional},
			{"renewal-fee/2", "5.6", message.Customer, window.On, year.Last, moving || window.Provisional},
			{"destruction", "7.2", message.Provider, year.Last.AddDays(1), destruction.On, moving || destruction.Provisional},
		},
		Assumptions: s.assumptions(),
		Size:        s.size(form.Terms),
		terms:       form.Terms,
	}, nil
}

func (s *session) assumptions() []string {
	return []string{
		s.say("双方同日签署", "both sides sign on that day"),
		s.say("首付款于到期日全额到账", "the first fee arrives in full on its due day"),
		s.say("系统于部署到期日可用，甲方未指定更晚的日期", "the system is usable on the due day of the deployment, and the customer names no later day"),
		s.say("续约费：如在商谈期内达成续约；数据销毁：如不续约", "renewal fee: if a renewal is agreed in the window; destruction: if none is"),
	}
}

func (p *paper) foreseen(d checkDocument) {
	p.line("%s 表单无误：%s 与 %s，年服务费 %s 元", "%s the form is good: %s and %s, annual fee %s CNY",
		p.paint(good, "✓"), d.terms.Customer.Name, d.terms.Provider.Name, d.terms.Fee)
	p.line("合同 %s，签署日 %s，表单指纹 %.12s…", "contract %s, signed on %s, form hash %.12s…", d.Contract, p.day(d.Signed), d.FormHash)
	p.title("各项义务", "Duties")
	header := table.Row{"条款", "义务", "义务方", "开始", "到期"}
	if p.lang != "zh" {
		header = table.Row{"§", "duty", "owed by", "opens", "due"}
	}
	rows := make([]table.Row, len(d.Duties))
	moving := false
	for i, f := range d.Duties {
		moving = moving || f.Provisional
		rows[i] = table.Row{
			f.Clause, p.in(words.Duty(f.ID)), p.in(words.Side(f.OwedBy)),
			p.day(f.OpensOn), p.due(f.DueOn, f.Provisional),
		}
	}
	p.rows(header, rows)
	p.line("第 1 服务年度：%s 至 %s", "service year 1: %s to %s", p.day(d.ServiceYear.First), p.day(d.ServiceYear.Last))
	p.remark(moving)
	p.title("假设", "Assumed")
	for _, a := range d.Assumptions {
		p.line("  · %s", "  · %s", a)
	}
	p.size(d.Size)
}
