package intake

import (
	"context"
	"errors"

	"go.temporal.io/api/serviceerror"

	"lvyue/internal/engine"
	"lvyue/internal/message"
)

// Signal tells a contract that a notice of the State Council was published. A contract whose workflow is over,
// or has not begun, needs no telling: what it counts later, it counts by the new calendar.
func (i Intake) Signal(ctx context.Context, number string, published message.Published) error {
	err := i.Client.SignalWorkflow(ctx, message.ContractID(i.Prefix, number), "", message.CalendarSignal, published)
	var unknown *serviceerror.NotFound
	if err == nil || errors.As(err, &unknown) {
		return nil
	}
	return engine.Unreachable(err)
}
