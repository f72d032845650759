package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// wordsModal asks for words alone.
func wordsModal(zh, en string) *modal {
	return &modal{title: refusal.Text{ZH: zh, EN: en}, inputs: []input{
		{id: "text", label: refusal.Text{ZH: "说明", EN: "Text"}},
	}}
}

// planModal (§3.11): a plan says what the cause is thought to be, and what is done.
func planModal() *modal {
	return &modal{title: refusal.Text{ZH: "提交方案", EN: "Plan"}, inputs: []input{
		{id: "cause", label: refusal.Text{ZH: "原因（推断）", EN: "Cause, as it is thought to be"}},
		{id: "steps", label: refusal.Text{ZH: "处理步骤", EN: "Steps"}},
		{id: "works_by", label: refusal.Text{ZH: "预计恢复时刻", EN: "Works again by"}, entry: dayAndTime, optional: true},
	}}
}

// majeureModal (§3.12).
func majeureModal() *modal {
	return &modal{title: refusal.Text{ZH: "不可抗力", EN: "Force majeure"}, inputs: []input{
		{id: "kind", label: refusal.Text{ZH: "类别", EN: "Kind"}, entry: oneOf, options: majeureKinds},
		{id: "evidence", label: refusal.Text{ZH: "证据（工单号、公告链接等）", EN: "Evidence (ticket number, notice)"}},
		{id: "note", label: refusal.Text{ZH: "备注", EN: "Note"}, optional: true},
	}}
}

func majeureKinds(context.Context, *Handler) ([]option, error) {
	return []option{
		{string(message.Earthquake), "地震等自然灾害 Earthquake, natural disaster"},
		{string(message.Fire), "火灾 Fire"},
		{string(message.Telecom), "电信部门原因 Telecom"},
		{string(message.CloudVendor), "云厂商原因 Cloud vendor"},
		{string(message.PublicOrder), "政策原因 Policy"},
	}, nil
}

// handOverModal names who of the rota takes it.
func handOverModal() *modal {
	return &modal{title: refusal.Text{ZH: "移交", EN: "Hand over"}, inputs: []input{
		{id: "to", label: refusal.Text{ZH: "移交给", EN: "To"}, entry: oneOf, options: colleagues},
	}, verify: func(ctx context.Context, h *Handler, _ about, in values) (map[string]refusal.Text, error) {
		known, err := colleagues(ctx, h)
		if err != nil || slices.ContainsFunc(known, func(o option) bool { return o.value == in.text("to") }) {
			return nil, err
		}
		return map[string]refusal.Text{"to": {ZH: "不在值班表中", EN: "is not on the rota"}}, nil
	}}
}

// colleagues are those who may work at a fault.
func colleagues(ctx context.Context, h *Handler) ([]option, error) {
	rota, err := h.Books.Rota(ctx)
	if err != nil {
		return nil, err
	}
	var all []option
	for _, p := range rota.People {
		if !p.Inactive && engineers.role(p, false) != "" {
			all = append(all, option{p.ID, p.Name + " (" + p.ID + ")"})
		}
	}
	return all, nil
}

func reporterInput() input {
	return input{id: "reporter", label: refusal.Text{ZH: "报告人（姓名、电话或邮箱）", EN: "Reporter (name, telephone or mail)"}, entry: oneLine}
}

func reopenModal() *modal {
	return &modal{title: refusal.Text{ZH: "重新打开", EN: "Reopen"}, inputs: []input{
		reporterInput(), {id: "text", label: refusal.Text{ZH: "现象", EN: "What is wrong"}},
	}}
}

