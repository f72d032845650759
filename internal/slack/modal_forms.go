package slack

import (
	"context"
	"slices"
	"strings"

	"lvyue/internal/contract"
	"lvyue/internal/message"
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
