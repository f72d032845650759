package intake

import (
	"context"
	"encoding/json"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// refuseStranger refuses to hand a fault over to somebody whom nobody can call (§4.2): who is not on the rota as it is now, or is never
// paged. The account manager of the contract may take it without being on the rota. An act that was answered before is not judged
// anew when the rota has changed.
func (i Intake) refuseStranger(ctx context.Context, act message.Act) error {
	if act.Name != message.HandOver {
		return nil
	}
	var handing message.Handing
	if err := json.Unmarshal(act.Body, &handing); err != nil || handing.To == "" {
		return nil //nolint:nilerr // what is missing or unreadable is the workflow's to refuse
	}
	no, err := i.stranger(ctx, act.Contract, handing.To)
	if err != nil || no == nil {
		return err
	}
	if _, err := i.Store.Answered(ctx, act.ID); err == nil {
		return nil
	}
	return no
}

// stranger is why a person cannot be called; nil for one who can.
func (i Intake) stranger(ctx context.Context, contract, person string) (*refusal.Refusal, error) {
	rota, err := i.Store.Rota(ctx)
	if rota, err = oncall.OrNobody(rota, err); err != nil {
		return nil, err
	}
	p, known := rota.Person(person)
	if known && !p.Inactive {
		return nil, nil //nolint:nilnil // no refusal
	}
	form, err := i.Store.RulingForm(ctx, contract)
	if err != nil || person == form.AccountManager {
		return nil, err
	}
	if known {
		return refusal.BadInput("inactive_person", "不能移交：", "it cannot be handed over:",
			refusal.Wrong("to", person+" 已停用，呼叫不到", person+" is inactive and is never paged")), nil
	}
	return refusal.BadInput("unknown_person", "不能移交：", "it cannot be handed over:",
		refusal.Wrong("to", "值班表中没有 "+person, "the rota knows no "+person)), nil
}