// newFaultModal (§3.11, §4.1) takes a report in for somebody who called or wrote.
func newFaultModal() *modal {
	return &modal{title: refusal.Text{ZH: "报告故障", EN: "New fault"}, inputs: []input{
		{id: "contract", label: refusal.Text{ZH: "合同", EN: "Contract"}, entry: oneOf, options: reportable},
		{id: "system", label: refusal.Text{ZH: "系统（不选为全部）", EN: "System (none: all)"}, entry: oneOf, optional: true, options: products},
		reporterInput(),
		{id: "text", label: refusal.Text{ZH: "现象", EN: "What is wrong"}},
		{id: "as", label: refusal.Text{ZH: "性质", EN: "It is"}, entry: oneOf, optional: true, options: natures},
		{id: "called_at", label: refusal.Text{ZH: "来电时刻（电话报障时）", EN: "When they called, if by telephone"}, entry: dayAndTime, optional: true},
	}, verify: verifyReport}
}

// What a report is beside a fault that joins the open one of the same system.
const (
	separateFault = "separate"
	noFault       = "request"
)

// natures are what a report may be; none is chosen for the first.
func natures(context.Context, *Handler) ([]option, error) {
	return []option{
		{"fault", "故障；同一系统的并入处理中的那件 Fault; joins the open one"},
		{separateFault, "另一起故障，单独计时 A separate fault, with its own hour"},
		{noFault, "需求，不是故障，不计时 A request, no fault; no hour"},
	}, nil
}

// reportable are the contracts of which a fault may be reported: those that have not ended.
func reportable(ctx context.Context, h *Handler) ([]option, error) {
	live, err := h.Books.Live(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := h.Books.Contracts(ctx, "")
	if err != nil {
		return nil, err
	}
	known := map[string]message.ContractRow{}
	for _, r := range rows {
		known[r.Number] = r
	}
	var all []option
	for _, number := range live {
		if known[number].EndedOn.IsZero() {
			all = append(all, option{number, strings.TrimSpace(number + " " + known[number].Customer)})
		}
	}
	return all, nil
}

func products(context.Context, *Handler) ([]option, error) {
	var all []option
	for _, e := range contract.Catalogue() {
		all = append(all, option{string(e.Code), string(e.Code) + " " + e.Name.ZH + " " + e.Name.EN})
	}
	return all, nil
}

// verifyReport: the contract is there and has not ended, has the system, and nobody has called in the time to come.
func verifyReport(ctx context.Context, h *Handler, a about, in values) (map[string]refusal.Text, error) {
	form, err := h.Books.RulingForm(ctx, a.Contract)
	if no, ok := refusal.As(err); ok {
		return map[string]refusal.Text{"contract": no.Text}, nil
	}
	if err != nil {
		return nil, err
	}
	rows, err := h.Books.Contracts(ctx, a.Contract)
	if err != nil {
		return nil, err
	}
	now, err := h.Books.Now(ctx)
	if err != nil {
		return nil, err
	}
	wrong := map[string]refusal.Text{}
	if len(rows) > 0 && !rows[0].EndedOn.IsZero() {
		wrong["contract"] = refusal.Text{ZH: "合同已于 " + rows[0].EndedOn.String() + " 终止", EN: "ended on " + rows[0].EndedOn.String()}
	}
	if system := in.text("system"); system != "" && !slices.Contains(form.Products, contract.Product(system)) {
		wrong["system"] = refusal.Text{ZH: "该合同未启用此产品", EN: "is no enabled product of this contract"}
	}
	if in.moment("called_at").After(now) {
		wrong["called_at"] = refusal.Text{ZH: "晚于现在", EN: "lies in the future"}
	}
	return wrong, nil
}

// destructionModal (§7.2): who confirms types the contract's number.
func destructionModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "确认销毁", EN: "Destruction"}, submit: refusal.Text{ZH: "确认", EN: "Confirm"},
		inputs: []input{{id: "number", label: refusal.Text{ZH: "请输入合同编号", EN: "Type the contract's number"}, entry: oneLine}},
		intro: func(about) refusal.Text {
			return refusal.Text{
				ZH: "数据销毁不可恢复，须由两人分别确认。", EN: "The data cannot be had back. Two persons must each confirm.",
			}
		},
		verify: func(_ context.Context, _ *Handler, a about, in values) (map[string]refusal.Text, error) {
			if in.text("number") == a.Contract {
				return map[string]refusal.Text{}, nil
			}
			return map[string]refusal.Text{"number": {ZH: "与合同编号 " + a.Contract + " 不符", EN: "is not " + a.Contract}}, nil
		},
	}
}

