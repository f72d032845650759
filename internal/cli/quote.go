package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/failure"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// quoteDocument is a price that is on the table (§5.7). Hash is the SHA-256 of the vendor's answer, which the evidence keeps.
type quoteDocument struct {
	Contract   string           `json:"contract"`
	Amount     string           `json:"amount"`
	ValidUntil time.Time        `json:"valid_until"`
	FetchedAt  time.Time        `json:"fetched_at"`
	Hash       string           `json:"hash"`
	Parts      []hosting.Priced `json:"parts"`
}

func quoteCommand(s *session) *cobra.Command {
	var f growthFlags
	c := &cobra.Command{
		Use: "quote NUMBER", Args: wants(1, 1),
		Short: s.say("向云厂商询问扩容的公布价（§5.7），报价待甲方接受",
			"ask the vendor what it publishes for more capacity (§5.7); the customer may then accept it"),
		Example: "  starter quote HT-2025-001 --disk-gb 700",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := &input{}
			a := act{name: message.AskQuote, contract: in.number(args[0]), who: f.by, body: in.asked(f)}
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.quote(ctx, a)
		}),
	}
	s.growth(c, &f)
	s.person(c, &f.by)
	return c
}

// quote asks, and waits for the vendor's answer. While none comes, the failure is "quote_unanswered".
func (s *session) quote(ctx context.Context, a act) (reply, error) {
	taken, err := s.take(ctx, "", a)
	if err != nil {
		return reply{}, err
	}
	asked, _ := taken.document.(actDocument)
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	const pause = 200 * time.Millisecond
	for {
		events, err := s.store.Timeline(ctx, a.contract)
		if err == nil {
			if e := answerTo(events, asked.ID); e != nil {
				return quoted(a.contract, e)
			}
		}
		select {
		case <-ctx.Done():
			return reply{}, failure.New("quote_unanswered", err,
				"云厂商尚未答复；请确认工作进程在运行，稍后用 starter show 查看报价",
				"the vendor has not answered yet; check that a worker runs, and look for the quote with starter show later")
		case <-time.After(pause):
		}
	}
}

// answerTo is the price, or the refusal of one, that followed the act; nil while there is none.
func answerTo(events []postgres.StoredEvent, act string) *message.Event {
	asked := false
	for i := range events {
		e := &events[i].Event
		asked = asked || e.ActID == act
		if asked && (e.What == "quoted" || e.What == "quote-failed") {
			return e
		}
	}
	return nil
}

func quoted(number string, e *message.Event) (reply, error) {
	if e.What != "quoted" {
		return reply{}, refusal.Rule("no_price", "5.7", "云厂商未给出价格："+e.New, "the vendor gave no price: "+e.New)
	}
	var report message.Report
	detail, err := json.Marshal(e.Detail)
	if err == nil {
		err = json.Unmarshal(detail, &report)
	}
	if err != nil || report.Price == nil || e.Changed.Quote == nil {
		return reply{}, fmt.Errorf("read the quote: %w", err)
	}
	d := quoteDocument{
		Contract: number, Amount: e.New, ValidUntil: e.Changed.Quote.ValidUntil.In(workday.Shanghai),
		FetchedAt: e.Changed.Quote.FetchedAt.In(workday.Shanghai), Hash: hash(e.Changed.Quote.Answer), Parts: report.Price.Parts,
	}
	return reply{document: d, print: func(p *paper) { p.quote(d) }}, nil
}

func (p *paper) quote(d quoteDocument) {
	p.line("%s %s 元：至本服务年度末的公布价（§5.7）", "%s %s CNY: the published price to the end of the service year (§5.7)", p.paint(good, "✓"), d.Amount)
	header := table.Row{"资源", "编号", "现有", "扩至", "金额（元）"}
	if p.lang != "zh" {
		header = table.Row{"what", "id", "now", "then", "CNY"}
	}
	rows := make([]table.Row, len(d.Parts))
	for i, part := range d.Parts {
		rows[i] = table.Row{p.in(words.Piece(part.Kind)), part.ID, part.From, part.To, part.Amount.String()}
	}
	p.rows(header, rows)
	if slices.ContainsFunc(d.Parts, func(part hosting.Priced) bool { return part.Kind == hosting.Server && part.ID == "" }) {
		p.line("负载均衡与流量按量另计，不在其中", "the load balancer and its traffic go by use and are not in it")
	}
	p.line("%s 前可接受：starter accept-quote %s --price %s", "to be accepted before %s: starter accept-quote %s --price %s",
		p.instant(d.ValidUntil), d.Contract, d.Amount)
}
