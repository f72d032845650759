package contract

import (
	"strings"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// RefuseRise is the rule of §5.8: the provider may ask a higher annual fee than the current one only if the
// customer asks for more than the configuration for which the current fee was agreed. What was bought in
// mid-year is not in agreedFor and so counts as growth. Nil means that the fee may be asked; the same fee or
// a lower one always may. The refusal's code is "fee_rise_without_growth".
func RefuseRise(
	current money.CNY, agreedFor Configuration, asked money.CNY, askedFor Configuration,
) *refusal.Refusal {
	if !current.Less(asked) {
		return nil
	}
	if grew, _ := askedFor.Exceeds(agreedFor); grew {
		return nil
	}
	name := strings.NewReplacer("{asked}", asked.String(), "{current}", current.String())
	return refusal.Rule("fee_rise_without_growth", "5.8",
		name.Replace("甲方对系统配置的要求没有增加，年服务费不得从 {current} 元提高到 {asked} 元"),
		name.Replace("the customer asks for no more configuration, so the annual fee may not rise from {current} to {asked}"))
}

// ShortfallRefund is what the provider must give back when the customer terminates because the system misses
// the load standard (§1.4): the whole annual fee paid for the running service year, not pro rata, and any
// fee paid ahead for later years. Paid is what was received as annual fee, by service year counted from 1;
// charges for expansions do not belong in it. Running is the running service year; below 1 means that none
// runs yet, which counts as year 1.
func ShortfallRefund(paid map[int]money.CNY, running int) money.CNY {
	var refund money.CNY
	//workflowcheck:ignore // an exact sum is the same in any order
	for year, fee := range paid {
		if year >= max(running, 1) {
			refund = refund.Add(fee)
		}
	}
	return refund
}