// offerModal (§5.6, §5.8).
func offerModal(zh, en string) *modal {
	return &modal{title: refusal.Text{ZH: zh, EN: en}, inputs: []input{feeInput()}, verify: verifyFee}
}

func feeInput() input {
	return input{id: "fee", label: refusal.Text{ZH: "年服务费（元）", EN: "Annual fee in CNY"}, entry: oneLine}
}

func verifyFee(_ context.Context, _ *Handler, _ about, in values) (map[string]refusal.Text, error) {
	fee, err := money.Parse(in.text("fee"))
	if no, ok := refusal.As(err); ok {
		return map[string]refusal.Text{"fee": no.Text}, nil
	}
	if err == nil && !fee.IsPositive() {
		return map[string]refusal.Text{"fee": {ZH: "须大于零", EN: "must be more than zero"}}, nil
	}
	return nil, err
}

// agreeModal (§5.6): who agrees types the fee that is agreed to, so that nobody agrees to another offer than they have seen.
func agreeModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "同意续约", EN: "Agree"}, submit: refusal.Text{ZH: "同意", EN: "Agree"}, inputs: []input{feeInput()},
		verify: func(ctx context.Context, h *Handler, a about, in values) (map[string]refusal.Text, error) {
			if wrong, err := verifyFee(ctx, h, a, in); len(wrong) > 0 || err != nil {
				return wrong, err
			}
			offered, err := h.Books.Offered(ctx, a.Contract)
			switch {
			case err != nil:
				return nil, err
			case offered == nil:
				return map[string]refusal.Text{"fee": {ZH: "目前没有待答复的报价", EN: "there is no open offer to answer"}}, nil
			case !offered.Fee.Equal(amount(in.text("fee"))):
				return map[string]refusal.Text{"fee": {ZH: "桌上的报价是 " + offered.Fee.String() + " 元", EN: "the offer on the table is CNY " + offered.Fee.String()}}, nil
			}
			return map[string]refusal.Text{}, nil
		},
	}
}

// quoteModal (§5.7) shows the amount that is accepted: that of the card, else that of the quote as it stands.
func quoteModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "接受报价", EN: "Accept quote"}, submit: refusal.Text{ZH: "接受", EN: "Accept"},
		prepare: func(ctx context.Context, h *Handler, a *about) (*refusal.Refusal, error) {
			if _, err := money.Parse(a.What); err == nil {
				return nil, nil
			}
			rows, err := h.Books.Contracts(ctx, a.Contract)
			if err != nil {
				return nil, err
			}
			if len(rows) == 0 || !rows[0].Quoted.IsPositive() {
				return refusal.Rule("no_quote", "5.7", "该合同没有待接受的扩容报价。", "This contract has no quote to accept."), nil
			}
			a.What = rows[0].Quoted.String()
			return nil, nil
		},
		intro: func(a about) refusal.Text {
			return refusal.Text{ZH: "接受扩容报价：" + a.What + " 元", EN: "Accept the quote for the expansion: CNY " + a.What}
		},
	}
}

// retryModal asks again before a parked duty is tried.
func retryModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "重试", EN: "Retry"}, submit: refusal.Text{ZH: "重试", EN: "Retry"},
		intro: func(a about) refusal.Text {
			return refusal.Text{ZH: fmt.Sprintf("重新执行“%s”。", a.What), EN: fmt.Sprintf("Try %q again.", a.What)}
		},
	}
}

// shiftsAhead is how far the desk looks for shifts and gaps.
const shiftsAhead = 7 * 24 * time.Hour

// onDuty are the shifts of all rotations at an instant.
func onDuty(rota oncall.Rota, now time.Time) []oncall.Shift {
	var all []oncall.Shift
	for _, r := range rota.Rotations {
		all = append(all, rota.OnCall(r.Name, now))
	}
	return all
}
