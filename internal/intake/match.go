package intake

import (
	"context"

	"lvyue/internal/message"
)

// TakeMatch is Take for an act about money of a bank line: a receipt, its reversal, the payout of a refund. The act is
// stored together with the money that it sets aside (postgres.Store.Match says what may be refused then, as an error);
// refused by the contract, it sets the money free again.
func (i Intake) TakeMatch(ctx context.Context, line int64, act message.Act) (message.Act, message.Answer, error) {
	stored, answered, err := i.Store.Match(ctx, line, act)
	if err != nil {
		return act, message.Answer{}, err
	}
	if answered != nil {
		return stored, *answered, nil
	}
	answer, err := i.Deliver(ctx, stored)
	return stored, answer, err
}
