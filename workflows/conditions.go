package workflows

import (
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// firstOf is the first of several refusals.
func firstOf(refusals ...*refusal.Refusal) *refusal.Refusal {
	for _, no := range refusals {
		if no != nil {
			return no
		}
	}
	return nil
}

// always: a signature may come at any time.
func always(*performance) *refusal.Refusal { return nil }

// undestroyed: in force, and the data is not gone yet.
func undestroyed(p *performance) *refusal.Refusal {
	if no := inForce(p); no != nil {
		return no
	}
	if p.Phase == message.Destroyed {
		return refusal.Rule("destroyed", "7.2",
			"合同数据已销毁，合同已了结。", "the contract is over: its data has been destroyed")
	}
	return nil
}

// inForce: both sides have signed (§5.1). What is owed after the end is still the contract's.
func inForce(p *performance) *refusal.Refusal {
	if p.Effective.IsZero() {
		return refusal.Rule("not_in_force", "5.1",
			"双方尚未全部签署，合同未生效。", "the contract is not in force: both sides have not signed yet")
	}
	return nil
}

// alive: in force and not ended.
func alive(p *performance) *refusal.Refusal {
	if no := inForce(p); no != nil {
		return no
	}
	if !p.EndedOn.IsZero() {
		return p.over()
	}
	return nil
}

func (p *performance) over() *refusal.Refusal {
	return refusal.Rule("ended", "5.1", "合同已于 "+p.EndedOn.String()+" 终止。", "the contract ended on "+p.EndedOn.String())
}
