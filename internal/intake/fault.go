package intake

import (
	"context"
	"encoding/json"
	"fmt"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// recognise says of who reports, reopens or confirms a fault whether it is an administrator of the form that rules: only their
// report starts the clock (§3.13). Their names and numbers go no further.
func (i Intake) recognise(ctx context.Context, act message.Act) (message.Act, error) {
	switch act.Name {
	case message.ReportFault, message.Reopen, message.ConfirmFault:
	default:
		return act, nil
	}
	form, err := i.Store.RulingForm(ctx, act.Contract)
	if err != nil {
		return act, err
	}
	if act.Name == message.ConfirmFault {
		if form.Administered(act.Actor.Who) {
			act.Actor.Role = incident.Administrator
		}
		return act, nil
	}
	var report message.FaultReport
	if err := json.Unmarshal(act.Body, &report); err != nil {
		return act, refusal.BadInput("bad_act", "内容无法读取", "the content of this act cannot be read")
	}
	if report.Administrator = form.Administered(report.Reporter); report.Administrator {
		act.Actor.Role = incident.Administrator
	}
	if act.Body, err = json.Marshal(report); err != nil {
		return act, fmt.Errorf("write the report: %w", err)
	}
	return act, nil
}

// afterFault answers an act on a fault whose workflow is not there: it is closed, or there never was one. Otherwise cause stays the
// error.
func (i Intake) afterFault(ctx context.Context, act message.Act, cause error) (message.Answer, error) {
	f, err := i.Store.Fault(ctx, act.Contract, act.Fault)
	no, unknown := refusal.As(err)
	switch {
	case unknown:
	case err != nil:
		return message.Answer{}, fmt.Errorf("look at the fault: %w", err)
	case f.Ended():
		no = incident.Closed(f.FaultRow)
	default:
		return message.Answer{}, cause
	}
	return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
}
