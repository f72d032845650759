package cli

import (
	"context"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
)

// sureDocument is what was matched because it was sure.
type sureDocument struct {
	Matched []sureLine `json:"matched"`
}

// sureLine is one line with the answer of its contract. Refused is the code of a refusal, or of what kept the answer away;
// empty if the contract has the money.
type sureLine struct {
	BankLine  int64     `json:"bank_line"`
	Contract  string    `json:"contract"`
	Amount    money.CNY `json:"amount"`
	Reference string    `json:"reference"`
	Payer     string    `json:"payer"`
	Message   string    `json:"message"`
	Refused   string    `json:"refused,omitempty"`
}

func matchCommand(s *session) *cobra.Command {
	var amount, id, by string
	var auto bool
	c := &cobra.Command{
		Use: "match LINE NUMBER", Args: wants(0, 2),
		Short: s.say("将银行流水（全部或部分）归入合同，或用 --auto 归入所有确定无疑的（§5.4）",
			"give money of a bank line to a contract, or with --auto all that is sure (§5.4)"),
		Example: "  starter books match 17 HT-2025-001 --amount 60000.00 --by lin\n  starter books match --auto --by lin",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := &input{}
			who := in.required("by", by)
			if auto {
				in.unwanted("auto", typed{"LINE", first(args)}, typed{"amount", amount}, typed{"id", id})
				if err := in.err(); err != nil {
					return reply{}, err
				}
				return s.matchSure(ctx, who)
			}
			line, a := in.match(args, amount, who)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.takeOf(ctx, id, line, a)
		}),
	}
	flags := c.Flags()
	flags.StringVar(&amount, "amount", "", s.say("金额（元；默认该流水的全部余额）", "amount in CNY (default: all that is left of the line)"))
	flags.BoolVar(&auto, "auto", false, s.say("归入所有确定无疑的流水：付款人为甲方，且写明唯一的合同编号；或甲方只有一份合同，且金额恰为其唯一一张未付账单",
		"match every line that is sure: the payer is the customer and names one contract; or has one contract only, and the amount is that of just one open invoice"))
	flags.StringVar(&id, "id", "", s.say("业务编号；重发同一编号得到同一答复（默认由银行流水和合同决定）",
		"business id; sending it again repeats the answer (default: named by line and contract)"))
	s.handler(c, &by)
	return c
}

// match reads which money of which line is for which contract; no amount is all that is left.
func (in *input) match(args []string, amount, who string) (int64, act) {
	var body message.Payment
	if amount != "" {
		body.Amount = in.positive("amount", amount)
	}
	for i, path := range []string{"LINE", "NUMBER"} {
		if len(args) <= i {
			in.required(path, "")
		}
	}
	if len(args) < 2 {
		return 0, act{}
	}
	line := in.count("LINE", args[0], 1)
	return int64(line), act{name: message.Pay, contract: in.number(args[1]), who: who, body: body}
}

// typed is what was typed for a flag or an argument.
type typed struct{ path, value string }

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// unwanted notes what must not stand beside a flag.
func (in *input) unwanted(beside string, all ...typed) {
	for _, t := range all {
		if t.value != "" {
			in.fail("bad_choice", t.path, "不能与 --"+beside+" 同时使用", "cannot stand beside --"+beside)
		}
	}
}

// matchSure matches every line whose contract is sure, one after the other, and lists the answers. Where the engine does
// not answer it stops: what was stored is performed later, and the rest is there for the next time.
func (s *session) matchSure(ctx context.Context, who string) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	sure, err := store.SureCredits(ctx)
	if err != nil {
		return reply{}, err
	}
	document := sureDocument{Matched: []sureLine{}}
	for _, credit := range sure {
		line, err := s.matchCredit(ctx, credit, who)
		if err != nil {
			return reply{}, err
		}
		document.Matched = append(document.Matched, line)
		if line.Refused == unanswered {
			break
		}
	}
	return reply{document: document, print: func(p *paper) { p.sure(document, len(sure)) }}, nil
}

// unanswered is the code of an act that is stored and waits for the engine.
const unanswered = "stored_unanswered"

func (s *session) matchCredit(ctx context.Context, c postgres.BankCredit, who string) (sureLine, error) {
	line := sureLine{BankLine: c.Line, Contract: c.Contract, Amount: c.Amount, Reference: c.Reference, Payer: c.Payer}
	_, answer, err := s.match(ctx, "", c.Line, act{
		name: message.Pay, contract: c.Contract, who: who, body: message.Payment{Amount: c.Amount},
	})
	if no, refused := refusal.As(err); refused { // somebody else was faster
		answer, err = message.Answer{Text: no.Text, Refusal: no}, nil
	}
	if f, failed := failure.As(err); failed && f.Code == unanswered {
		line.Message, line.Refused = f.In(s.lang), f.Code
		return line, nil
	}
	if line.Message = answer.In(s.lang); answer.Refusal != nil {
		line.Refused = answer.Refusal.Code
	}
	return line, err
}

func (p *paper) sure(d sureDocument, sure int) {
	if sure == 0 {
		p.line("没有确定无疑的银行流水；其余请用 starter books match LINE NUMBER 逐笔归入",
			"no bank line is sure; match the others one by one with starter books match LINE NUMBER")
		return
	}
	header := table.Row{"", "流水", "合同", "金额", "流水号", "付款人", "答复"}
	if p.lang != "zh" {
		header = table.Row{"", "line", "contract", "amount", "reference", "payer", "answer"}
	}
	rows := make([]table.Row, len(d.Matched))
	for i, l := range d.Matched {
		mark := p.paint(good, "✓")
		if l.Refused != "" {
			mark = p.paint(open, "!")
		}
		rows[i] = table.Row{mark, l.BankLine, l.Contract, l.Amount, l.Reference, l.Payer, l.Message}
	}
	p.rows(header, rows)
	if left := sure - len(d.Matched); left > 0 {
		p.line("引擎没有答复，其余 %d 笔未办；引擎恢复后请再次运行本命令", "the engine does not answer, so %d more were left; run this command again when it is back", left)
	}
}
